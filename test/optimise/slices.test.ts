import { deepEqual, ok } from "node:assert/strict";

import { checkDimensions } from "../../lib/optimise/dimension";
import { learnSurrogate, samplers, type Measured } from "../../lib/optimise/samplers";
import { slicesOf } from "../../lib/optimise/slices";
import { createRandom } from "../../lib/runtime/random";

describe("slicesOf(dimensions, surrogate, random)", function () {
  this.timeout(60_000);

  it("follow what a setting does, hold its band, and lie flat where it does nothing", () => {
    const dimensions = checkDimensions({
      rate: { kind: "number", from: 0, to: 1 },
      other: { kind: "choice", of: [true, false] },
    });
    const random = createRandom(2);
    const seen = Array.from({ length: 40 }, (_, index): Measured => {
      const point = samplers.random.propose(dimensions, [], random.split(index));
      return { point, fidelity: 1, value: (point.rate as number) + 0.02 * random.normal() };
    });
    const [rate, other] = slicesOf(dimensions, learnSurrogate(dimensions, seen, random), random);
    rate!.values.forEach((value, index) => {
      ok(Math.abs(rate!.means[index]! - (value as number)) < 0.05, `${value}: ${rate!.means[index]}`);
      ok(rate!.lows[index]! < rate!.means[index]! && rate!.means[index]! < rate!.highs[index]!);
    });
    deepEqual(other!.values, [true, false]);
    ok(Math.abs(other!.means[0]! - other!.means[1]!) < 0.03);
  });
});
