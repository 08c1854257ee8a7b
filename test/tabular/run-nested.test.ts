import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { readBenchmark } from "../../lib/tabular/benchmark";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { keepFolds, readImages } from "../../lib/tabular/folds";
import { keepNetworks } from "../../lib/tabular/drawn-networks";
import { readNested, readNestedLogits, readTestedIds } from "../../lib/tabular/nested-rows";
import { readProtocol } from "../../lib/tabular/protocol";
import { nestedOf, runNested } from "../../lib/tabular/run-nested";
import { temporaryFolder } from "../helpers/temporary";
import { writeTinySet } from "../validate/helpers";
import { tinyProtocol, writeProtocol } from "./helpers";

const training = { epochs: 1, batchSize: 4 };
const nested = {
  ...{ set: "one", outer: [1, 2], searches: [1], size: 16 },
  arms: {
    race: { strategy: "random-race", limit: { trainings: 2 }, candidates: 3, training },
    ridge: { strategy: "ridge", limit: { trainings: 2 }, candidates: 3, training },
  },
  references: { other: { set: "other", place: 1 } },
  winners: { size: 16, epochs: 1, seeds: [1, 2] },
};
const protocol = {
  ...tinyProtocol,
  steps: [{ ...tinyProtocol.steps[0]!, name: "nested", runs: [], nested }, ...tinyProtocol.steps],
};

describe("runNested(folder, step, options)", function () {
  this.timeout(300_000);
  const root = temporaryFolder();

  it("searches on each outer fold by each arm, trains winners and what they are held against with several seeds, tests them once, and does nothing twice", async () => {
    writeTinySet(root.path);
    const folder = writeProtocol(join(root.path, "benchmark"), protocol);
    const options = { workFolder: join(root.path, "work"), workers: 2, progress: null, dataRoot: root.path };
    deepEqual(nestedOf(folder, readProtocol(folder), "nested"), { total: 6, done: 0 });
    deepEqual(await runNested(folder, "nested", options), { total: 6, done: 6 });
    const rows = readNested(folder);
    deepEqual(
      rows.map(({ fold, search, arm, areas }) => [fold, search, arm, areas.length]),
      [
        [1, 1, "race", 2],
        [1, 1, "ridge", 2],
        [1, null, "other", 2],
        [2, 1, "race", 2],
        [2, 1, "ridge", 2],
        [2, null, "other", 2],
      ],
    );
    ok(
      rows.every(
        ({ search, trainings, cpuSeconds, areas }) =>
          trainings > 0 === (search !== null) &&
          cpuSeconds > 0 === (search !== null) &&
          areas.every((area) => area >= 0 && area <= 1),
      ),
    );
    deepEqual(readdirSync(options.workFolder), [], "nothing is left over");
    // What networks say of each image is kept, and gives their areas.
    const logits = readNestedLogits(folder, rows);
    const ids = readTestedIds(folder);
    await keepFolds(folder, readProtocol(folder), root.path);
    const images = readImages(folder);
    rows.forEach(({ areas, fold }, place) => {
      const own = ids[fold]!.map((id) => images.get(id)!.label);
      areas.forEach((area, seed) => {
        ok(Math.abs(areaUnderCurve([...logits[place]![seed]!], own) - area) < 0.05, `${area}`);
      });
    });
    deepEqual([...ids[1]!, ...ids[2]!].sort(), [...images.keys()].sort());
    await runNested(folder, "nested", options);
    equal(readNested(folder).length, 6);
    // The budget of a step goes before the bin, in which all networks are: none has ten parameters.
    const tight = { ...nested, outer: [1], budget: { parameters: [0, 10] } };
    const steps = [{ ...protocol.steps[0]!, nested: tight }];
    const other = writeProtocol(join(root.path, "tight"), { ...protocol, steps });
    await rejects(runNested(other, "nested", options), { name: "Problem", message: /parameters/ });
    deepEqual(await runNested(folder, "first", options), { total: 0, done: 0 });
    keepNetworks(folder, readProtocol(folder));
    ok(!existsSync(join(folder, "table.jsonl")) && readNested(folder)[0]!.protocol === readProtocol(folder).hash);
    ok(typeof readBenchmark === "function");
  });
});
