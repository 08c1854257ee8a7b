import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { searchPool, type PoolSearchTask } from "../../lib/tabular/search-pool";
import type { PoolStrategy } from "../../lib/tabular/strategies/pool-strategy";
import { poolStrategies } from "../../lib/tabular/strategies/table";
import { encode } from "../../lib/space/encode";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearchImages } from "../search/helpers";

const { prepared, train, searchValidation } = tinySearchImages();
const strategyOf = (kind: string) => poolStrategies.find((strategy) => strategy.kind === kind)!;

/** A search of seconds: six tiny networks on two folds. */
function taskOf(other: Partial<PoolSearchTask> = {}): PoolSearchTask {
  return {
    ...{
      strategy: strategyOf("random-race"),
      space: { kind: "macro", layers: 3 },
      settings: { layers: 3, channels: 4 },
    },
    ...{ budget: {}, candidates: 6, seed: 3, prepared: prepared as PoolSearchTask["prepared"] },
    folds: [
      { train, validation: searchValidation },
      { train: [...train.slice(12), ...searchValidation], validation: train.slice(0, 12) },
    ],
    training: { epochs: 1, batchSize: 8 },
    ...{ seconds: 1000, secondsPerTraining: 250, shared: null },
    ...other,
  };
}

describe("searchPool(folder, task)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const trialsOf = ({ trials }: { trials: readonly { candidate: number; fold: number; area: number }[] }) =>
    trials.map(({ candidate, fold, area }) => [candidate, fold, area]);

  it("trains what the strategy asks for, keeps to its budget, and goes on after an end without training anything twice", async () => {
    const whole = await searchPool(join(root.path, "whole"), taskOf());
    // Four trainings are planned: two candidates on a fold, the better one on the other.
    deepEqual(
      whole.trials.map(({ fold }) => fold),
      [0, 0, 1],
    );
    const first = strategyOf("random-race");
    const broken: PoolStrategy = {
      ...first,
      *search(problem, random) {
        const search = first.search(problem, random);
        let step = search.next();
        for (let count = 0; step.done !== true; count++) {
          if (count === 2) throw new Error("the power goes");
          step = search.next(yield step.value);
        }
        return step.value;
      },
    };
    const cut = join(root.path, "cut");
    await rejects(searchPool(cut, taskOf({ strategy: broken })), /the power goes/);
    let asked = 0;
    const counting: PoolStrategy = {
      ...first,
      *search(problem, random) {
        const search = first.search(problem, random);
        let step = search.next();
        while (step.done !== true) {
          asked += 1;
          step = search.next(yield step.value);
        }
        return step.value;
      },
    };
    const resumed = await searchPool(cut, taskOf({ strategy: counting }));
    equal(asked, 3);
    deepEqual(trialsOf(resumed), trialsOf(whole));
    deepEqual(encode(taskOf().space, resumed.chosen), encode(taskOf().space, whole.chosen));
    ok(whole.seconds > 0);
  });

  it("tells the strategy that its seconds are used up, and chooses among what was trained", async () => {
    const { trials, chosen } = await searchPool(
      join(root.path, "short"),
      taskOf({ seconds: 1e-6, secondsPerTraining: 1e-7 }),
    );
    equal(trials.length, 1);
    equal(chosen.kind, "macro");
  });

  it("scores candidates by shared weights once, and pays for them", async () => {
    let scored = 0;
    const shared = { seconds: 990, identity: "abc", score: () => scored++ };
    const { trials, seconds } = await searchPool(
      join(root.path, "shared"),
      taskOf({ strategy: strategyOf("shared"), shared, secondsPerTraining: 2 }),
    );
    equal(scored, 6);
    equal(trials[0]!.candidate, 5, "the best score first");
    ok(seconds >= 990);
  });

  it("refuses a strategy without the scores that it uses, a folder of another search, and a pool larger than the space", async () => {
    await rejects(
      searchPool(root.path, taskOf({ strategy: strategyOf("hybrid") })),
      /uses scores by shared weights, and there are none/,
    );
    const folder = join(root.path, "one");
    await searchPool(folder, taskOf({ seconds: 1e-6 }));
    await rejects(searchPool(folder, taskOf({ seconds: 2 })), /seconds/);
    const few = { kind: "macro", layers: 3, operations: ["separable 3×3"] } as const;
    await rejects(
      searchPool(join(root.path, "few"), taskOf({ space: few, candidates: 9 })),
      /8 different networks within the budget/,
    );
  });
});
