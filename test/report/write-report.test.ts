import { equal, throws } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { renderReport } from "../../lib/report/render-report";
import type { ReportContents } from "../../lib/report/report-contents";
import { writeReport } from "../../lib/report/write-report";
import { temporaryFolder } from "../helpers/temporary";

const report = (text: string): ReportContents => ({
  title: "T",
  made: new Date(0),
  sections: [{ anchor: "a", title: "A", blocks: [{ kind: "text", text }] }],
});

describe("writeReport(file, report)", () => {
  const folder = temporaryFolder();

  it("writes the page, in a folder that is made, and says how large it is", () => {
    const file = join(folder.path, "new", "report.html");
    const bytes = writeReport(file, report("π"));
    equal(readFileSync(file, "utf8"), renderReport(report("π")));
    equal(bytes, readFileSync(file).length);
    equal(readdirSync(join(folder.path, "new")).length, 1);
  });

  it("refuses a page of more than 8 MB, and leaves the old file as it was", () => {
    const file = join(folder.path, "report.html");
    writeFileSync(file, "old");
    throws(() => writeReport(file, report("x".repeat(8_000_000))), /more than 8000000.*Leave out/);
    equal(readFileSync(file, "utf8"), "old");
  });

  it("writes nothing where the contents are wrong", () => {
    const file = join(folder.path, "report.html");
    throws(() => writeReport(file, { ...report("x"), title: "" }), /A report has title: ""/);
    equal(existsSync(file), false);
  });
});
