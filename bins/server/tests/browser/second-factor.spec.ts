import { expect, type Page, test } from "@playwright/test";
import { setUpSecondFactor, showCode, showPassword } from "./authenticator";
import { joinAs, NEW_PASSWORD as PASSWORD, signOut } from "./member";

test("a clerk sets up a second factor and signs in with it", async ({ browser }) => {
  test.setTimeout(150_000);
  const email = "frida.factor@example.com";
  await joinAs(await (await browser.newContext()).newPage(), email, "Frida Factor");
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await signInWithPassword(page, email);
  await page.goto("/console/account");
  await expect(page.getByText("You sign in with frida.factor@example.com.")).toBeVisible();
  const { authenticator, codes } = await setUpSecondFactor(page, PASSWORD);
  await fits(page);

  await signOut(page);
  await showPassword(page, email, PASSWORD);
  await page.goto("/console");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await showPassword(page, email, PASSWORD);
  await showCode(page, "000000");
  await expect(page.getByRole("alert")).toContainText("This code is not right");
  await showCode(page, await authenticator.code(), true);
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();

  // The device is remembered until it is forgotten.
  await signOut(page);
  await signInWithPassword(page, email);
  await page.goto("/console/sessions");
  await fits(page);
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(page.getByText("The device is forgotten.")).toBeVisible();
  await signOut(page);
  await showPassword(page, email, PASSWORD);
  await showCode(page, codes[0] ?? "");
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();

  await page.goto("/console/second-factor");
  await expect(page.getByText("9 left")).toBeVisible();
  await fits(page);
  const off = page.getByRole("region", { name: "Turn it off" });
  await off.getByLabel("Password").fill(PASSWORD);
  await off.getByLabel("Code").fill(codes[1] ?? "");
  await off.getByRole("button", { name: "Turn it off" }).click();
  await expect(page.getByText("Your authenticator is off.")).toBeVisible();
});

async function signInWithPassword(page: Page, email: string): Promise<void> {
  await page.goto("/console/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();
}

/** Nothing lies beside the screen. */
async function fits(page: Page): Promise<void> {
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beside).toBeLessThanOrEqual(0);
}
