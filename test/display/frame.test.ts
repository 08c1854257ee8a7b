import { deepEqual, equal, match, ok } from "node:assert/strict";

import { frameFigure } from "../../lib/display/frame";
import { plainText } from "../helpers/plain-text";

const trace = (name: string) => ({ type: "scatter" as const, x: [1, 2], y: [1, 2], name });
const planeOf = ({ layout: { height, margin } }: ReturnType<typeof frameFigure>) => height! - margin!.t! - margin!.b!;

describe("frameFigure(data, layout)", () => {
  it("makes the figure higher for its heading, its legend and its axes' titles, and keeps the plane", () => {
    const plain = frameFigure([trace("a")], { height: 400 });
    const full = frameFigure(
      ["a", "b", "a name that is so long that a line of the legend has no room for it"].map(trace),
      {
        height: 400,
        title: { text: "A title that is far too long for one line of a telephone<br><sub>and a note below it</sub>" },
        xaxis: { title: { text: "an axis whose title is so long that it takes a second line" } },
      },
    );
    equal(planeOf(plain), planeOf(full));
    ok(full.layout.height! > plain.layout.height! + 100);
    equal(plainText(full.layout.title), "A title that is far too long for one line of a telephone and a note below it");
    match((full.data[2] as { name: string }).name, /<br>/);
  });

  it("has a legend from two names on, or where one is asked for, and none where it is not wanted", () => {
    equal(frameFigure([trace("a")], {}).layout.showlegend, false);
    equal(frameFigure([trace("a")], { showlegend: true }).layout.showlegend, true);
    equal(frameFigure([trace("a"), trace("b")], {}).layout.showlegend, true);
    equal(frameFigure([trace("a"), trace("b")], { showlegend: false }).layout.showlegend, false);
    equal(frameFigure([trace("a"), { ...trace("b"), showlegend: false }], {}).layout.showlegend, false);
  });

  it("gives all axes the same style, and what the figure says of one stays", () => {
    const { layout } = frameFigure([], { yaxis2: { nticks: 3 } });
    const { yaxis2, xaxis } = layout as Record<string, { automargin: boolean; nticks: number }>;
    deepEqual([yaxis2!.nticks, yaxis2!.automargin, xaxis!.automargin], [3, true, true]);
    deepEqual(frameFigure([trace("a")], { yaxis: { range: [0, 9] } }).layout.yaxis!.range, [0, 9]);
  });
});
