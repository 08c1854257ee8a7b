import { deepEqual, equal } from "node:assert/strict";

import { controlSteps, deriveSteps } from "../../../lib/study/steps/derive";
import { temporaryFolder } from "../../helpers/temporary";
import { plannedSmoke } from "./helpers";

describe("the steps of derivations and controls", () => {
  const folder = temporaryFolder();

  it("score after the search, train each architecture alone, and gather", async () => {
    const study = await plannedSmoke(folder.path);
    const told = deriveSteps.map((step) => step.list(study).map(({ name, needs }) => [name, needs]));
    deepEqual(told, [
      [
        ["derive/seed-1/scores", ["search/enas-seed-1"]],
        ["derive/uniform-seed-1/scores", ["search/uniform-seed-1"]],
      ],
      ["seed-1", "uniform-seed-1"].flatMap((search) =>
        [1, 2].map((number) => [`derive/${search}/candidates/${number}`, [`derive/${search}/scores`]]),
      ),
      ["seed-1", "uniform-seed-1"].map((search) => [
        `derive/${search}`,
        [1, 2].map((number) => `derive/${search}/candidates/${number}`),
      ]),
    ]);
    equal(controlSteps[1].list(study).length, 4);
    deepEqual(controlSteps[2].list(study)[0]!.needs.at(-1), "control/seed-1/candidates/4");
  });

  it("train no more candidates than are drawn", async () => {
    const study = await plannedSmoke(folder.path, (settings) => ({
      ...settings,
      derive: { ...settings.derive, samples: 3, trained: 9 },
    }));
    equal(deriveSteps[1].list(study).length, 2 * 3);
  });
});
