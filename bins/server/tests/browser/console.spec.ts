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

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("what can be done lies within the screen, and the chat on no button", async ({ page, browser }) => {
    await chooseRoom(page, stayInWeek(6, 1), "King Suite");
    const code = await bookAs(page, { name: "Tilda Small", email: "tilda.small@example.com" });
    const pay = page.getByRole("button", { name: /^Pay \$/ });
    const chat = page.getByRole("button", { name: "Ask or book by chat" });
    await pay.scrollIntoViewIfNeeded();
    const [button, opener] = [await pay.boundingBox(), await chat.boundingBox()];
    if (button === null || opener === null) throw new Error("both are shown");
    expect(opener.y).toBeGreaterThanOrEqual(button.y + button.height);
    await chat.click();
    await expect(page.getByRole("log", { name: "Conversation" })).toBeVisible();

    const desk = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await signIn(desk);
    await desk.goto(`/console/bookings/${code}`);
    const stays = desk.getByRole("region", { name: "Stays" });
    const box = await stays.locator(".desk-actions").boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    const hidden = await stays.locator(".table-scroll").evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(hidden).toBeLessThanOrEqual(0);
    await expect(stays).toContainText("King Suite");
  });
});
