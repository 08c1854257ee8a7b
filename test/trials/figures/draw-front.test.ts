import { deepEqual, equal, throws } from "node:assert/strict";

import { drawFront } from "../../../lib/trials/figures/draw-front";
import type { FrontPoint } from "../../../lib/trials/front";

const point = (name: string, cost: number, value: number, other: Partial<FrontPoint> = {}): FrontPoint => ({
  ...{ name, cost, value, group: "found", low: value - 0.01, high: value + 0.02 },
  ...other,
});
const points = [point("a", 10, 0.8), point("b", 20, 0.79, { group: "by chance", high: 0.9 }), point("c", 40, 0.85)];

/** A trace, as far as it is looked at here. */
interface Trace {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
  readonly error_y: { readonly array: number[]; readonly arrayminus: number[] };
}
const tracesOf = (given: readonly FrontPoint[]) =>
  drawFront(given, { cost: "multiplyAdds" }).data as unknown as Trace[];

describe("drawFront(points, options)", () => {
  it("draws each group with its intervals, the front, and the band between the fronts of the intervals' ends", () => {
    const [low, high, found, chance, line] = tracesOf(points);
    deepEqual([found!.name, chance!.name, line!.name], ["found", "by chance", "beaten by none"]);
    deepEqual(
      [line!.x, line!.y],
      [
        [10, 40, 40],
        [0.8, 0.85, 0.85],
      ],
    );
    deepEqual(
      [low!.x, high!.x],
      [
        [10, 40, 40],
        [10, 20, 40],
      ],
    );
    deepEqual(
      high!.y.map((value) => Number(value.toFixed(2))),
      [0.82, 0.9, 0.9],
    );
    deepEqual(
      found!.error_y.array.map((value) => Number(value.toFixed(3))),
      [0.02, 0.02],
    );
  });

  it("has bars on the front alone where there are many networks, and no band where one has no interval", () => {
    const many = [...points, ...Array.from({ length: 20 }, (_, index) => point(`n${index}`, 50 + index, 0.7))];
    const found = tracesOf(many).find(({ name }) => name === "found")!;
    equal(found.error_y.array.filter((value) => value > 0).length, 2);
    equal(tracesOf([...points, point("d", 5, 0.6, { low: null, high: null })]).length, 3);
  });

  it("puts a network that did not train at the lower edge, and draws the others as far as they go", () => {
    const others = [0.8, 0.81, 0.82, 0.83, 0.84].map((value, index) => point(`n${index}`, 20 + index, value));
    const figure = drawFront([...others, point("dead", 30, 0.5)], { cost: "multiplyAdds" });
    const [bottom, top] = (figure.layout as { yaxis: { range: [number, number] } }).yaxis.range;
    equal(bottom > 0.78 && bottom < 0.79 && top > 0.86 && top < 0.87, true);
    const traces = figure.data as unknown as (Trace & { readonly text: string[] })[];
    const edge = traces.find(({ name }) => name === "far below (1)")!;
    deepEqual([edge.x, edge.y, edge.text], [[30], [bottom], ["dead<br>0.5000 [0.4900, 0.5200]"]]);
    deepEqual(traces.find(({ name }) => name === "found")!.x, [20, 21, 22, 23, 24]);
    // Nothing far below: plotly finds the range, and there is no such mark.
    const alike = [0.8, 0.8, 0.8, 0.79].map((value, index) => point(`n${index}`, 20 + index, value));
    for (const given of [others, alike]) {
      const plain = drawFront(given, { cost: "multiplyAdds" });
      equal((plain.layout as { yaxis: { range?: unknown } }).yaxis.range, undefined);
      equal(plain.data.length, 4);
    }
  });

  it("refuses networks that cost nothing, none at all, and costs that there are not", () => {
    throws(() => drawFront([point("a", 0, 0.5)], { cost: "parameters" }), /a costs 0, expected more than 0/);
    throws(() => drawFront([], { cost: "parameters" }), /no networks/);
    throws(() => drawFront(points, { cost: "time" as "milliseconds" }), /cost: "time"/);
  });
});
