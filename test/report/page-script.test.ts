import { deepEqual, equal, ok } from "node:assert/strict";
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { makeFigure } from "../../lib/display/figure";
import type { ReportBlock, ReportContents } from "../../lib/report/report-contents";
import { writeReport } from "../../lib/report/write-report";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { openReport } from "../helpers/report-page";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";

const evil = `</script><img src=x onerror="window.harmed = true"><script>window.harmed = true</script>`;
const protoRow: Record<string, string> = JSON.parse(`{"__proto__": "x", "name": "y"}`);

const block = (layout: object, name = "a"): ReportBlock => ({
  kind: "figure",
  figure: makeFigure([{ type: "scatter", x: [1, 2], y: [3, 4], name }], { title: { text: name }, ...layout }),
  caption: name,
  alternative: name,
});

/** A report with a plain figure, a wide one, one that is nearly all margin, and hostile names everywhere. */
const report: ReportContents = {
  title: evil,
  made: new Date(0),
  ribbon: evil,
  sections: [
    {
      anchor: "a",
      title: evil,
      blocks: [
        block({}),
        block({ width: 900, height: 600 }),
        block({ margin: { l: 150, r: 300, t: 40, b: 40 } }),
        block({}, evil),
        { kind: "text", text: evil },
        { kind: "table", caption: "long", rows: Array.from({ length: 30 }, (_, row) => ({ row })) },
        { kind: "table", caption: evil, rows: [{ a: evil, ...protoRow, b: "x".repeat(300), c: "y z ".repeat(200) }] },
      ],
    },
  ],
};

describe("pageScript, in a browser without a network", function () {
  const folder = temporaryFolder();
  let browser = "";

  before(function () {
    const found = findBrowser();
    if (found === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    browser = found;
  });

  for (const width of [1280, 390]) {
    it(`draws every figure at a width of ${width}, asks for nothing, runs nothing hostile, and fits`, async () => {
      const file = join(folder.path, "report.html");
      writeReport(file, report);
      const opened = await openReport(browser, file, width);
      try {
        const { page } = opened;
        const seen = await page.evaluate(() => ({
          state: document.documentElement.dataset.figures,
          harmed: "harmed" in window,
          drawn: [...document.querySelectorAll(".canvas")].map(
            (place) => place.querySelectorAll(".main-svg").length > 0,
          ),
          images: document.querySelectorAll("img").length,
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          widths: [...document.querySelectorAll(".canvas")].map((place) => ({
            room: place.clientWidth,
            figure: place.querySelector(".main-svg")!.clientWidth,
          })),
        }));
        deepEqual(opened.complaints, []);
        deepEqual(opened.requests, []);
        equal(seen.state, "drawn");
        equal(seen.harmed, false);
        deepEqual(seen.drawn, [true, true, true, true]);
        equal(seen.images, 0);
        equal(seen.overflow, 0);
        const [plain, wide, margins] = seen.widths;
        equal(plain!.figure, plain!.room);
        equal(wide!.figure, Math.max(600, Math.min(900, wide!.room)));
        // 450 of margins and 240 of plot, where there is not more room.
        equal(margins!.figure, Math.max(690, margins!.room));
      } finally {
        await opened.close();
      }
    });
  }

  it("draws again for paper and for another width", async () => {
    const file = join(folder.path, "report.html");
    writeReport(file, report);
    const opened = await openReport(browser, file, 1280);
    const { page } = opened;
    const widthOf = () => page.evaluate(() => document.querySelector(".canvas .main-svg")!.clientWidth);
    try {
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      equal(await widthOf(), 660);
      equal(await page.locator("details[open]").count(), 1);
      await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
      ok((await widthOf()) > 900);
      equal(await page.locator("details[open]").count(), 0);
      await page.setViewportSize({ width: 500, height: 800 });
      await page.waitForFunction(() => document.querySelector(".canvas .main-svg")!.clientWidth < 500);
    } finally {
      await opened.close();
    }
  });

  it("says so in the place of a figure that cannot be drawn", async () => {
    const file = join(folder.path, "report.html");
    writeReport(file, report);
    // Another plotly than the policy's hash names: the browser refuses to run it.
    const other = Buffer.from((await import("node:zlib")).gzipSync("window.harmed = true")).toString("base64");
    const page = readFileSync(file, "utf8");
    writeFileSync(file, page.replace(/(id="plotly">)[^<]*/, `$1${other}`));
    const opened = await openReport(browser, file, 800);
    try {
      const text = await opened.page.textContent(".canvas");
      ok(text!.startsWith("This figure cannot be drawn here"));
      equal(await opened.page.evaluate(() => "harmed" in window), false);
    } finally {
      await opened.close();
    }
  });
});
