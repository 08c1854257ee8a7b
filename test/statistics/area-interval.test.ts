import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { areaInterval } from "../../lib/statistics/area-interval";
import { delongInterval } from "../../lib/statistics/delong";
import { inference, near } from "./recorded/read";

describe("areaInterval(rows, scores, confidence)", () => {
  it("is DeLong's where every group has one row", () => {
    for (const { labels, first, intervals } of inference.delong) {
      const groups = labels.map((_, row) => String(row));
      const { low, high, method } = areaInterval({ labels, groups }, first)!;
      near([low, high], intervals[0], 1e-12);
      equal(method, "DeLong");
    }
  });

  it("is that of independent pairs of groups where the classes are told apart without error", () => {
    const labels = [0, 0, 0, 0, 1, 1, 1, 1];
    const groups = ["a", "a", "b", "b", "c", "c", "d", "d"];
    const found = areaInterval({ labels, groups }, labels)!;
    deepEqual([found.areaUnderCurve, found.high, found.method], [1, 1, "independent pairs"]);
    near(found.low, 0.025 ** (1 / 2), 1e-12);
    const single = areaInterval({ labels: [0, 1, 1], groups: ["a", "b", "c"] }, [1, 2, 0])!;
    equal(single.method, "independent pairs");
    equal(delongInterval([0, 1, 1], [1, 2, 0]).method, "independent pairs");
  });

  it("is 0.5 alone for scores that are equal within strata, and null where nothing can be compared", () => {
    const labels = [0, 1, 0, 1];
    const strata = ["x", "x", "y", "y"];
    const { low, high, method } = areaInterval({ labels, groups: ["a", "b", "c", "d"], strata }, [1, 1, 2, 2])!;
    deepEqual([low, high, method], [0.5, 0.5, "constant scores"]);
    equal(areaInterval({ labels, groups: ["a", "b", "c", "d"], strata: ["x", "y", "x", "y"] }, [1, 2, 3, 4]), null);
    equal(areaInterval({ labels: [1, 1], groups: ["a", "b"] }, [1, 2]), null);
  });

  it("holds the true area of paired views within folds about as often as it says", () => {
    const random = createRandom(6);
    const rounds = 500;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const [labels, groups, strata, scores]: [number[], string[], string[], number[]] = [[], [], [], []];
      for (let patient = 0; patient < 150; patient++) {
        const own = random.normal();
        for (let view = 0; view < 2; view++) {
          labels.push(patient % 3 === 0 ? 1 : 0);
          groups.push(`p${patient}`);
          strata.push(`fold ${patient % 5}`);
          // Each fold's network has a scale of its own, which an area within folds does not see.
          scores.push(2 * (patient % 5) + 1.5 * Math.SQRT1_2 * labels.at(-1)! * 2 + own + random.normal());
        }
      }
      const { low, high } = areaInterval({ labels, groups, strata }, scores)!;
      // Normal distributions 1.5·√2 apart with a variance of 2: Φ(1.5 / √2).
      if (low <= 0.8555778168 && 0.8555778168 <= high) held++;
    }
    ok(Math.abs(held / rounds - 0.95) < 0.03, `${held} of ${rounds}`);
  });

  it("refuses a confidence that is none", () => {
    throws(() => areaInterval({ labels: [0, 1], groups: ["a", "b"] }, [1, 2], 0), { name: "Problem" });
  });
});
