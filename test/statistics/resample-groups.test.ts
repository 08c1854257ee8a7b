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
