import { find } from "../dom";
import { postJson } from "../http";
import { keepsPasskeys, makePasskey, sentence, SESSION, showPasskey } from "./ceremony";

/** Whichever page asks: after signing in it knows where to go. */
const SIGNED_IN = "/console/sign-in";

/** Offers signing in by a passkey alone, or by one after the password. Without a script, or passkeys, it stays hidden. */
export function offerSignIn(offer: HTMLElement): void {
  const door = offer.dataset["passkeySignIn"] === "factor" ? `${SESSION}/second-factor/passkey` : `${SESSION}/passkey`;
  offerButton(offer, async () => {
    await postJson(door, await showPasskey(`${door}/begin`));
    location.assign(SIGNED_IN);
  });
}

/** Offers a passkey in the place of a code on a form that asks for password and code. */
export function offerProof(offer: HTMLElement): void {
  const proof = `${SESSION}/passkeys/proof`;
  offerButton(offer, async (said) => {
    await postJson(proof, await showPasskey(`${proof}/begin`));
    const code = offer.closest("form")?.querySelector<HTMLInputElement>("[name=code]");
    if (code) code.required = false;
    said.textContent = "Shown. For the next five minutes the password is enough, once.";
  });
}

/** Lets a form make a passkey: it has the fields name, password and code. */
export function offerAdding(form: HTMLFormElement): void {
  if (!keepsPasskeys()) return;
  const [said, button] = [find(form, "[data-passkey-said]", HTMLElement), find(form, "[type=submit]", HTMLButtonElement)];
  const unable = document.querySelector<HTMLElement>("[data-passkey-unable]");
  form.hidden = false;
  if (unable) unable.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(button, said, () => add(new FormData(form)));
  });
}

async function add(typed: FormData): Promise<void> {
  const word = (name: string) => String(typed.get(name) ?? "");
  const made = await makePasskey(`${SESSION}/passkeys/begin`, { password: word("password"), code: word("code") });
  await postJson(`${SESSION}/passkeys`, { ...made, name: word("name") });
  location.assign("/console/passkeys?news=passkey_added");
}

function offerButton(offer: HTMLElement, act: (said: HTMLElement) => Promise<void>): void {
  if (!keepsPasskeys()) return;
  const [said, button] = [find(offer, "[role=status]", HTMLElement), find(offer, "button", HTMLButtonElement)];
  offer.hidden = false;
  button.addEventListener("click", () => void attempt(button, said, () => act(said)));
}

/** Does it once at a time, and says what went wrong. */
async function attempt(button: HTMLButtonElement, said: HTMLElement, act: () => Promise<void>): Promise<void> {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  said.textContent = "";
  try {
    await act();
  } catch (error) {
    said.textContent = sentence(error);
  }
  button.removeAttribute("aria-disabled");
}
