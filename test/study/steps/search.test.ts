import { deepEqual } from "node:assert/strict";

import { searchStep } from "../../../lib/study/steps/search";
import { temporaryFolder } from "../../helpers/temporary";
import { plannedSmoke } from "./helpers";

describe("the step of searches", () => {
  const folder = temporaryFolder();

  it("has a unit for each seed and one for the uniform policy, which need nothing", async () => {
    const study = await plannedSmoke(folder.path, (settings) => ({
      ...settings,
      search: { ...settings.search, seeds: [4, 1] },
    }));
    deepEqual(
      searchStep.list(study).map(({ name, title, needs, threads, of }) => [name, title, needs.length, threads, of]),
      [
        ["search/enas-seed-4", "ENAS search, seed 4", 0, 1, { strategy: "enas", seed: 4 }],
        ["search/enas-seed-1", "ENAS search, seed 1", 0, 1, { strategy: "enas", seed: 1 }],
        ["search/uniform-seed-4", "uniform search, seed 4", 0, 1, { strategy: "uniform", seed: 4 }],
      ],
    );
  });
});
