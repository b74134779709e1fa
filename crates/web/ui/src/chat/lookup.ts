/**
 * Sends code and e-mail address as the look-up form would, so that the booking's page, to which a payment leads back,
 * knows this browser. Should it fail, that page asks for both.
 */
export async function showBooking(lookup: string, proof: { code: string; email: string }): Promise<void> {
  const body = new URLSearchParams(proof);
  await fetch(lookup, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
}
