import { deepEqual, equal, rejects } from "node:assert/strict";

import { openRun } from "../../../lib/runs/open-run";
import { readOutcome } from "../../../lib/runs/outcome";
import { sealIn, type UnitWork } from "../../../lib/study/steps/step";
import { temporaryFolder } from "../../helpers/temporary";

describe("sealIn(work, what)", () => {
  const folder = temporaryFolder();
  const unit = { name: "units/a", kind: "training", title: "a", needs: [], threads: 1, cost: 0, of: { number: 1 } };
  const work = () => ({ unit, folder: folder.path }) as unknown as UnitWork;

  it("does it once, and not again what is sealed", async () => {
    let times = 0;
    const once = () => sealIn(work(), () => Promise.resolve({ architecture: `a${++times}` }));
    await once();
    await once();
    equal(times, 1);
    deepEqual(readOutcome(folder.path)!.result, { architecture: "a1" });
  });

  it("seals nothing where it fails, and refuses where another has the folder", async () => {
    await rejects(
      sealIn(work(), () => Promise.reject(new Error("cut off"))),
      /cut off/,
    );
    equal(readOutcome(folder.path), null);
    const run = openRun(folder.path, { kind: unit.kind, configuration: unit.of, inputs: {} });
    await rejects(
      sealIn(work(), () => Promise.resolve(null)),
      /is open in this very process already/,
    );
    run.close();
  });
});
