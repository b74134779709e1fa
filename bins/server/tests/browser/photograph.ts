import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";

const folder = resolve(import.meta.dirname, "../../../../artifacts/screenshots");

/** Keeps what a page looks like, and sees to it that it does not scroll sideways. */
export async function photograph(page: Page, name: string, fullPage = true): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: resolve(folder, `${name}.png`), fullPage, animations: "disabled" });
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(tooWide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}
