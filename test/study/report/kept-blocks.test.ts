import { deepEqual } from "node:assert/strict";

import { makeFigure } from "../../../lib/display/figure";
import type { StudyFigure, StudyTable } from "../../../lib/study/report/parts";
import { withKept } from "../../../lib/study/report/kept-blocks";
import { textsOf } from "../helpers";

const sections = ["data", "comparison"].map((anchor) => ({
  ...{ anchor, title: anchor, blocks: [{ kind: "text" as const, text: `of ${anchor}` }] },
}));

describe("withKept(sections, kept)", () => {
  it("puts tables and figures below the sections that they name, but for the tests, which the family shows", () => {
    const figures: StudyFigure[] = [
      {
        ...{ name: "a", section: "data", caption: "Seen." },
        figure: makeFigure([], { title: { text: "Comparison" } }),
      },
    ];
    const tables = (["one", "tests"] as const).map((name): StudyTable => ({
      ...{ name, section: "comparison", caption: `Table ${name}`, rows: [{ value: 1 }] },
    }));
    deepEqual(withKept(sections, { figures, tables }).map(textsOf), [
      "plain: of data\nfigure: Comparison. Seen. Numbers: figures/a.json.",
      'plain: of comparison\nTable one [{"value":1}] From tables/one.csv.',
    ]);
  });

  it("leaves sections as they are where nothing was kept", () => {
    deepEqual(withKept(sections, null), sections);
  });
});
