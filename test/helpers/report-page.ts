import { pathToFileURL } from "node:url";

import { chromium, type Page } from "playwright-core";

/** A report in a browser without a network. */
export interface OpenReport {
  /** The page. */
  readonly page: Page;
  /** Addresses that it asked for, other than its own file and data inside of it. */
  readonly requests: string[];
  /** What it complained of: messages of the console, errors, and violations of its security policy. */
  readonly complaints: string[];
  /** Closes the browser. */
  close(): Promise<void>;
}

/**
 * Opens a report from its file, and waits until its figures are drawn.
 *
 * @param browserProgram The path of a Chromium.
 * @param file The report.
 * @param width The window's width, in CSS pixels.
 */
export async function openReport(browserProgram: string, file: string, width: number): Promise<OpenReport> {
  // Chromium's sandbox does not work for an administrator, as whom containers run.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({
    executablePath: browserProgram,
    args: ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync", ...sandbox],
  });
  const context = await browser.newContext({ viewport: { width, height: 900 }, offline: true });
  const page = await context.newPage();
  // The compiler of the tests names functions with this helper, also those that are sent to the page.
  await page.addInitScript("globalThis.__name = (named) => named");
  const [requests, complaints]: [string[], string[]] = [[], []];
  const own = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== own && !/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(own);
  await page.waitForFunction(() => document.documentElement.dataset.figures !== "waiting");
  return { page, requests, complaints, close: () => browser.close() };
}
