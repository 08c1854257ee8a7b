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

  it("refuses networks that cost nothing, none at all, and costs that there are not", () => {
    throws(() => drawFront([point("a", 0, 0.5)], { cost: "parameters" }), /a costs 0, expected more than 0/);
    throws(() => drawFront([], { cost: "parameters" }), /no networks/);
    throws(() => drawFront(points, { cost: "time" as "milliseconds" }), /cost: "time"/);
  });
});
