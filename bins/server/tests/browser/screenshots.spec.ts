import { expect, test } from "@playwright/test";
import { desksAreLive, signIn } from "./clerk";
import { bookAs, Chat, chooseRoom } from "./guest";
import { photograph } from "./photograph";
import { stayInWeek } from "./stay";

const CONSOLE = [
  "team",
  "team/support",
  "roles",
  "roles/new",
  "audit",
  "knowledge",
  "upsells",
  "upsells/new",
  "rehearsals",
  "prompts",
  "prompts/writing/edit",
  "prompts/writing/versions/0",
  "model",
  "password",
  "account",
  "account/email",
  "second-factor",
  "passkeys",
  "sessions",
];

for (const width of [390, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: width === 390 ? 844 : 900 }, colorScheme });

      test("every page fits and runs without a fault", async ({ page }) => {
        const faults: string[] = [];
        page.on("pageerror", (fault) => faults.push(fault.message));
        page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
        const shoot = (name: string) => photograph(page, `${name}-${width}-${colorScheme}`);

        await page.goto("/");
        await shoot("home");
        // Two themes share a week, and three suites are enough for them.
        await chooseRoom(page, stayInWeek(width === 390 ? 8 : 9, 3), "King Suite");
        await shoot("book");
        await page.goBack();
        await shoot("offers");
        await page.goForward();
        const code = await bookAs(page, { name: `Wide ${width}`, email: `photo.${width}.${colorScheme}@example.com` });
        await shoot("booking");
        await page.getByRole("button", { name: /^Pay \$/ }).click();
        await shoot("checkout");
        const chat = await Chat.open(page);
        await chat.say("Do you take dogs?");
        await photograph(page, `chat-${width}-${colorScheme}`, false);
        for (const name of ["my-booking", "phone"]) {
          await page.goto(`/${name}`);
          await shoot(name);
        }
        await page.goto("/console");
        await shoot("sign-in");
        await page.goto("/console/forgot-password");
        await shoot("forgot-password");
        await signIn(page);
        await desksAreLive(page);
        await shoot("console");
        await page.goto(`/console/bookings/${code}`);
        await page.getByText("Take a payment…").click();
        await shoot("console-booking");
        for (const name of CONSOLE) {
          await page.goto(`/console/${name}`);
          await shoot(`console-${name.replaceAll("/", "-")}`);
        }

        expect(faults).toEqual([]);
      });
    });
  }
}
