import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { resampleGroups } from "../../lib/statistics/resample-groups";

const groups = ["a", "b", "a", "c", "d", "d", "d"];

function draw(options: Partial<Parameters<typeof resampleGroups>[0]> = {}) {
  const found: number[][] = [];
  resampleGroups({ groups, random: createRandom(1), replicates: 200, ...options }, (rows) => found.push([...rows]));
  return found;
}

describe("resampleGroups(options, visit)", () => {
  it("draws as many groups as there are, each whole", () => {
    const found = draw();
    equal(found.length, 200);
    for (const rows of found) {
      const times = groups.map((_, row) => rows.filter((one) => one === row).length);
      equal(times[0], times[2]);
      deepEqual([times[5], times[6]], [times[4], times[4]]);
      equal(times[0]! + times[1]! + times[3]! + times[4]!, 4);
    }
    ok(new Set(found.map(({ length }) => length)).size > 3, "sizes differ with the groups drawn");
  });

  it("draws every group equally often", () => {
    const times = [0, 0, 0, 0, 0, 0, 0];
    for (const rows of draw({ replicates: 4000 })) for (const row of rows) times[row]!++;
    for (const count of times) ok(Math.abs(count / 4000 - 1) < 0.06, `${count} of 4000`);
  });

  it("draws as many groups of each stratum as there are, and from strata that share a group together", () => {
    const count = (rows: readonly number[], of: string) => new Set(rows.filter((row) => groups[row] === of)).size > 0;
    const times = (rows: readonly number[]) => [0, 1, 3, 4].map((first) => rows.filter((row) => row === first).length);
    for (const rows of draw({ strata: ["x", "x", "x", "y", "y", "y", "y"] })) {
      const [a, b, c, d] = times(rows);
      deepEqual([a! + b!, c! + d!], [2, 2]);
    }
    // "a" is in both x and y: these are one stratum then, and "c" and "d" may be missing together.
    const joined = draw({ strata: ["x", "x", "y", "y", "y", "y", "y"], replicates: 400 });
    ok(joined.some((rows) => !count(rows, "c") && !count(rows, "d")));
    for (const rows of joined) equal(times(rows).reduce((sum, one) => sum + one, 0), 4); // prettier-ignore
    // A third stratum that is met later joins two that were apart until then.
    const chain = draw({ groups: ["a", "b", "c", "c"], strata: ["x", "y", "x", "y"], replicates: 300 });
    ok(chain.some((rows) => !rows.includes(0) && !rows.includes(1)));
    throws(() => draw({ strata: ["x"] }), /1 strata for 7 rows/);
  });

  it("draws the same with the same seed", () => {
    deepEqual(draw(), draw());
    ok(JSON.stringify(draw()) !== JSON.stringify(draw({ random: createRandom(2) })));
  });

  it("refuses other input", () => {
    throws(() => draw({ groups: [] }), /no rows to be resampled/);
    for (const replicates of [0, 1.5, NaN])
      throws(() => draw({ replicates }), /replicates: .*, expected a whole number from 1/);
    throws(() => draw({ replicate: 3 } as never), /Did you mean "replicates"/);
  });
});
