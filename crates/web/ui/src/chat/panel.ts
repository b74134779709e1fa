import { find, make } from "../dom";
import { postJson, Refusal } from "../http";
import { showBooking } from "./lookup";
import { type BookingCard, type Line, Memory } from "./memory";
import { readReply } from "./reply";

/** The chat with the front desk: a button at the corner that opens a panel, the whole screen on a phone. */
export class ChatPanel {
  readonly #root: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #opener: HTMLButtonElement;
  readonly #log: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #input: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #hints: HTMLElement;
  readonly #endpoint: string;
  readonly #memory: Memory;
  #waiting = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#panel = find(root, "[data-chat-panel]", HTMLElement);
    this.#opener = find(root, "[data-chat-open]", HTMLButtonElement);
    this.#log = find(root, "[data-chat-log]", HTMLElement);
    this.#form = find(root, "[data-chat-form]", HTMLFormElement);
    this.#input = find(root, "textarea", HTMLTextAreaElement);
    this.#send = find(root, "[type=submit]", HTMLButtonElement);
    this.#hints = find(root, "[data-chat-hints]", HTMLElement);
    this.#endpoint = root.dataset["endpoint"] ?? "/chat";
    this.#memory = new Memory(this.#endpoint);
    this.#listen();
    this.#showAll();
    root.hidden = false;
  }

  #listen(): void {
    this.#opener.addEventListener("click", () => this.#open());
    find(this.#root, "[data-chat-close]", HTMLButtonElement).addEventListener("click", () => this.#close());
    find(this.#root, "[data-chat-new]", HTMLButtonElement).addEventListener("click", () => this.#restart());
    this.#panel.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#say(this.#input.value);
    });
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    });
    for (const hint of this.#hints.querySelectorAll("button")) {
      hint.addEventListener("click", () => void this.#say(hint.textContent));
    }
  }

  #open(): void {
    this.#panel.hidden = false;
    this.#opener.hidden = true;
    this.#opener.setAttribute("aria-expanded", "true");
    document.body.classList.add("chat-opened");
    this.#toEnd();
    this.#input.focus();
  }

  #close(): void {
    this.#panel.hidden = true;
    this.#opener.hidden = false;
    this.#opener.setAttribute("aria-expanded", "false");
    document.body.classList.remove("chat-opened");
    this.#opener.focus();
  }

  #restart(): void {
    if (this.#waiting) return;
    this.#memory.forget();
    this.#showAll();
    this.#input.focus();
  }

  #showAll(): void {
    this.#log.replaceChildren();
    this.#show({ from: "desk", text: this.#root.dataset["greeting"] ?? "Hello! How can I help?" });
    for (const line of this.#memory.lines) this.#show(line);
    this.#hints.hidden = this.#memory.lines.length > 0;
  }

  async #say(words: string): Promise<void> {
    const message = words.trim();
    if (message === "" || this.#waiting) return;
    this.#input.value = "";
    this.#hints.hidden = true;
    this.#add({ from: "guest", text: message });
    await this.#ask(message);
  }

  async #ask(message: string): Promise<void> {
    this.#wait(true);
    const typing = this.#typing();
    try {
      const reply = readReply(await this.#post(message));
      this.#memory.conversationId = reply.conversationId;
      const isPayable = reply.booking !== undefined || reply.paymentUrl !== undefined;
      if (isPayable && reply.proof !== undefined) await showBooking(this.#root.dataset["lookup"] ?? "/my-booking", reply.proof);
      typing.remove();
      this.#add({
        from: "desk",
        text: reply.text,
        ...(reply.booking && { booking: reply.booking }),
        ...(reply.paymentUrl && { paymentUrl: reply.paymentUrl }),
      });
    } catch (fault) {
      typing.remove();
      this.#offerRetry(message, fault);
    } finally {
      this.#wait(false);
    }
  }

  async #post(message: string): Promise<unknown> {
    const id = this.#memory.conversationId;
    try {
      return await postJson(this.#endpoint, id === undefined ? { message } : { message, conversation_id: id });
    } catch (fault) {
      // The server no longer knows this conversation: begin another one with the same words.
      if (id === undefined || !(fault instanceof Refusal) || fault.status !== 404) throw fault;
      this.#memory.conversationId = undefined;
      return postJson(this.#endpoint, { message });
    }
  }

  #offerRetry(message: string, fault: unknown): void {
    const refused = fault instanceof Refusal && fault.status < 500;
    const words = refused ? fault.message : "The message did not get through.";
    const row = make("div", "chat-fault");
    row.setAttribute("role", "alert");
    row.append(make("span", "", words));
    if (!refused) {
      const again = make("button", "button small quiet", "Try again");
      again.type = "button";
      again.addEventListener("click", () => {
        row.remove();
        void this.#ask(message);
      });
      row.append(again);
    }
    this.#log.append(row);
    this.#toEnd();
  }

  #wait(waiting: boolean): void {
    this.#waiting = waiting;
    this.#send.disabled = waiting;
    if (!waiting) this.#input.focus();
  }

  #typing(): HTMLElement {
    const bubble = make("div", "bubble desk typing");
    bubble.append(make("span", "visually-hidden", "The front desk is writing"), make("i", ""), make("i", ""), make("i", ""));
    this.#log.append(bubble);
    this.#toEnd();
    return bubble;
  }

  #add(line: Line): void {
    this.#show(this.#memory.add(line));
    this.#toEnd();
  }

  #show(line: Line): void {
    this.#log.append(make("div", `bubble ${line.from}`, line.text));
    if (line.booking !== undefined || line.paymentUrl !== undefined) {
      this.#log.append(card(line.booking, line.paymentUrl, () => void this.#say("pay")));
    }
  }

  #toEnd(): void {
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}

function card(booking: BookingCard | undefined, paymentUrl: string | undefined, askToPay: () => void): HTMLElement {
  const card = make("article", "chat-card");
  if (booking !== undefined) {
    card.append(make("span", "label", "Booking code"), make("span", "code", booking.code));
    const facts = make("dl", "facts");
    for (const [label, fact] of booking.facts) facts.append(make("dt", "", label), make("dd", "", fact));
    card.append(facts);
  }
  if (paymentUrl !== undefined && /^(https?:\/\/|\/)/.test(paymentUrl)) {
    const pay = make("a", "button wide", "Pay now");
    pay.href = paymentUrl;
    card.append(pay);
  } else if (booking !== undefined) {
    const ask = make("button", "button wide", "Pay online");
    ask.type = "button";
    ask.addEventListener("click", askToPay);
    card.append(ask);
  }
  return card;
}
