import { deepEqual, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { frontOf } from "../../lib/trials/front";

describe("frontOf(points)", () => {
  it("has whom no other one beats in both, as comparing every pair shows", () => {
    const random = createRandom(3);
    const points = Array.from({ length: 60 }, (_, name) => ({
      name,
      cost: random.uniform(1, 9),
      value: random.uniform(),
    }));
    const beaten = (one: (typeof points)[number]) =>
      points.some((other) => other !== one && other.cost <= one.cost && other.value >= one.value);
    deepEqual(
      frontOf(points)
        .map(({ name }) => name)
        .sort((a, b) => a - b),
      points.filter((one) => !beaten(one)).map(({ name }) => name),
    );
    const costs = frontOf(points).map(({ cost }) => cost);
    ok(costs.every((cost, place) => place === 0 || cost > costs[place - 1]!));
  });

  it("takes the first of equals, and another end of the interval where it is asked to", () => {
    const equals = [
      { name: "a", cost: 1, value: 0.5, low: 0.3 },
      { name: "b", cost: 1, value: 0.5, low: 0.4 },
      { name: "c", cost: 2, value: 0.5, low: 0.45 },
    ];
    deepEqual(
      frontOf(equals).map(({ name }) => name),
      ["a"],
    );
    deepEqual(
      frontOf(equals, ({ low }) => low).map(({ name }) => name),
      ["b", "c"],
    );
    deepEqual(frontOf([]), []);
  });
});
