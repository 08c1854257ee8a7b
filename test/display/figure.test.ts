import { deepEqual, equal } from "node:assert/strict";

import { makeFigure, showFigure, type Figure } from "../../lib/display/figure";
import { plainText } from "../helpers/plain-text";
import { captureBundles } from "../helpers/capture";

describe("makeFigure(data, layout)", () => {
  const shown = captureBundles();

  it("keeps the project's axes where the layout adds to them", () => {
    const { layout } = makeFigure([], { xaxis: { title: { text: "epoch" } } });
    deepEqual([plainText(layout.xaxis?.title), layout.xaxis?.automargin], ["epoch", true]);
  });

  it("is shown live, with its title for those who cannot see it", () => {
    const figure = makeFigure([{ type: "scatter", x: [1], y: [2] }], { title: { text: "Loss" } });
    showFigure(figure);
    const bundle = shown.last();
    deepEqual((bundle["application/vnd.plotly.v1+json"] as Figure).data, figure.data);
    equal(bundle["text/plain"], "Figure: Loss");
    showFigure(makeFigure([], { title: { text: `${"A long title of a figure ".repeat(4)}<br>and its note` } }));
    equal(shown.last()["text/plain"], `Figure: ${"A long title of a figure ".repeat(4)}(and its note)`);
  });
});
