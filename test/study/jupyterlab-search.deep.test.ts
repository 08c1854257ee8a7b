import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { notebooksRoot, projectRoot, resultsRoot } from "../../lib/runtime/environment";
import { readRun } from "../../lib/runs/read-run";
import { searchFolder } from "../../lib/study/layout";
import { nameStudy } from "../../lib/study/name-study";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { lookAtOutputs, openNotebook, startAllCells, startLab, waitForCells, type Lab } from "../helpers/jupyterlab";
import { skip } from "../helpers/skip";

/** Epochs of the search here: long enough to be interrupted, short enough for a test. */
const epochs = 12;

/** The cell with the search, counted from 1 among the code cells. */
const searchCell = 4;

/** What is changed: it is not the notebook's cells but the study. */
const changes = { search: { options: { epochs } } };

/** The notebook with a search of {@link epochs}, whose study lies in a folder of results of its own. */
function notebookWith(root: string): string {
  const text = readFileSync(join(notebooksRoot, "03_enas_search.ipynb"), "utf8");
  const choice = `{ profile: 'smoke', dataset: 'phantom', changes: ${JSON.stringify(changes).replaceAll('"', "'")} }`;
  const changed = text.replace("study.openStudy()", `study.openStudy(${choice}, '${root}')`);
  ok(changed !== text, "the notebook has changed");
  return changed;
}

/** What can be seen of the search below its cell. */
interface SeenSearch {
  /** Points of each curve, by figure; a heat map has as many columns. */
  points: number[];
  /** What is said of the cells that are drawn. */
  text: string;
  /** Nodes and edges that are drawn. */
  drawn: number;
  /** What was printed as an error. */
  errors: string;
}

function lookAtSearch({ page }: Lab): Promise<SeenSearch> {
  return page.evaluate((number): SeenSearch => {
    const cell = document.querySelectorAll<HTMLElement>(".jp-Notebook .jp-CodeCell")[number - 1]!;
    const all = (selector: string) => [...cell.querySelectorAll<HTMLElement>(selector)];
    const plots = all(".js-plotly-plot") as (HTMLElement & { data: { x: unknown[] }[] })[];
    return {
      points: plots.map(({ data }) => Math.max(...data.map(({ x }) => x.length))),
      text: all(".jp-OutputArea-output")
        .map((output) => output.innerText)
        .join("\n"),
      drawn: all(".jp-OutputArea-output svg:not(.main-svg) g.node, .jp-OutputArea-output svg:not(.main-svg) g.edge")
        .length,
      errors: all('[data-mime-type="application/vnd.jupyter.stderr"]')
        .map((output) => output.innerText)
        .join("\n"),
    };
  }, searchCell);
}

describe("the notebook of the search in JupyterLab", function () {
  this.timeout(300_000);
  const places: string[] = [];
  const before0 = process.env.SONONAS_RESULTS;
  let [results, copies]: [string, string] = ["", ""];
  let lab: Lab | undefined;
  const place = (parent: string, name: string) => {
    const folder = mkdtempSync(join(parent, name));
    places.push(folder);
    return folder;
  };
  const open = async (ending: string) => {
    const copy = join(copies, `03_enas_search${ending}.ipynb`);
    writeFileSync(copy, notebookWith(join(results, ending)));
    await openNotebook(lab!, relative(projectRoot, copy), `search${ending}`);
    await startAllCells(lab!);
  };
  const outcomeOf = (ending: string) => {
    const study = nameStudy({ profile: "smoke", dataset: "phantom", changes }, join(results, ending));
    return readRun(searchFolder(study, 1)).outcome?.hash;
  };

  before(async function () {
    const browser = findBrowser();
    if (browser === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    results = place(tmpdir(), "sononas-results-");
    // Inside of the project, so that the library is found; results go elsewhere, for the user's own are in the usual place.
    mkdirSync(resultsRoot, { recursive: true });
    copies = place(resultsRoot, "browser-");
    process.env.SONONAS_RESULTS = results;
    lab = await startLab(browser, place(tmpdir(), "sononas-lab-"));
    await lab.page.setViewportSize({ width: 1280, height: 7000 });
  });
  after(async () => {
    await lab?.close();
    if (before0 === undefined) Reflect.deleteProperty(process.env, "SONONAS_RESULTS");
    else process.env.SONONAS_RESULTS = before0;
    for (const folder of places) rmSync(folder, { recursive: true, force: true });
  });

  it("shows the search while it runs, and afterwards: bar, curves, choices, and the best cells", async () => {
    await open("-whole");
    try {
      await waitForCells(lab!, 120_000);
      await lab!.page.waitForTimeout(1_000);
    } finally {
      // The picture is for looking at, whether it went well or not.
      await lab!.page.screenshot({ path: join(resultsRoot, "03_enas_search.png") });
    }
    const seen = await lookAtOutputs(lab!);
    deepEqual(seen.errors, []);
    deepEqual(seen.overflowing, []);
    ok(seen.bars.length === 3 && seen.bars.every((value) => value === "100.0"), seen.bars.join());
    ok(seen.images.length === 1 && seen.images[0]!.drawn, "the best cells of each search");
    const live = await lookAtSearch(lab!);
    deepEqual(
      live.points,
      [epochs, epochs - 1],
      "the live figures are those of the last epoch; the first scores nothing",
    );
    match(live.text, /Best so far: reward 0\.\d{3} on one draw of search-validation images/);
    match(live.text, /The search with the seed 1 took \d+s/);
    ok(live.drawn > 20, `${live.drawn} nodes and edges`);
    ok(outcomeOf("-whole") !== undefined);
  });

  it("is interrupted by ■, tells how to go on, goes on when the cells are run again, and ends to the bit the same", async () => {
    const { page } = lab!;
    await open("-cut");
    // Once the third epoch is shown.
    await page.waitForFunction(
      (number) => {
        const cell = document.querySelectorAll(".jp-Notebook .jp-CodeCell")[number - 1]!;
        const bar = cell.querySelector('[role="progressbar"]');
        return bar !== null && Number(bar.getAttribute("aria-valuenow")) > 20;
      },
      searchCell,
      { timeout: 120_000 },
    );
    await page.click('.jp-Toolbar [data-jp-item-name="interrupt"] >> visible=true');
    await page.waitForSelector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', { timeout: 60_000 });
    let cut = await lookAtSearch(lab!);
    // On a busy machine the message comes some time after the kernel is idle.
    for (let wait = 0; wait < 40 && !cut.errors.includes("stopped"); wait++) {
      await page.waitForTimeout(500);
      cut = await lookAtSearch(lab!);
    }
    match(
      cut.errors.trim(),
      /^The work was stopped \(SIGINT\)\. Run the same again to carry it on from its last checkpoint\.$/,
    );
    match(cut.text, /stopped after \d+s: run the cell again to go on/);
    equal(outcomeOf("-cut"), undefined, "it is not done");
    await startAllCells(lab!);
    await waitForCells(lab!, 120_000);
    await page.waitForTimeout(1_000);
    deepEqual((await lookAtOutputs(lab!)).errors, []);
    const live = await lookAtSearch(lab!);
    deepEqual(live.points, [epochs, epochs - 1]);
    equal(outcomeOf("-cut"), outcomeOf("-whole"));
  });

  it("is drawn with no other machine's help", () => {
    deepEqual([...new Set(lab!.strangers)], []);
  });
});
