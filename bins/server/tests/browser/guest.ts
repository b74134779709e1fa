import { expect, type Locator, type Page } from "@playwright/test";
import type { Stay } from "./stay";

export const CODE = /RM-[2-9A-Z]{6}/;

export interface Person {
  name: string;
  email: string;
}

/** Searches on the guest page and follows the book link of a room; works without JavaScript. */
export async function chooseRoom(page: Page, stay: Stay, room: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Check-in").fill(stay.checkIn);
  await page.getByLabel("Check-out").fill(stay.checkOut);
  await page.getByRole("button", { name: "See rooms" }).click();
  await page.getByRole("link", { name: `Book the ${room}` }).click();
}

/** Fills in the booking form and sends it; answers the code of the booking. */
export async function bookAs(page: Page, person: Person): Promise<string> {
  await page.locator("input[name=full_name]").fill(person.name);
  await page.locator("input[name=email]").fill(person.email);
  await page.locator("input[name=phone]").fill("+1 518 555 0142");
  await page.getByRole("button", { name: /^Book for \$/ }).click();
  await expect(page.getByText("You're booked")).toBeVisible();
  const code = await page.locator(".ticket .code").innerText();
  expect(code).toMatch(CODE);
  return code;
}

/** The chat on the guest page. */
export class Chat {
  readonly #log: Locator;

  private constructor(private readonly page: Page) {
    this.#log = page.getByRole("log", { name: "Conversation" });
  }

  static async open(page: Page): Promise<Chat> {
    await page.goto("/");
    await page.getByRole("button", { name: "Ask or book by chat" }).click();
    return new Chat(page);
  }

  /** Says something and answers what the front desk replied. */
  async say(words: string): Promise<string> {
    const answers = this.#log.locator(".bubble.desk:not(.typing)");
    const before = await answers.count();
    await this.page.getByLabel("Your message").fill(words);
    await this.page.getByLabel("Your message").press("Enter");
    await expect(answers).toHaveCount(before + 1);
    return answers.nth(before).innerText();
  }

  /** The card shown when a booking was made. */
  get card(): Locator {
    return this.#log.locator(".chat-card");
  }
}
