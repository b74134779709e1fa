import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { joinAs, NEW_PASSWORD, signOut } from "./member";

test("a clerk adds a passkey and signs in by it alone, and by it after the password", async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const email = "petra.passkey@example.com";
  await joinAs(await (await browser.newContext()).newPage(), email, "Petra Passkey");
  // Browsers make no passkeys for a number.
  const local = (baseURL ?? "").replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ baseURL: local, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const authenticatorId = await plugIn(cdp);

  await showPassword(page, email);
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();
  await page.goto("/console/account");
  await page.getByRole("link", { name: "Look at your passkeys" }).click();
  await page.getByLabel("What to call it").fill("My telephone");
  await page.getByLabel("Password").fill("not my password");
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByText("Password or code is not right.")).toBeVisible();
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByText("The passkey is added.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "My telephone" })).toBeVisible();
  await fits(page);

  await signOut(page);
  await fits(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();

  // After the password it takes the place of a code.
  await signOut(page);
  await showPassword(page, email);
  await expect(page.getByRole("heading", { name: "Your second factor" })).toBeVisible();
  await fits(page);
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();

  // It is removed by a proof of its own, and signs nobody in any more.
  await page.goto("/console/passkeys");
  await page.getByText("Remove it").first().click();
  const card = page.getByRole("region", { name: "My telephone" });
  await fits(page);
  await card.getByRole("button", { name: "Use a passkey instead of a code" }).click();
  await expect(card.getByText("Shown.")).toBeVisible();
  await card.getByLabel("Password").fill(NEW_PASSWORD);
  await card.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("The passkey is removed.")).toBeVisible();
  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("Nobody could be signed in by this passkey.")).toBeVisible();
  await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
});

test("where no passkey can be kept, none is offered", async ({ page }) => {
  await page.goto("/console/sign-in");
  await expect(page.getByLabel("Password")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
});

/** An authenticator in the browser, whose holder shows a finger whenever they are asked. */
async function plugIn(cdp: CDPSession): Promise<string> {
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2" as const,
    transport: "internal" as const,
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  return authenticatorId;
}

async function showPassword(page: Page, email: string): Promise<void> {
  await page.goto("/console/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Nothing lies beside the screen. */
async function fits(page: Page): Promise<void> {
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beside).toBeLessThanOrEqual(0);
}
