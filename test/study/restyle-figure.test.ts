import { deepEqual, equal, ok } from "node:assert/strict";

import type { Figure } from "../../lib/display/figure";
import { styleOfModel, type ModelKind } from "../../lib/display/model-style";
import { restyleFigure } from "../../lib/study/restyle-figure";
import { plainText } from "../helpers/plain-text";

const kinds = new Map<string, ModelKind>([
  ["ENAS", "found"],
  ["box geometry", "trivial"],
  ["box", "own"],
]);

/** As a version before this one kept it. */
const old = {
  data: [
    { type: "scatter", mode: "lines", x: [0, 1], y: [0, 1], line: { color: "#888", width: 1, dash: "dash" } },
    { type: "scatter", mode: "lines", x: [0, 1, 0], y: [0, 1, 0], line: { width: 0 }, fillcolor: "rgba(1,2,3,0.2)" },
    {
      type: "scatter",
      mode: "lines",
      name: "ENAS: AUC 0.9",
      x: [0, 1],
      y: [0, 1],
      line: { color: "#000", shape: "hv" },
    },
    {
      ...{ type: "scatter", mode: "markers", x: [0.1], y: [0.9], hovertemplate: "ENAS, at its threshold<br>x" },
      ...{ marker: { color: "#000", size: 9 }, error_x: { array: [0.1], color: "#000" } },
    },
    { type: "scatter", mode: "lines", name: "box geometry: AUC 0.7", x: [0, 1], y: [0, 1], line: { color: "#111" } },
    { type: "scatter", mode: "markers", hovertemplate: "box<br>mean", x: [1], y: [1], marker: { color: "#222" } },
    { type: "bar", legendgroup: "box", x: [1], y: [1], marker: { color: "#333" } },
  ],
  layout: {
    ...{
      title: { text: "ROC curve<br><sub>a note</sub>", x: 0.5 },
      height: 700,
      margin: { t: 80, b: 220, l: 10, r: 10 },
    },
    ...{ width: 600, showlegend: true, legend: { x: 0.5, y: -0.2 }, colorway: ["#000"] },
    xaxis: { title: { text: "1 − specificity" }, range: [0, 1] },
  },
  config: {},
} as unknown as Figure;

describe("restyleFigure(figure, kinds)", () => {
  const made = restyleFigure(old, kinds);
  const traces = made.data as unknown as {
    line?: { color?: string; width?: number; dash?: string; shape?: string };
    marker?: { color: string; symbol?: string; size?: number };
    error_x?: object;
    fillcolor?: string;
    x: number[];
  }[];

  it("gives curve, band, marker and bars of a model its own look, by its name, its group or what is told of it", () => {
    const [enas, geometry, box] = [
      styleOfModel("ENAS", "found"),
      styleOfModel("box geometry"),
      styleOfModel("box", "own"),
    ];
    equal(traces[1]!.fillcolor, enas.band);
    const { color, width, dash } = enas;
    deepEqual(traces[2]!.line, { color, width, dash, shape: "hv" });
    deepEqual(traces[3]!.marker, { color, symbol: enas.symbol, size: 9 });
    deepEqual(traces[3]!.error_x, { array: [0.1], color });
    equal(traces[4]!.line!.color, geometry.color);
    equal(traces[6]!.marker!.color, box.color);
  });

  it("leaves what is of no model, marks of means, and every number as they are", () => {
    deepEqual(traces[0], old.data[0]);
    deepEqual(traces[5], old.data[5]);
    deepEqual(
      traces.map(({ x }) => x),
      (old.data as { x: number[] }[]).map(({ x }) => x),
    );
  });

  it("puts the frame of today around the plane, which keeps its height and its words", () => {
    const { title, height, margin, legend, xaxis } = made.layout;
    equal(plainText(title), "ROC curve a note");
    equal(height! - margin!.t! - margin!.b!, 400);
    equal(legend!.orientation, "v");
    deepEqual([xaxis!.title!.text, xaxis!.range], ["1 − specificity", [0, 1]]);
    ok(!("width" in made.layout));
  });

  it("changes nothing where it has been done", () => {
    deepEqual(restyleFigure(made, kinds), made);
  });
});
