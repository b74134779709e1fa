import { LiveDesk } from "./console/live_desk";
import { tellPresence } from "./console/presence";
import { installCopy } from "./copy";
import { sendOnce } from "./once";
import { offerAdding, offerProof, offerSignIn } from "./passkeys/offer";
import { installThemeSwitch } from "./theme";

installThemeSwitch();
for (const desk of document.querySelectorAll<HTMLElement>("[data-live]")) new LiveDesk(desk);
for (const page of document.querySelectorAll<HTMLElement>("[data-presence]")) tellPresence(page.dataset["presence"] ?? "/console/presence");
for (const form of document.querySelectorAll<HTMLFormElement>("[data-once]")) sendOnce(form);
for (const offer of document.querySelectorAll<HTMLElement>("[data-passkey-sign-in]")) offerSignIn(offer);
for (const offer of document.querySelectorAll<HTMLElement>("[data-passkey-proof]")) offerProof(offer);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey-add]")) offerAdding(form);
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) installCopy(button);
