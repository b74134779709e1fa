import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "@playwright/test";

const root = resolve(import.meta.dirname, "../../../..");
const port = process.env["MOTEL_BROWSER_PORT"] ?? "18099";
const baseURL = `http://127.0.0.1:${port}`;
// A second motel, whose clock a test may move without making the others late.
const clockPort = process.env["MOTEL_BROWSER_CLOCK_PORT"] ?? "18098";
const clockURL = `http://127.0.0.1:${clockPort}`;
const movesTheClock = /whole-stay\.spec\.ts/;

function motel(atPort: string, url: string) {
  return {
    command: resolve(root, "scripts/test-server"),
    env: { PORT: atPort },
    url: `${url}/health`,
    timeout: 120_000,
    reuseExistingServer: false,
    // Time to drop its database.
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 20_000 },
    stdout: "ignore" as const,
    stderr: "pipe" as const,
  };
}

// Debian's own browser: nothing is downloaded, and its name differs between distributions.
const chromium =
  process.env["CHROMIUM"] ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));

export default defineConfig({
  testDir: ".",
  outputDir: resolve(root, "artifacts/browser"),
  reporter: [["list"], ["json", { outputFile: resolve(root, "artifacts/browser.json") }]],
  // One motel with ten rooms serves them all, one test at a time; none is tried twice.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  use: {
    baseURL,
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "today", testIgnore: movesTheClock },
    { name: "over time", testMatch: movesTheClock, use: { baseURL: clockURL } },
  ],
  webServer: [motel(port, baseURL), motel(clockPort, clockURL)],
});
