import { type Browser, expect, type Page, test } from "@playwright/test";
import { signIn } from "./clerk";
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

test("a clerk gives a part of a payment back, and takes money at the desk", async ({ page, browser }) => {
  await chooseRoom(page, stayInWeek(4, 1), "King Suite");
  const code = await bookAs(page, { name: "Rhea Refund", email: "rhea.refund@example.com" });
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await expect(page.getByText("All paid")).toBeVisible();

  const desk = await (await browser.newContext()).newPage();
  await signIn(desk);
  await desk.goto(`/console/bookings/${code}`);
  await desk.getByText(/^Give back up to/).click();
  const refund = desk.getByRole("region", { name: "Payments through gateways" });
  const form = refund.locator("form").filter({ visible: true });
  await form.getByLabel("Amount").fill("12.50");
  await form.getByLabel("Reason").fill("the heating was off");
  await form.getByRole("button", { name: "Give it back" }).click();
  await expect(desk.getByRole("status")).toContainText("on its way");
  await expect(async () => {
    await desk.reload();
    await expect(refund).toContainText("$12.50 went back (the heating was off)");
  }).toPass();

  const folio = desk.getByRole("region", { name: "Folio" });
  await expect(folio).toContainText("Balance $12.50");
  await folio.getByText("Take a payment…").click();
  await folio.getByLabel("Paid by").selectOption("Card at the desk");
  await folio.getByRole("button", { name: "Post the payment" }).click();
  await expect(folio).toContainText("Balance $0.00");

  const papers = desk.getByRole("region", { name: "Invoices and receipts" });
  await papers.getByText(/^Issue an invoice/).click();
  await papers.getByLabel("What").selectOption("Receipt of what was paid");
  await papers.getByRole("button", { name: "Issue it" }).click();
  const receipt = papers.getByRole("link", { name: /^RC-[0-9]{4}-[0-9]{6}$/ });
  const pdf = await desk.request.get((await receipt.getAttribute("href")) ?? "");
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

/** The booking's page says that the sum was paid and asks for no more. */
async function expectPaid(page: Page, sum: string): Promise<void> {
  const payment = page.getByRole("region", { name: "Payment" });
  await expect(payment.locator("div", { hasText: /^Paid/ })).toContainText(sum);
  await expect(payment.locator(".sum-total")).toContainText("$0.00");
  await expect(page.getByRole("button", { name: /^Pay / })).toHaveCount(0);
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("pays a part with a gift card, after a code that is none", async ({ page, browser }) => {
    await chooseRoom(page, stayInWeek(6, 1), "Standard Queen");
    await bookAs(page, { name: "Gina Gift", email: "gina.gift@example.com" });
    const voucher = page.getByLabel("Gift card or coupon");
    await voucher.fill("NO-SUCH-CODE");
    await page.getByRole("button", { name: "Use it" }).click();
    await expect(voucher).toHaveAttribute("aria-invalid", "true");
    await expect(voucher).toHaveValue("NO-SUCH-CODE");

    await voucher.fill(await printedGiftCard(browser, 5_000));
    await page.getByRole("button", { name: "Use it" }).click();
    await expect(page.getByRole("status")).toContainText("Taken off");
    const payment = page.getByRole("region", { name: "Payment" });
    await expect(payment).toContainText(/Gift card ending in [0-9A-Z]{4}/);
    await expect(payment).toContainText("-$50.00");
    await expect(page.getByRole("button", { name: "Pay $84.40 now" })).toBeVisible();
  });
});

/** Sells a gift card at the desk and prints it; answers its code. */
async function printedGiftCard(browser: Browser, minor: number): Promise<string> {
  const clerk = await (await browser.newContext({ javaScriptEnabled: true })).newPage();
  await signIn(clerk);
  const card = { amount_minor: minor, currency: "USD", paid_by: "cash" };
  const sold = await clerk.request.post("/api/v1/gift-cards", { data: card });
  const { id } = (await sold.json()) as { id: string };
  const printed = await clerk.request.post(`/api/v1/gift-cards/${id}/actions/print`);
  return ((await printed.json()) as { code: string }).code;
}
