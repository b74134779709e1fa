import { expect, type Locator, type Page, test } from "@playwright/test";
import { signIn } from "./clerk";
import { bookAs, chooseRoom } from "./guest";
import { type Stay, stayInWeek } from "./stay";

// The motel of this test has a clock of its own, which is moved from the booking to the day of departure.

test("from a deposit to a credit note the folio comes to nothing", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk);
  const policy = { deposit: "share", share_basis_points: 3000, rest_due_days: 0 };
  expect((await desk.request.put("/api/v1/deposit-policy", { data: policy })).ok()).toBe(true);

  // $403.20 for two nights, of which 30 % are asked for now.
  const stay = stayInWeek(2, 2);
  await chooseRoom(page, stay, "King Suite");
  const code = await bookAs(page, { name: "Wanda Whole", email: "wanda.whole@example.com" });
  await payThroughTheBank(page, /\$120\.96 now$/, "$120.96");
  await expect(paid(page)).toContainText("$120.96");

  await moveClockTo(desk, stay.checkIn, "20:00");
  await desk.goto(`/console/bookings/${code}`);
  await untilShown(desk, desk.getByRole("button", { name: "Check in" }));
  await desk.getByRole("button", { name: "Check in" }).click();
  await expect(desk.getByRole("status")).toContainText("Checked in");

  await moveClockTo(desk, stay.checkOut, "15:00");
  await untilShown(desk, desk.getByText("Check out: the guests still owe $282.24"));
  await page.reload();
  await payThroughTheBank(page, /\$282\.24 now$/, "$282.24");
  await expect(paid(page)).toContainText("$403.20");
  await desk.reload();
  await desk.getByRole("button", { name: "Check out" }).click();
  await expect(desk.getByRole("status")).toContainText("Checked out");

  const folio = desk.getByRole("region", { name: "Folio" });
  await folio.getByText("Allow something off…").click();
  await folio.getByLabel("Amount").first().fill("12.50");
  await folio.getByLabel("Reason").fill("the heating was off");
  await folio.getByRole("button", { name: "Take it off" }).click();
  await expect(folio).toContainText("Balance -$12.50");
  const payments = desk.getByRole("region", { name: "Payments through gateways" });
  await payments.getByText("Give back up to $282.24…").click();
  const refund = payments.locator("form").filter({ visible: true });
  await refund.getByLabel("Amount").fill("12.50");
  await refund.getByLabel("Reason").fill("the heating was off");
  await refund.getByRole("button", { name: "Give it back" }).click();
  await expect(async () => {
    await desk.reload();
    await expect(folio).toContainText("Balance $0.00");
    await expect(folio).not.toContainText("still to come");
  }).toPass();

  const papers = desk.getByRole("region", { name: "Invoices and receipts" });
  await papers.getByText(/^Issue an invoice/).click();
  await papers.getByRole("button", { name: "Issue it" }).click();
  await expectDocument(desk, /^INV-[0-9]{4}-000001$/, "Invoice", "USD 390.70");
  await papers.getByText("Take it back…").click();
  await papers.getByLabel("Reason").fill("made out to the wrong person");
  await papers.getByRole("button", { name: "Issue a credit note" }).click();
  await expect(desk.getByRole("status")).toContainText("credit note is issued");
  await expectDocument(desk, /^CN-[0-9]{4}-000001$/, "Credit note", "USD -390.70");
  await expect(folio).toContainText("Balance $0.00");
});

/** Pays on the test checkout with a card whose bank asks first. */
async function payThroughTheBank(page: Page, button: RegExp, sum: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.getByText("Other test cards").click();
  await page.getByRole("button", { name: /3-D Secure/ }).click();
  await page.getByRole("button", { name: `It is me: pay ${sum}` }).click();
}

function paid(page: Page) {
  return page.getByRole("region", { name: "Payment" }).locator("div", { hasText: /^Paid/ });
}

async function moveClockTo(desk: Page, day: Stay["checkIn"], timeInUtc: string): Promise<void> {
  const moved = await desk.request.post("/api/v1/clock", { data: { set_to: `${day}T${timeInUtc}:00Z` } });
  expect(moved.ok(), await moved.text()).toBe(true);
}

/** Reloads the page until the night audits have caught up with the clock, so that it shows this. */
async function untilShown(desk: Page, what: Locator): Promise<void> {
  await expect(async () => {
    await desk.reload();
    await expect(what).toBeVisible({ timeout: 500 });
  }).toPass();
}

/** The document is a PDF, and its page in the browser says what it is and what it comes to. */
async function expectDocument(desk: Page, number: RegExp, title: string, total: string): Promise<void> {
  const href = await desk.getByRole("link", { name: number }).getAttribute("href");
  if (href === null) throw new Error("a document without an address");
  const pdf = await desk.request.get(href);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  const sheet = await desk.context().newPage();
  await sheet.goto(href.replace("format=pdf", "format=html"));
  await expect(sheet.getByRole("heading", { name: title, exact: true })).toBeVisible();
  await expect(sheet.locator(".strong").first()).toContainText(total);
  await sheet.close();
}
