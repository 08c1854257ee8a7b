import { deepEqual, equal, ok } from "node:assert/strict";

import { supernetNames, supernetStep } from "../../../lib/study/steps/supernets";
import { temporaryFolder } from "../../helpers/temporary";
import { plannedSmoke } from "./helpers";

describe("the step of supernets", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();

  it("has one for each of the last inner folds and each seed where candidates are scored by shared weights, and none else", async () => {
    const study = await plannedSmoke(folder.path, (settings) => ({
      ...settings,
      search: {
        ...settings.search,
        seeds: [4, 1],
        trials: { strategy: "shared", folds: 4, supernet: { count: 2, epochs: 3 } },
      },
    }));
    const units = supernetStep.list(study);
    deepEqual(
      units.map(({ name, needs, of }) => [name, needs.length, of]),
      [4, 1].flatMap((seed) => [3, 4].map((fold) => [`search/supernet-seed-${seed}/fold-${fold}`, 0, { seed, fold }])),
    );
    ok(units.every(({ cost }) => cost > 0));
    deepEqual(supernetNames(study, 1), ["search/supernet-seed-1/fold-3", "search/supernet-seed-1/fold-4"]);
    equal(supernetStep.list(await plannedSmoke(folder.path)).length, 0);
  });
});
