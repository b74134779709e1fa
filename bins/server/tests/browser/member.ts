import { expect, type Page } from "@playwright/test";
import { signIn } from "./clerk";

export const NEW_PASSWORD = "a wholly new password";

/** The owner invites somebody, who joins by the mail. */
export async function joinAs(page: Page, email: string, name: string): Promise<void> {
  await signIn(page);
  await page.goto("/console/team");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText("The invitation is on its way.")).toBeVisible();
  const mail = page.getByRole("row", { name: email }).getByRole("link");
  await expect(async () => {
    await page.goto("/dev/mailbox");
    await expect(mail).toBeVisible({ timeout: 500 });
  }).toPass();
  await mail.click();
  const link = /\/console\/join\?link=\w+/.exec(await page.locator("pre").innerText())?.[0];
  if (link === undefined) throw new Error("the mail has a link");
  // Who joins does so in a browser that nobody is signed in with.
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByText("Welcome to the team!")).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
}
