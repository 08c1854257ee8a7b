import { deepEqual, equal, match, throws } from "node:assert/strict";

import { drawCostPlane } from "../../../lib/compare/figures/draw-cost-plane";
import { rowOf, trivialRow } from "../rows";

interface Trace {
  readonly name?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly error_y?: { readonly array: readonly number[]; readonly arrayminus: readonly number[] };
}

describe("drawCostPlane(rows, options)", () => {
  const rows = [rowOf("found", { kind: "found", parameters: 100 }), rowOf("VGG16"), trivialRow("box")];

  it("draws a point with its interval for each network, and a line for what has no cost", () => {
    const { data, layout } = drawCostPlane(rows);
    const traces = data as unknown as Trace[];
    const points = traces.find(({ name }) => name === "hand-crafted")!;
    deepEqual([points.x, points.y], [[1000], [0.8]]);
    deepEqual(
      [points.error_y!.array[0]!.toFixed(6), points.error_y!.arrayminus[0]!.toFixed(6)],
      ["0.100000", "0.100000"],
    );
    deepEqual(traces[0]!.y, [0.72, 0.72]);
    equal(layout.xaxis!.type, "log");
    deepEqual(
      layout.annotations!.map(({ text }) => text),
      ["found", "VGG16"],
    );
  });

  it("names the lines in the legend, where a telephone has room for them, and long names in lines", () => {
    const long = rowOf("a network whose name is far too long");
    const { data, layout } = drawCostPlane([...rows, long]);
    deepEqual(
      (data as unknown as Trace[]).map(({ name }) => name),
      ["box", "found", "hand-crafted"],
    );
    equal(layout.showlegend, true);
    equal(layout.annotations![2]!.text, "a network whose<br>name is far too<br>long");
  });

  it("draws areas against multiply-adds, and leaves out what is not defined", () => {
    const { data, layout } = drawCostPlane([...rows, rowOf("none", { areaUnderCurve: null })], {
      measure: "areaUnderCurve",
      cost: "multiplyAdds",
    });
    const points = (data as unknown as Trace[]).find(({ name }) => name === "hand-crafted")!;
    deepEqual([points.x, points.y], [[20_000], [0.88]]);
    match((layout.title as { text: string }).text, /^AUC against multiply-adds/);
  });

  it("refuses to draw nothing", () => {
    throws(() => drawCostPlane([trivialRow("box")]), /None of the 1 models has both accuracy and parameters/);
  });
});
