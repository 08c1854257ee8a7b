import { deepEqual, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { isotonic } from "../../lib/statistics/isotonic";

describe("isotonic(values, weights)", () => {
  it("pools what stands in the wrong order", () => {
    deepEqual(isotonic([1, 3, 2, 4]), [1, 2.5, 2.5, 4]);
    deepEqual(isotonic([3, 1], [1, 3]), [1.5, 1.5]);
    deepEqual(isotonic([]), []);
  });

  it("is the largest of the least means of what begins at or before a place and ends at or after it", () => {
    // The formula of Robertson, Wright and Dykstra, "Order Restricted Statistical Inference", 1988, theorem 1.4.4.
    const random = createRandom(5);
    for (let round = 0; round < 20; round++) {
      const values = Array.from({ length: 12 }, () => random.normal());
      const weights = values.map(() => random.uniform(0.5, 2));
      const mean = (from: number, to: number) => {
        const [sum, weight] = values
          .map((value, at) => (at < from || at > to ? [0, 0] : [value * weights[at]!, weights[at]!]))
          .reduce(([a, b], [c, d]) => [a! + c!, b! + d!]) as [number, number];
        return sum / weight;
      };
      const places = values.map((_, at) => at);
      const fit = isotonic(values, weights);
      for (const place of places) {
        const best = Math.max(
          ...places
            .filter((from) => from <= place)
            .map((from) => Math.min(...places.filter((to) => to >= place).map((to) => mean(from, to)))),
        );
        ok(Math.abs(fit[place]! - best) < 1e-12);
      }
    }
  });

  it("refuses weights of another number", () => {
    throws(() => isotonic([1, 2], [1]), { name: "Problem" });
  });
});
