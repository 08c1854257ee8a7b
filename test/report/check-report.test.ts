import { deepEqual, throws } from "node:assert/strict";

import { checkReport } from "../../lib/report/check-report";
import type { ReportContents } from "../../lib/report/report-contents";

const good: ReportContents = {
  title: "A report",
  made: new Date("2026-01-02T03:04:05Z"),
  sections: [{ anchor: "data", title: "Data", blocks: [{ kind: "text", text: "words" }] }],
};

/** The same report with one block. */
const withBlock = (block: object) =>
  ({ ...good, sections: [{ ...good.sections[0], blocks: [block] }] }) as unknown as ReportContents;

describe("checkReport(report)", () => {
  it("fills what may be left out", () => {
    const { subtitle, ribbon, footer } = checkReport(good);
    deepEqual({ subtitle, ribbon, footer }, { subtitle: "", ribbon: null, footer: "" });
    deepEqual(checkReport(good).sections, good.sections);
  });

  it("refuses unknown keys of the report, of a section and of a block, and names the nearest", () => {
    throws(() => checkReport({ ...good, tilte: "x" } as never), /no option "tilte".*Did you mean "title"/);
    throws(
      () => checkReport({ ...good, sections: [{ ...good.sections[0], block: [] }] } as never),
      /no option "sections\[0\]\.block"\. Did you mean "sections\[0\]\.blocks"/,
    );
    throws(
      () => checkReport(withBlock({ kind: "text", text: "x", tome: "small" })),
      /no option "sections\[0\]\.blocks\[0\]\.tome" for kind "text"\. Did you mean .*tone/,
    );
  });

  it("refuses a block without what it needs, and one of no kind", () => {
    throws(
      () => checkReport(withBlock({ kind: "table", rows: [] })),
      /lacks sections\[0\]\.blocks\[0\]\.caption, .* for kind "table"/,
    );
    throws(() => checkReport(withBlock({ kind: "video" })), /kind: "video", expected "text", "list"/);
    throws(() => checkReport(withBlock({ kind: "toString" })), /kind: "toString"/);
  });

  it("refuses anchors that are none, and two alike", () => {
    const [section] = good.sections;
    for (const anchor of ["", "Data", '"><script>', "1a"])
      throws(() => checkReport({ ...good, sections: [{ ...section!, anchor }] }), /expected lower-case letters/);
    throws(() => checkReport({ ...good, sections: [section!, section!] }), /Two sections .* "data"/);
  });

  it("refuses a report without title, time or sections", () => {
    throws(() => checkReport({ ...good, title: " " }), /title: " "/);
    throws(() => checkReport({ ...good, made: new Date(NaN) }), /made: .*, expected when it was made/);
    throws(() => checkReport({ ...good, sections: [] }), /sections: \[\], expected a list of at least one item/);
  });
});
