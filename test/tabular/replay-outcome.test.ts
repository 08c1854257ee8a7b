import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { keepReplay, readReplay, replayFile, type ReplayOutcome } from "../../lib/tabular/replay-outcome";
import { temporaryFolder } from "../helpers/temporary";

describe("what came of replays", () => {
  const folder = temporaryFolder();
  const point = { budget: 60, regret: 0.01, quartiles: [0, 0.02], interval: [0.005, 0.015], byPool: [0.01] } as const;
  const outcome: ReplayOutcome = {
    ...{ protocol: "abc", set: "shape", networks: 3, sharing: null, decides: 60 },
    strategies: [{ kind: "random-race", title: "random race", points: [point] }],
    ridge: { explained: 0.2, reliable: 0.5, share: 0.4 },
  };

  it("is kept once: what was read of the images that are put aside is not read a second time", () => {
    equal(readReplay(folder.path), null);
    keepReplay(folder.path, outcome);
    deepEqual(readReplay(folder.path), outcome);
    throws(
      () => {
        keepReplay(folder.path, outcome);
      },
      { name: "Problem", message: /is there already.*no second evidence/s },
    );
  });

  it("is refused where the file is damaged", () => {
    const path = join(folder.path, replayFile);
    writeFileSync(path, "{");
    throws(() => readReplay(folder.path), { name: "Problem", message: /replay\.json is no JSON/ });
    writeFileSync(path, JSON.stringify({ ...outcome, sharing: 3 }));
    throws(() => readReplay(folder.path), /sharing/);
  });
});
