import { deepEqual, equal } from "node:assert/strict";

import { makeFigure } from "../../../lib/display/figure";
import { factsOf, figureOf, nameToTitle, paragraph, tableOf } from "../../../lib/study/report/blocks";

describe("blocks of a study's report", () => {
  it("keep facts in their order, with null for what is not reported", () => {
    deepEqual(factsOf({ b: 1, a: null }), {
      kind: "facts",
      facts: [
        { name: "b", value: 1 },
        { name: "a", value: null },
      ],
    });
  });

  it("describe a figure by its title and caption where no words are given", () => {
    const figure = makeFigure([], { title: { text: "<b>ROC</b>" } });
    const block = figureOf(figure, "Two curves.");
    equal(block.kind === "figure" && block.alternative, "ROC. Two curves.");
  });

  it("are plain unless a tone is given", () => {
    deepEqual(paragraph("a"), { kind: "text", text: "a", tone: "plain" });
    deepEqual(tableOf("c", []), { kind: "table", caption: "c", rows: [], note: "" });
  });

  it("make titles of names of files", () => {
    equal(nameToTitle("operating-points"), "Operating points");
  });
});
