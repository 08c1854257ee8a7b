import { equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { makeFigure } from "../../lib/display/figure";
import { writeReport } from "../../lib/report/write-report";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { printPage } from "../../setup/print-page.cjs";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";

describe("printPage(page, target)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("prints a report with what its scripts draw, and gives the file the report's title", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const [page, target] = [join(folder.path, "a b.html"), join(folder.path, "a b.pdf")];
    const figure = makeFigure([{ type: "bar", x: [1], y: [2] }], { title: { text: "Bars" } });
    const blocks = [{ kind: "figure", figure, caption: "one bar", alternative: "a bar" } as const];
    writeReport(page, { title: "Title", made: new Date(0), sections: [{ anchor: "a", title: "A", blocks }] });
    equal(await printPage(page, target), null);
    const pdf = readFileSync(target);
    equal(pdf.toString("latin1", 0, 5), "%PDF-");
    ok(pdf.toString("latin1").includes("/Title (Title)"));
  });

  it("names a file that is not there, and where reports are", async () => {
    match(
      (await printPage(join(folder.path, "no.html"), "x.pdf"))!,
      /There is no file .*no\.html\. A report is written by 09/,
    );
  });
});
