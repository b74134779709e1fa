import { type Browser, expect, type Page, test } from "@playwright/test";
import { setUpSecondFactor, showCode } from "./authenticator";
import { photograph } from "./photograph";

const PASSWORD = "a morning by the lake";
const NEW_PASSWORD = "an evening at the desk";

/** A person with a browser of their own. */
async function somebody(browser: Browser, width = 1280): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: width === 390 ? 844 : 900 } });
  return context.newPage();
}

/** Keeps what a page looks like under its name and its width. */
function shoot(page: Page, name: string): Promise<void> {
  return photograph(page, `${name}-${page.viewportSize()?.width}-light`);
}

/** Follows the link in the newest mail to an address, out of the development mailbox. */
async function followMail(page: Page, address: string, subject: RegExp): Promise<void> {
  const letter = page.getByRole("row", { name: address }).getByRole("link", { name: subject });
  await expect(async () => {
    await page.goto("/dev/mailbox");
    await expect(letter.first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await letter.first().click();
  const link = /https?:\/\/\S+link=\S+/.exec(await page.locator("pre").innerText())?.[0];
  if (link === undefined) throw new Error("the mail has no link");
  await page.goto(link);
}

async function signUp(page: Page, business: string, address: string): Promise<void> {
  await page.goto("/console/sign-in");
  await page.getByRole("link", { name: "Sign your business up" }).click();
  await shoot(page, "sign-up");
  await page.getByLabel("Name of your business").fill(business);
  await page.getByLabel("Your e-mail").fill(address);
  await page.getByRole("radio", { name: "Rooms by the night" }).check();
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
  await shoot(page, "sign-up-asked");
  await followMail(page, address, /Confirm the sign-up/);
  await shoot(page, "sign-up-confirm");
  await page.getByLabel("Your name").fill("Dana Reyes");
  await page.getByLabel("Telephone of the business").fill("+49 30 23125014");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Open the front desk" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to your front desk" })).toBeVisible();
  await shoot(page, "setup");
}

async function setUp(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Begin" }).click();
  await page.getByLabel("Street and number").fill("Seeweg 1");
  await page.getByLabel("City").fill("Lindau");
  await page.getByLabel("Tax on what you sell").fill("7");
  await shoot(page, "setup-property");
  await page.getByRole("button", { name: "Save and go on" }).click();

  await page.getByLabel("What guests call it").fill("Lake Room");
  await page.getByLabel("How many rooms of it").fill("2");
  await page.getByLabel("Price a night").fill("107.00");
  await page.getByRole("button", { name: "Add these rooms" }).click();
  await expect(page.getByText("Lake Room: 2 rooms, 101 to 102")).toBeVisible();
  await shoot(page, "setup-rooms");
  await page.getByRole("link", { name: "That is all, go on" }).click();

  await page.getByLabel("Can guests park?").selectOption("free");
  await page.getByLabel("Is there breakfast?").selectOption("included");
  await shoot(page, "setup-house-rules");
  await page.getByRole("button", { name: "Save and go on" }).click();

  await expect(page.getByLabel("The address of your page")).toHaveValue(/\/t\/lake-house/);
  await shoot(page, "setup-channel");
  await page.getByRole("button", { name: "I know where it is" }).click();

  await page.getByRole("button", { name: "Can I park at the motel?" }).click();
  await expect(page.getByText("Parking on the premises is free.")).toBeVisible();
  await shoot(page, "setup-trial");
  await page.getByRole("link", { name: "To the front desk" }).click();
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();
}

async function inviteClerk(page: Page, address: string): Promise<void> {
  await page.goto("/console/team");
  await page.getByLabel("E-mail").fill(address);
  await page.getByRole("region", { name: "Invite somebody" }).getByLabel("Role").selectOption("front_desk");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("row", { name: address })).toBeVisible();
}

async function join(page: Page, address: string): Promise<void> {
  await followMail(page, address, /Join the team/);
  await page.getByLabel("Your name").fill("Cleo Park");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await signIn(page, address, PASSWORD);
}

/** By the password, and by a code where there is a second factor. */
async function signIn(page: Page, address: string, password: string, code?: string): Promise<void> {
  await page.goto("/console/sign-in");
  await page.getByLabel("E-mail").fill(address);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  if (code !== undefined) await showCode(page, code);
  await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();
}

/** A clerk has the day's work, and nothing of what is for owners and managers. */
async function seesOnlyTheDesk(page: Page): Promise<void> {
  const menu = page.getByRole("navigation", { name: "Console" });
  await expect(menu.getByRole("link", { name: "Front desk" })).toBeVisible();
  for (const name of ["Team", "Set up"]) await expect(menu.getByRole("link", { name })).toHaveCount(0);
  for (const path of ["/console/team", "/console/setup", "/console/setup/rooms"]) {
    expect((await page.goto(path))?.status()).toBe(403);
    await expect(page.getByRole("heading", { name: "Your role does not permit this" })).toBeVisible();
  }
}

/** A new password by a mailed link; every browser that was signed in is not any more. */
async function resetsThePassword(page: Page, address: string, code: string | undefined, signedIn: Page[]): Promise<void> {
  await page.goto("/console/forgot-password");
  await page.getByLabel("E-mail").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await followMail(page, address, /A new password/);
  await page.getByLabel(/Password|password/).fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Use this password" }).click();
  for (const elsewhere of signedIn) {
    await elsewhere.goto("/console");
    await expect(elsewhere.getByRole("button", { name: "Sign in" })).toBeVisible();
  }
  await signIn(page, address, NEW_PASSWORD, code);
}

for (const width of [390, 1280]) {
  test(`a business signs itself up, sets itself up and invites a clerk with a second factor, at ${width} px`, async ({ browser }) => {
    test.setTimeout(120_000);
    const [owner, clerk] = [`dana.${width}@lake.example`, `cleo.${width}@lake.example`];
    const page = await somebody(browser, width);
    const faults: string[] = [];
    page.on("pageerror", (fault) => faults.push(fault.message));
    await signUp(page, "Lake House", owner);
    await setUp(page);
    await inviteClerk(page, clerk);

    const desk = await somebody(browser, width);
    await join(desk, clerk);
    await seesOnlyTheDesk(desk);
    const { codes } = await setUpSecondFactor(desk, PASSWORD);

    const telephone = await somebody(browser, 390);
    await signIn(telephone, clerk, PASSWORD, codes[0]);
    const elsewhere = await somebody(browser, width);
    await resetsThePassword(elsewhere, clerk, codes[1], [desk, telephone]);
    // The owner is somebody else, and stays signed in.
    await page.goto("/console");
    await expect(page.getByRole("heading", { name: "Bookings" })).toBeVisible();
    expect(faults).toEqual([]);
  });
}
