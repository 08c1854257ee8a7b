import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { makeFigure } from "../../lib/display/figure";
import { withStills } from "../../lib/report/draw-stills";
import type { BlockOf, ReportContents } from "../../lib/report/report-contents";
import { writeReport } from "../../lib/report/write-report";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { openReport } from "../helpers/report-page";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";

const figure = (name: string): BlockOf<"figure"> => ({
  kind: "figure",
  figure: makeFigure([{ type: "scatter", x: [1, 2], y: [3, 4], name }], { title: { text: name } }),
  ...{ caption: name, alternative: name },
});

const report: ReportContents = {
  ...{ title: "T", made: new Date(0) },
  answer: { verdict: "V", sentence: "S.", figure: figure("first") },
  sections: [{ anchor: "a", title: "A", blocks: [{ kind: "text", text: "x" }, figure("second")] }],
};

const stillsOf = ({ answer, sections }: ReportContents) =>
  [answer!.figure!, ...sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "figure"))].map(
    (block) => block.still,
  );

describe("withStills(report)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let browser = "";
  let drawn: ReportContents;

  before(async function () {
    const found = findBrowser();
    if (found === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    browser = found;
    drawn = await withStills(report);
  });

  it("gives every figure its picture, the same each time, and changes nothing else", async () => {
    const stills = stillsOf(drawn);
    for (const still of stills) match(still!, /^<svg class="main-svg"/);
    equal(stills.length, 2);
    deepEqual(stillsOf(await withStills(report)), stills);
    const without = ({ still: _, ...block }: BlockOf<"figure">) => block;
    deepEqual(without(drawn.answer!.figure!), report.answer!.figure);
    deepEqual(drawn.sections[0]!.blocks[0], report.sections[0]!.blocks[0]);
  });

  it("shows them where no script runs", async () => {
    const file = join(folder.path, "report.html");
    writeReport(file, drawn);
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const opened = await chromium.launch({ executablePath: browser, args: ["--disable-gpu", ...sandbox] });
    try {
      const page = await (await opened.newContext({ javaScriptEnabled: false, offline: true })).newPage();
      await page.goto(`file://${file}`);
      const boxes = await Promise.all((await page.locator(".still").all()).map((still) => still.boundingBox()));
      equal(boxes.length, 2);
      for (const box of boxes) ok(box!.width > 300 && box!.height > 150, JSON.stringify(box));
    } finally {
      await opened.close();
    }
  });

  it("has the script draw over them, and paper show them", async () => {
    const file = join(folder.path, "report.html");
    writeReport(file, drawn);
    const opened = await openReport(browser, file, 1000);
    const shown = (selector: string) =>
      opened.page.locator(selector).evaluateAll((all) => all.map((one) => getComputedStyle(one).display !== "none"));
    try {
      deepEqual(
        [await shown(".still"), await shown(".live")],
        [
          [false, false],
          [true, true],
        ],
      );
      await opened.page.emulateMedia({ media: "print" });
      deepEqual(
        [await shown(".still"), await shown(".live")],
        [
          [true, true],
          [false, false],
        ],
      );
      deepEqual([opened.requests, opened.complaints], [[], []]);
    } finally {
      await opened.close();
    }
  });
});

describe("withStills(report), without a browser", () => {
  it("leaves the report as it is", async () => {
    const before = process.env.SONONAS_BROWSER;
    process.env.SONONAS_BROWSER = "/no/such/browser";
    try {
      deepEqual(await withStills(report), report);
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, "SONONAS_BROWSER");
      else process.env.SONONAS_BROWSER = before;
    }
  });

  it("asks for none where there is no figure", async () => {
    const plain = { ...report, answer: null, sections: [{ anchor: "a", title: "A", blocks: [] }] };
    equal(await withStills(plain), plain);
  });
});
