import { deepEqual } from "node:assert/strict";

import { winnerName, winnerStep } from "../../../lib/study/steps/winner";
import { temporaryFolder } from "../../helpers/temporary";
import { plannedSmoke } from "./helpers";

describe("the step that names the winner", () => {
  const folder = temporaryFolder();

  it("waits for every own derivation and control, and for no uniform search", async () => {
    const study = await plannedSmoke(folder.path, (settings) => ({
      ...settings,
      search: { ...settings.search, seeds: [1, 2] },
    }));
    deepEqual(
      winnerStep.list(study).map(({ name, needs, threads }) => [name, needs, threads]),
      [[winnerName, ["derive/seed-1", "control/seed-1", "derive/seed-2", "control/seed-2"], 2]],
    );
  });
});
