import { expect, test } from "@playwright/test";
import { hideCardNumbers } from "../../../../crates/web/ui/src/chat/card_number";
import { Chat } from "./guest";

test("a card number that was typed into the chat stays nowhere in the browser", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.say("My card is 4242 4242 4242 4242, 12/30, cvc 123. Do you take dogs?");
  const mine = page.locator(".bubble.guest");
  await expect(mine).toHaveText("My card is [card number]. Do you take dogs?");
  const kept = () => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(await kept()).toContain("My card is [card number]. Do you take dogs?");
  expect(await kept()).not.toMatch(/4242|12\/30|cvc/);

  // What an earlier version kept goes with the next visit.
  await page.evaluate(() => {
    for (const [key, value] of Object.entries(localStorage)) {
      localStorage.setItem(key, String(value).replace("[card number]", "5555 5555 5555 4444"));
    }
  });
  await page.reload();
  await page.getByRole("button", { name: "Ask or book by chat" }).click();
  await expect(mine).toHaveText("My card is [card number]. Do you take dogs?");
  expect(await kept()).not.toContain("5555");
});

// The same examples as in crates/kernel/src/card_number.rs.
test("card numbers are hidden however they are written, and other numbers stay", () => {
  for (const number of [
    "4242424242424242",
    "4242 4242 4242 4242",
    "4242-4242-4242-4242",
    "5555.5555.5555.4444",
    "2223003122003222",
    "378282246310005",
    "3782 822463 10005",
    "6011111111111117",
    "3566002020360505",
    "30569309025904",
    "6205500000000000004",
    "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
    "４２４２ ４２４２ ４２４２ ４２４２",
    "four two four two four two four two four two four two four two four two",
    "double five double five double five double five double five double five double four double four",
  ]) {
    expect(hideCardNumbers(`my card is ${number}, thanks`)).toBe("my card is [card number], thanks");
  }
  for (const [typed, shown] of [
    ["visa4242424242424242", "visa[card number]"],
    ["4242424242424242exp12/27", "[card number]"],
    ["卡号4242424242424242", "卡号[card number]"],
    ["4242424242424242 12/27 cvc 123 please", "[card number] please"],
    ["424242424242424212 27 123", "[card number]"],
    ['{"body":"4242424242424242","status":500}', '{"body":"[card number]","status":500}'],
    ["4000056655665556 and 5105105105105100", "[card number] and [card number]"],
  ] as const) {
    expect(hideCardNumbers(typed)).toBe(shown);
  }
  for (const text of [
    "call me on +1 518 555 0142, or 0044 20 7946 0123",
    "meine Nummer ist +49 1512 3456787",
    "4242424242424241",
    "from 2026-12-04 to 2026-12-06, 2 adults and 1 child",
    "RM-7K2M9Q, RT-77100-000001",
    "order 1234567890123456",
    "0000000000000000",
    "",
  ]) {
    expect(hideCardNumbers(text)).toBe(text);
  }
});
