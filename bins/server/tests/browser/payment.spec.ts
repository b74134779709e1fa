import { expect, type Page, test } from "@playwright/test";
import { bookAs, Chat, chooseRoom } from "./guest";
import { inWords, stayInWeek } from "./stay";

test("pays on the test checkout after a declined card", async ({ page }) => {
  await chooseRoom(page, stayInWeek(4, 2), "Standard Queen");
  await bookAs(page, { name: "Ida Payer", email: "ida.payer@example.com" });
  await page.getByRole("button", { name: "Pay $268.80 now" }).click();

  await page.getByRole("button", { name: "Decline the card" }).click();
  await expect(page.getByRole("alert")).toContainText("declined");
  await page.getByRole("button", { name: "Pay $268.80" }).click();
  await expectPaid(page, "$268.80");
});

test("goes back unpaid when the checkout is abandoned", async ({ page }) => {
  await chooseRoom(page, stayInWeek(4, 2), "King Suite");
  await bookAs(page, { name: "Otto Later", email: "otto.later@example.com" });
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await page.getByRole("button", { name: /^Abandon/ }).click();
  await expect(page.getByRole("button", { name: "Pay $403.20 now" })).toBeVisible();
});

test("pays for a room booked by chat", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.say(`A king suite ${inWords(stayInWeek(5, 1))} for 2 adults please`);
  await chat.say("Jonas Chatter");
  await chat.say("jonas.chatter@example.com");
  await chat.say("no phone");
  await chat.say("yes");
  await chat.card.getByRole("link", { name: "Pay now" }).click();
  await page.getByRole("button", { name: "Pay $201.60" }).click();
  await expectPaid(page, "$201.60");
});

/** The booking's page says that the sum was paid and asks for no more. */
async function expectPaid(page: Page, sum: string): Promise<void> {
  const payment = page.getByRole("region", { name: "Payment" });
  await expect(payment.locator("div", { hasText: /^Paid/ })).toContainText(sum);
  await expect(payment.locator(".sum-total")).toContainText("$0.00");
  await expect(page.getByRole("button", { name: /^Pay / })).toHaveCount(0);
}
