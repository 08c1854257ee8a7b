import { deepEqual, equal, ok, rejects } from "node:assert/strict";

import { armsTable } from "../../lib/optimise/arms-table";
import { checkBrackets } from "../../lib/optimise/brackets";
import { compareArms, runArms, type ArmResult, type ArmsTask } from "../../lib/optimise/run-arms";
import { samplers } from "../../lib/optimise/samplers";
import { aroundHandCrafted } from "../../lib/optimise/subjects";
import { welchDifference } from "../../lib/statistics/welch";
import { temporaryFolder } from "../helpers/temporary";
import { innerFolds, optimisationOf } from "./helpers";

const subject = aroundHandCrafted("plain CNN", { name: "plain CNN", training: { batchSize: 8 }, size: 16 });
const task = (): ArmsTask => ({
  arms: [
    { name: "Bayesian", subject, sampler: samplers.bayesian },
    { name: "chance", subject, sampler: samplers.random },
  ],
  untouched: [{ name: "as it is", network: { kind: "hand-crafted", name: "plain CNN" }, training: { batchSize: 8 } }],
  brackets: checkBrackets({ epochs: [1], points: 2, count: 1 }),
  ...{ seeds: [1, 2], images: innerFolds[0], judgedOn: [innerFolds[1]], progress: null },
  prepared: optimisationOf().prepared,
});

const madeUp = (arm: string, values: readonly number[]): ArmResult[] =>
  values.map((value, index) => ({ arm, seed: index + 1, optimisation: null, areas: [value - 0.01, value + 0.01] }));

describe("runArms(folder, task)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();

  it("gives every arm and seed the same epochs, judges what was chosen on folds of its own, and does nothing twice", async () => {
    const results = await runArms(root.path, task());
    deepEqual(
      results.map(({ arm, seed }) => [arm, seed]),
      ["Bayesian", "chance", "as it is"].flatMap((arm) => [1, 2].map((seed) => [arm, seed])),
    );
    for (const { optimisation, areas } of results) {
      equal(areas.length, 1);
      ok(areas[0]! >= 0 && areas[0]! <= 1);
      if (optimisation !== null) equal(optimisation.trials.length, 2);
    }
    const started = performance.now();
    deepEqual(await runArms(root.path, task()), results);
    ok(performance.now() - started < 3000);
  });

  it("refuses two arms of one name", async () => {
    const { arms, ...others } = task();
    await rejects(runArms(root.path, { ...others, arms: [arms[0]!, arms[0]!] }), /Two arms are called "Bayesian"/);
  });
});

describe("compareArms(results) and armsTable(results)", () => {
  const [first, second] = [
    [0.9, 0.91, 0.93],
    [0.88, 0.9, 0.89],
  ] as const;
  const results = [...madeUp("first", first), ...madeUp("second", second)];

  it("hold the first arm against the others by Welch's interval over the runs", () => {
    const [found] = compareArms(results);
    const { difference, low, high } = welchDifference([...first], [...second]);
    equal(found!.other, "second");
    for (const [value, expected] of [
      [found!.difference, difference],
      [found!.low, low],
      [found!.high, high],
    ] as const)
      ok(Math.abs(value! - expected!) < 1e-12);
  });

  it("say that there is no interval of one run", () => {
    const [found] = compareArms([...madeUp("first", [0.9]), ...madeUp("second", [0.8])]);
    equal(found!.low, null);
    ok(found!.reason!.includes("one value only"));
    const [row] = armsTable(madeUp("first", [0.9]));
    deepEqual([row!.runs, row!["SD of runs"], row!["on other folds"]], [1, null, 0.9]);
  });
});
