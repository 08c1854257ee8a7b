import { equal, ok } from "node:assert/strict";

import { comparisonFigureTable } from "../../../lib/study/comparison-figures";
import { reportParts, searchFigures } from "../../../lib/study/report/parts";

describe("the parts of a report", () => {
  it("have names of their own, and so have the figures that every study has", () => {
    equal(new Set(reportParts).size, reportParts.length);
    const figures = [...comparisonFigureTable, ...Object.values(searchFigures)];
    equal(new Set(figures.map(({ name }) => name)).size, figures.length);
    for (const { name, section, caption } of figures) {
      ok(/^[a-z0-9][a-z0-9-]*$/.test(name), name);
      ok(reportParts.includes(section), name);
      ok(caption.endsWith("."), name);
    }
  });
});
