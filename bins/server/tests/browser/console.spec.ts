import { expect, test } from "@playwright/test";
import { desksAreLive, signIn } from "./clerk";
import { bookAs, Chat, chooseRoom } from "./guest";
import { stayInWeek } from "./stay";

test("a clerk sees a booking and a conversation appear without a reload", async ({ browser }) => {
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk);
  await desksAreLive(desk);
  // A reload would lose this mark.
  await desk.evaluate(() => document.body.setAttribute("data-never-reloaded", ""));

  const guest = await (await browser.newContext()).newPage();
  await chooseRoom(guest, stayInWeek(6, 1), "Standard Queen");
  const code = await bookAs(guest, { name: "Lena Live", email: "lena.live@example.com" });
  const row = desk.getByRole("row", { name: code });
  await expect(row).toContainText("Lena Live");

  const conversations = desk.getByRole("region", { name: "Conversations" }).locator("tbody tr");
  const before = await conversations.count();
  const chat = await Chat.open(guest);
  await chat.say("Is breakfast included?");
  await expect(conversations).toHaveCount(before + 1);

  expect(await desk.evaluate(() => document.body.hasAttribute("data-never-reloaded"))).toBe(true);
  await row.getByRole("link", { name: code }).click();
  await expect(desk.getByText("lena.live@example.com")).toBeVisible();
});

test("the console is closed to strangers", async ({ page, request }) => {
  await page.goto("/console");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.getByLabel("E-mail").fill("clerk@remotemotel.example");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  for (const path of ["/console/desk", "/console/events"]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect([302, 303, 401]).toContain(answer.status());
  }
});

test("signing out ends the session", async ({ page }) => {
  await signIn(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/console");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});
