import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";

const demo = readFileSync(resolve(import.meta.dirname, "../../../../fixtures/remotemotel/tenant.toml"), "utf8").split("[demo_staff]")[1] ?? "";

/** Signs in with the demo account, whose words stand in the fixture. */
export async function signIn(page: Page): Promise<void> {
  await page.goto("/console");
  await page.getByLabel("E-mail").fill(setting("email"));
  await page.getByLabel("Password").fill(setting("password"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();
}

/** From here on the desk is told of news. */
export async function desksAreLive(page: Page): Promise<void> {
  await expect(page.locator("[data-live-lamp]")).toHaveText("Live");
}

function setting(name: string): string {
  const value = new RegExp(`^${name} = "(.*)"`, "m").exec(demo)?.[1];
  if (value === undefined) throw new Error(`no ${name} in [demo_staff]`);
  return value;
}
