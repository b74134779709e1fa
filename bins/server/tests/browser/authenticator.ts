import { createHmac } from "node:crypto";
import { expect, type Page } from "@playwright/test";

const STEP = 30_000;

/** An authenticator as RFC 6238 describes it, with the key that a page shows. */
export class Authenticator {
  private lastStep = 0;

  constructor(private readonly key: string) {}

  /** A code that this one has not told before. Waits for it where the last one was of the next step already. */
  async code(): Promise<string> {
    const now = Math.floor(Date.now() / STEP);
    const step = Math.max(now, this.lastStep + 1);
    // The server takes codes that are one step early.
    const wait = (step - 1) * STEP - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait + 500));
    this.lastStep = step;
    return codeOf(decode(this.key), step);
  }
}

/** Sets up a second factor for who is signed in, and keeps the recovery codes. */
export async function setUpSecondFactor(page: Page, password: string): Promise<{ authenticator: Authenticator; codes: string[] }> {
  await page.goto("/console/second-factor");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("img", { name: "The key as a QR code" })).toBeVisible();
  const key = (await page.locator("[data-factor-key]").innerText()).replaceAll(" ", "");
  const authenticator = new Authenticator(key);
  await page.getByLabel("Code", { exact: true }).fill(await authenticator.code());
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("Your second factor is on.")).toBeVisible();
  const codes = await page.locator(".recovery-codes li").allInnerTexts();
  expect(codes).toHaveLength(10);
  return { authenticator, codes };
}

/** Types e-mail and password; a code is asked for. */
export async function showPassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/console/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Your second factor" })).toBeVisible();
}

/** Types the code that is asked for. */
export async function showCode(page: Page, code: string, remember = false): Promise<void> {
  await page.getByLabel("Code").fill(code);
  if (remember) await page.getByLabel("Remember this device for 30 days").check();
  await page.getByRole("button", { name: "Sign in" }).click();
}

function codeOf(key: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Base 32 as RFC 4648 says. */
function decode(text: string): Buffer {
  let bits = "";
  for (const letter of text) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
