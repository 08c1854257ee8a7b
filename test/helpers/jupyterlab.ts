import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { chromium, type Browser, type Page } from "playwright-core";

import { notebooksRoot, projectRoot, resultsRoot } from "../../lib/runtime/environment";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { skip } from "./skip";

/** A JupyterLab that runs, and a browser that looks at it. */
export interface Lab {
  /** The address of the server, without a slash at its end. */
  readonly address: string;
  /** The token that lets one in. */
  readonly token: string;
  /** The page, tall enough to hold a whole notebook: JupyterLab draws only what is in view. */
  readonly page: Page;
  /** Hosts other than the server that the page asked for something. */
  readonly strangers: readonly string[];
  /** Stops all of it. */
  close(): Promise<void>;
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts JupyterLab as `npm run lab` does, with a home of its own, and opens a browser.
 *
 * @param browserProgram The path of a Chromium.
 * @param home An empty folder for settings.
 * @returns The running JupyterLab.
 */
export async function startLab(browserProgram: string, home: string): Promise<Lab> {
  const [port, token] = [await freePort(), randomUUID()];
  const address = `http://127.0.0.1:${port}`;
  const env = { ...process.env, HOME: home, JUPYTER_TOKEN: token, JUPYTER_CONFIG_DIR: join(home, "config") };
  const parameters = [join(projectRoot, "dist", "study", "lab.js"), "--port", String(port), "--no-browser"];
  const server = spawn(process.execPath, parameters, { env, stdio: ["ignore", "pipe", "pipe"] });
  const log = keepLog(server);
  const browser = await launch(browserProgram, home);
  const strangers: string[] = [];
  const page = await browser.newPage({ viewport: { width: 1280, height: 5300 } });
  // The compiler of the tests names functions with this helper, also those that are sent to the page.
  await page.addInitScript("globalThis.__name = (named) => named");
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(http|ws)/.test(url.protocol) && url.host !== `127.0.0.1:${port}`) strangers.push(url.host);
  });
  const lab = {
    address,
    token,
    page,
    strangers,
    async close() {
      await browser.close();
      const ended = new Promise((resolve) => server.on("close", resolve));
      server.kill("SIGTERM");
      await ended;
    },
  };
  for (let attempt = 0; ; attempt++) {
    const up = await fetch(`${address}/api`).then(
      () => true,
      () => false,
    );
    if (up) return lab;
    if (attempt > 120 || server.exitCode !== null) {
      await lab.close();
      throw new Error(`JupyterLab did not start:\n${log.text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function keepLog(child: ChildProcess): { text: string } {
  const log = { text: "" };
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (log.text += chunk.toString()));
  return log;
}

function launch(executablePath: string, home: string): Promise<Browser> {
  const quiet = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  // Chromium's sandbox does not work for an administrator, as whom containers run.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath,
    args: [...quiet, ...sandbox],
    env: { ...process.env, HOME: home },
  });
}

/**
 * Opens a notebook, and waits until its kernel has answered.
 *
 * @param lab The running JupyterLab.
 * @param notebook Its path from the project's root.
 * @param workspace A workspace of JupyterLab's in which no other notebook is open; default: the usual one.
 */
export async function openNotebook(
  { page, address, token }: Lab,
  notebook: string,
  workspace: string | null = null,
): Promise<void> {
  const place = workspace === null ? "lab" : `lab/workspaces/${workspace}`;
  await page.goto(`${address}/${place}/tree/${notebook}?token=${token}`);
  await page.waitForSelector(".jp-Notebook .jp-CodeCell", { timeout: 60_000 });
  // The status bar names the kernel once it has answered; before, running a cell opens a dialog that asks for one.
  await page.waitForSelector("text=/TypeScript \\(tslab\\) \\| Idle/", { timeout: 60_000 });
}

/**
 * Asks for all cells to be run, by the menu.
 *
 * @param lab The running JupyterLab, in which one notebook is open.
 */
export async function startAllCells({ page }: Lab): Promise<void> {
  await page.click(".lm-MenuBar-item:has-text('Run')");
  await page.click(".lm-Menu-item:has-text('Run All Cells')");
}

/**
 * Waits until all cells have run.
 *
 * @param lab The running JupyterLab, in which one notebook is open.
 * @param limit The most milliseconds that the cells may take.
 */
export async function waitForCells({ page }: Lab, limit: number): Promise<void> {
  // Every code cell gets its number once it has run.
  await page.waitForFunction(
    () => {
      const prompts = [...document.querySelectorAll<HTMLElement>(".jp-CodeCell .jp-InputArea-prompt")];
      return prompts.length > 0 && prompts.every((prompt) => /\[\d+\]/.test(prompt.innerText));
    },
    undefined,
    { timeout: limit },
  );
  await page.waitForSelector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', { timeout: 60_000 });
}

/**
 * Opens a notebook and runs all its cells, as a person does by the menu.
 *
 * @param lab The running JupyterLab.
 * @param notebook Its path from the project's root.
 * @param limit The most milliseconds that the cells may take.
 */
async function runAllCells(lab: Lab, notebook: string, limit: number): Promise<void> {
  await openNotebook(lab, notebook);
  await startAllCells(lab);
  await waitForCells(lab, limit);
}

/** What stands below the cells, as a reader sees it. */
export interface Seen {
  /** Errors, and what was printed as such. */
  errors: string[];
  /** Figures that are drawn. */
  figures: number;
  /** Tables with at least one row. */
  tables: number;
  /** Images, and whether they are drawn. */
  images: { drawn: boolean; caption: string }[];
  /** The values of progress bars, in percent. */
  bars: string[];
  /** The beginnings of outputs that are wider than the page, or than the box in which they can be scrolled. */
  overflowing: string[];
}

/**
 * Looks at the outputs of the notebook that is open.
 *
 * @param lab The running JupyterLab.
 * @returns What is there.
 */
export function lookAtOutputs({ page }: Lab): Promise<Seen> {
  return page.evaluate((): Seen => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(`.jp-Notebook ${selector}`)];
    return {
      errors: all(
        '[data-mime-type="application/vnd.jupyter.stderr"], [data-mime-type="application/vnd.jupyter.error"]',
      ).map((node) => node.innerText),
      figures: all(".js-plotly-plot").filter((figure) => figure.querySelectorAll(".main-svg .trace").length > 0).length,
      tables: all(".jp-OutputArea table").filter((table) => table.getBoundingClientRect().height > 40).length,
      images: all(".jp-OutputArea figure").map((figure) => ({
        drawn: (figure.querySelector("img")?.naturalWidth ?? 0) > 0,
        caption: figure.innerText,
      })),
      bars: all('[role="progressbar"]').map((bar) => bar.getAttribute("aria-valuenow") ?? ""),
      overflowing: [...all(".jp-OutputArea-output"), ...all('.jp-OutputArea-output [style*="overflow-x"]')]
        .filter((output) => output.scrollWidth > output.clientWidth + 1)
        .map((output) => output.innerText.slice(0, 80)),
    };
  });
}

/**
 * Starts JupyterLab for a group of tests, opens a copy of a notebook, runs it, and takes its picture for looking at. Skips
 * the group where there is no browser.
 *
 * @param notebook The notebook's name without its ending.
 * @param height The height of the page that holds all of it, in pixels; default: 5300.
 * @param script Sent to the page before anything else; default: none.
 * @returns Gives the lab, once the tests run.
 */
export function withNotebook(notebook: string, height = 5300, script = ""): () => Lab {
  let [lab, home, folder]: [Lab | undefined, string, string] = [undefined, "", ""];
  before(async function () {
    const browser = findBrowser();
    if (browser === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    home = mkdtempSync(join(tmpdir(), "sononas-lab-"));
    // A copy inside of the project, so that the committed notebook stays as it is and the library is found.
    mkdirSync(resultsRoot, { recursive: true });
    folder = mkdtempSync(join(resultsRoot, "browser-"));
    const copy = join(folder, `${notebook}.ipynb`);
    copyFileSync(join(notebooksRoot, `${notebook}.ipynb`), copy);
    lab = await startLab(browser, home);
    await lab.page.setViewportSize({ width: 1280, height });
    await lab.page.addInitScript(script);
    try {
      await runAllCells(lab, relative(projectRoot, copy), 120_000);
      // plotly draws after the cell is done
      await lab.page.waitForSelector(".js-plotly-plot .main-svg .trace", { timeout: 20_000 });
    } finally {
      // The picture is for looking at, whether it went well or not.
      await lab.page.screenshot({ path: join(resultsRoot, `${notebook}.png`) });
    }
  });
  after(async () => {
    await lab?.close();
    for (const place of [home, folder]) if (place !== "") rmSync(place, { recursive: true, force: true });
  });
  return () => lab!;
}
