import { find, make } from "../dom";
import { Refusal } from "../http";
import { type Heard, Line } from "./line";
import { Voice } from "./voice";

/** The telephone on the page: call, speak by typing, press keys, hang up; everything said stands in the transcript. */
export class Handset {
  readonly #root: HTMLElement;
  readonly #state: HTMLElement;
  readonly #log: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #call: HTMLButtonElement;
  readonly #voice: Voice;
  #line: Line | undefined;
  #busy = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#state = find(root, "[data-phone-state]", HTMLElement);
    this.#log = find(root, "[data-phone-log]", HTMLElement);
    this.#form = find(root, "[data-phone-form]", HTMLFormElement);
    this.#input = find(root, "[name=speech]", HTMLInputElement);
    this.#call = find(root, "[data-phone-call]", HTMLButtonElement);
    this.#voice = new Voice(find(root, "[data-phone-sound]", HTMLInputElement));
    this.#listen();
    root.hidden = false;
  }

  #listen(): void {
    this.#call.addEventListener("click", () => void (this.#line === undefined ? this.#dial() : this.#hangUp()));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = this.#input.value.trim();
      if (words === "" || this.#busy) return;
      this.#input.value = "";
      void this.#turn(words, (line) => line.say(words));
    });
    for (const key of this.#keys()) {
      const digit = key.dataset["key"] ?? "";
      key.addEventListener("click", () => void this.#turn(`Pressed ${digit}`, (line) => line.press(digit)));
    }
  }

  async #dial(): Promise<void> {
    if (this.#busy) return;
    this.#log.replaceChildren();
    await this.#while("Ringing…", async () => {
      this.#line = await Line.dial(this.#root.dataset["endpoint"] ?? "/voice/simulate/calls");
      this.#hear({ words: this.#line.greeting, ended: false, paymentUrl: undefined });
    });
    if (this.#line !== undefined) this.#input.focus();
  }

  async #turn(shown: string, ask: (line: Line) => Promise<Heard>): Promise<void> {
    const line = this.#line;
    if (line === undefined || this.#busy) return;
    this.#voice.hush();
    this.#write("caller", shown);
    await this.#while("The front desk is thinking…", async () => this.#hear(await ask(line)));
    if (this.#line !== undefined) this.#input.focus();
  }

  async #hangUp(): Promise<void> {
    const line = this.#line;
    this.#line = undefined;
    this.#voice.hush();
    this.#write("fault", "You hung up.");
    this.#show("Call ended");
    await line?.hangUp().catch(() => undefined);
  }

  async #while(state: string, work: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#show(state);
    try {
      await work();
    } catch (fault) {
      const words = fault instanceof Refusal && fault.status < 500 ? fault.message : "The line is bad. Please try again.";
      this.#write("fault", words);
    } finally {
      this.#busy = false;
      this.#show(this.#line === undefined ? "Call ended" : "On the line");
    }
  }

  #hear(heard: Heard): void {
    this.#write("desk", heard.words);
    this.#voice.speak(heard.words);
    if (heard.paymentUrl !== undefined && /^(https?:\/\/|\/)/.test(heard.paymentUrl)) {
      const pay = make("a", "button small", "Pay on this screen");
      pay.href = heard.paymentUrl;
      this.#log.append(pay);
    }
    if (heard.ended) this.#line = undefined;
    this.#toEnd();
  }

  #write(by: string, words: string): void {
    if (words !== "") this.#log.append(make("p", by, words));
    this.#toEnd();
  }

  #toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #show(state: string): void {
    const live = this.#line !== undefined;
    this.#state.textContent = state;
    this.#call.classList.toggle("live", live);
    this.#call.querySelector("span")?.replaceChildren(live ? "Hang up" : "Call");
    for (const control of [this.#input, ...this.#form.querySelectorAll("button"), ...this.#keys()]) {
      control.disabled = !live;
    }
  }

  #keys(): HTMLButtonElement[] {
    return [...this.#root.querySelectorAll<HTMLButtonElement>("[data-key]")];
  }
}
