import { fields, postJson, Refusal } from "../http";

/** Where the ceremonies are. */
export const SESSION = "/api/v1/session";

/** Whether this browser can keep passkeys, and for this address: for a bare number none are made. */
export function keepsPasskeys(): boolean {
  const numeric = /^[\d.]+$|^\[/.test(location.hostname);
  return (
    isSecureContext &&
    !numeric &&
    typeof PublicKeyCredential === "function" &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function" &&
    typeof PublicKeyCredential.prototype.toJSON === "function"
  );
}

/** Makes a passkey as the server asks for it at `begin`; answers what is to be sent back. */
export async function makePasskey(begin: string, proof: unknown): Promise<Record<string, unknown>> {
  const asked = fields(await postJson(begin, proof));
  const options = asked["options"] as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return answer(asked, await navigator.credentials.create({ publicKey }));
}

/** Shows a passkey as the server asks for it at `begin`; answers what is to be sent back. */
export async function showPasskey(begin: string): Promise<Record<string, unknown>> {
  const asked = fields(await postJson(begin, {}));
  const options = asked["options"] as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return answer(asked, await navigator.credentials.get({ publicKey }));
}

/** What went wrong, in a sentence. Browsers say little about it, so that no page learns who keeps what. */
export function sentence(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "This device keeps a passkey for you already.";
  if (name === "NotAllowedError" || name === "AbortError") return "No passkey was chosen. Please try again.";
  return "That did not work. Please try again.";
}

function answer(asked: Record<string, unknown>, credential: Credential | null): Record<string, unknown> {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("the browser gave no passkey");
  return { ceremony: asked["ceremony"], credential: credential.toJSON() };
}
