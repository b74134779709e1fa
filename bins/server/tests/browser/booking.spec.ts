import { expect, test } from "@playwright/test";
import { bookAs, Chat, chooseRoom, CODE } from "./guest";
import { inWords, stayInWeek } from "./stay";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("books a room by form and finds it again", async ({ page }) => {
    const stay = stayInWeek(2, 2);
    await chooseRoom(page, stay, "Standard Queen");
    // Two weekday nights at $120 and 12 % tax.
    await expect(page.getByRole("button", { name: "Book for $268.80" })).toBeVisible();
    const code = await bookAs(page, { name: "Nora Plain", email: "nora.plain@example.com" });

    await page.getByRole("link", { name: "My booking" }).click();
    await page.locator("input[name=code]").fill(code);
    await page.locator("input[name=email]").fill("nora.plain@example.com");
    await page.getByRole("button", { name: "Show my booking" }).click();
    await expect(page.getByText("Nora Plain")).toBeVisible();
    await expect(page.getByLabel(`Booking ${code}`)).toContainText("nora.plain@example.com");
  });

  test("says what is wrong with the form and keeps what was typed", async ({ page }) => {
    await chooseRoom(page, stayInWeek(2, 1), "King Suite");
    await page.locator("input[name=full_name]").fill("Vera Wrong");
    await page.locator("input[name=email]").fill("vera@nowhere");
    await page.locator("input[name=phone]").fill("12");
    await page.getByRole("button", { name: /^Book for \$/ }).click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
    await expect(page.locator("input[name=full_name]")).toHaveValue("Vera Wrong");
    await expect(page.getByText("You're booked")).toHaveCount(0);
  });

  test("does not show a booking to somebody with another e-mail address", async ({ page }) => {
    await chooseRoom(page, stayInWeek(2, 1), "King Suite");
    const code = await bookAs(page, { name: "Paula Private", email: "paula@example.com" });
    await page.context().clearCookies();
    await page.goto("/my-booking");
    await page.locator("input[name=code]").fill(code);
    await page.locator("input[name=email]").fill("somebody.else@example.com");
    await page.getByRole("button", { name: "Show my booking" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByText("Paula Private")).toHaveCount(0);
  });
});

test("asks about dogs and books a room by chat", async ({ page }) => {
  const chat = await Chat.open(page);
  expect(await chat.say("Do you take dogs?")).toContain("$20");
  // Two weekday nights at $140, the dog at $20 a night, 12 % tax.
  expect(await chat.say(`Great. ${inWords(stayInWeek(3, 2))}, 2 adults and one dog`)).toContain("$358.40");
  await chat.say("The pet-friendly room then. My name is Hannah Lindqvist");
  await chat.say("hannah.l@example.com");
  expect(await chat.say("917-555-0161")).toContain("$358.40");
  expect(await chat.say("yes, book it")).toMatch(CODE);
  await expect(chat.card).toContainText(CODE);
  await expect(chat.card).toContainText("$358.40");
});

test("keeps the conversation over a reload", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.say("Is parking free?");
  const again = await Chat.open(page);
  await expect(page.getByRole("log", { name: "Conversation" })).toContainText("Is parking free?");
  await again.say("And the Wi-Fi?");
});

test("shows what is wrong on the page without sending an impossible search", async ({ page }) => {
  const stay = stayInWeek(2, 1);
  await page.goto(`/?check_in=${stay.checkOut}&check_out=${stay.checkIn}&adults=2`);
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByRole("link", { name: /^Book the/ })).toHaveCount(0);
});
