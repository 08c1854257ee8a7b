import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";

import { Interrupted } from "../../lib/runs/exit-codes";
import { openRun } from "../../lib/runs/open-run";
import type { StoredArray } from "../../lib/runs/state";
import { bestPrefix, runEpochs, type EpochLearner, type EpochMeans, type EpochRules } from "../../lib/train/run-epochs";
import { temporaryFolder } from "../helpers/temporary";

/** Learns to count: its one weight is how many steps it has made. Steps of 2 images, 3 steps an epoch. */
function counter(): EpochLearner<EpochMeans> {
  let made = 0;
  const arrays = (prefix: string) =>
    new Map<string, StoredArray>([[`${prefix}count`, { shape: [1], values: Float32Array.of(made) }]]);
  return {
    stepsPerEpoch: 3,
    step(step) {
      made += 1;
      return { loss: step, right: 1, images: 2, norm: 2 * step, rate: 0.1 * step };
    },
    measure: (means) => means,
    kept: arrays,
    arrays: () => arrays("weights/"),
    restore(given) {
      made = given.get("weights/count")!.values[0]!;
    },
  };
}

const rules = (given: Partial<EpochRules<EpochMeans>> = {}) => ({
  ...{ epochs: 4, keep: null, earlyStopping: null },
  ...given,
});
const loss = ({ loss: one }: EpochMeans) => one;

describe("runEpochs(learner, rules, around)", () => {
  const folder = temporaryFolder();

  it("gives the learner the means of each epoch's steps", async () => {
    const { history, keptEpoch, best, stoppedEarly } = await runEpochs(counter(), rules(), {});
    deepEqual(history[1], { epoch: 2, rate: 0.5, norm: 8, loss: 4, right: 0.5 });
    deepEqual([history.length, keptEpoch, best.size, stoppedEarly], [4, 4, 0, false]);
  });

  it("keeps the weights of the epoch of the highest rank, the first of equal ones", async () => {
    const rank = ({ epoch }: EpochMeans) => (epoch === 1 ? -Infinity : epoch <= 3 ? 1 : 0);
    const { keptEpoch, best } = await runEpochs(counter(), rules({ keep: rank }), {});
    equal(keptEpoch, 2);
    deepEqual([...best.get(`${bestPrefix}count`)!.values], [6]);
  });

  it("ends after as many epochs without a higher rank as patience says", async () => {
    const falling = { rank: (means: EpochMeans) => -loss(means), patience: 2 };
    const { history, stoppedEarly } = await runEpochs(counter(), rules({ earlyStopping: falling }), {});
    deepEqual([history.length, stoppedEarly], [3, true]);
  });

  it("stops with all saved where it is asked to, and goes on from there", async () => {
    const given = rules({ keep: loss });
    const open = () => openRun(join(folder.path, "run"), { kind: "test", configuration: null, inputs: {} });
    for (const after of [2, 5]) {
      const run = open();
      const learner = counter();
      let left = after;
      const stop = {
        get requested() {
          return left-- <= 0 ? ("SIGTERM" as const) : null;
        },
        check() {
          throw new Interrupted("SIGTERM");
        },
        end: () => undefined,
      };
      await rejects(runEpochs(learner, given, { run, stop }), Interrupted);
      run.close();
    }
    const run = open();
    equal(run.resumed!.step, 7);
    const { history, best } = await runEpochs(counter(), given, { run });
    run.close();
    const whole = await runEpochs(counter(), given, {});
    deepEqual(history, whole.history);
    deepEqual(best, whole.best);
  });
});
