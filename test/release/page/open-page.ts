import { pathToFileURL } from "node:url";

import { chromium, type Browser, type Page } from "playwright-core";

import { findBrowser } from "../../../setup/machine/find-browser.cjs";
import { skip } from "../../helpers/skip";

/** A page that is open in a browser without a network. */
export interface OpenPage {
  readonly page: Page;
  /** Addresses that it asked for, other than its own file. */
  readonly requests: readonly string[];
  /** What it complained of: messages of the console, errors, and violations of its policy. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts a Chromium without graphics card and WebGL before the tests of a group, which are skipped where there is none.
 *
 * @returns Opens a page from the disk, in a window of the given width.
 */
export function browserOfGroup(): (file: string, width?: number) => Promise<OpenPage> {
  let browser: Browser | null = null;
  before(async function () {
    this.timeout(60_000);
    const program = findBrowser();
    if (program === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    // Chromium's sandbox does not work for an administrator, as whom containers run.
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({
      executablePath: program,
      args: [
        "--disable-gpu",
        "--disable-webgl",
        "--disable-3d-apis",
        "--no-first-run",
        "--disable-background-networking",
        ...sandbox,
      ],
    });
  });
  after(() => browser?.close());
  return async (file, width = 1024) => {
    const context = await browser!.newContext({
      viewport: { width, height: 900 },
      offline: true,
      acceptDownloads: true,
    });
    const page = await context.newPage();
    // The compiler of the tests names functions with this helper, also those that are sent to the page.
    await page.addInitScript("globalThis.__name = (named) => named");
    const [requests, complaints]: [string[], string[]] = [[], []];
    const own = pathToFileURL(file).href;
    page.on("request", (request) => {
      if (request.url() !== own && !request.url().startsWith("blob:")) requests.push(request.url());
    });
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(own);
    // A page whose script is damaged never says that it is ready.
    await page.waitForSelector("html[data-page]", { timeout: 4000 }).catch(() => null);
    return { page, requests, complaints, close: () => context.close() };
  };
}

/** What the page says of the image, in percent; null where it says nothing. */
export async function probabilityOn(page: Page): Promise<number | null> {
  const shown = page.locator(".probability strong");
  return (await shown.count()) === 0 ? null : parseFloat(await shown.innerText()) / 100;
}

/** Gives a page a file, by its button. */
export async function giveFile(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.locator("#view-0 input[type=file]").first().setInputFiles(file);
}
