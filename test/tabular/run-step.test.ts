import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { readNetworks } from "../../lib/tabular/drawn-networks";
import { keepFolds, readImages } from "../../lib/tabular/folds";
import { readProtocol } from "../../lib/tabular/protocol";
import { runStep } from "../../lib/tabular/run-step";
import { readLogits, readRows } from "../../lib/tabular/table-file";
import { temporaryFolder } from "../helpers/temporary";
import { writeTinySet } from "../validate/helpers";
import { tinyProtocol, writeProtocol } from "./helpers";

describe("runStep(folder, step, options)", function () {
  this.timeout(120_000);
  const root = temporaryFolder();

  it("measures what the table lacks, once, and keeps rows that follow from the logits", async () => {
    writeTinySet(root.path);
    const folder = writeProtocol(join(root.path, "benchmark"));
    const options = {
      ...{ workFolder: join(root.path, "work"), workers: 2, progress: null, dataRoot: root.path },
    };
    deepEqual(await runStep(folder, "first", options), { total: 3, done: 3 });
    const first = readFileSync(join(folder, "table.jsonl"), "utf8");
    deepEqual(await runStep(folder, "first", options), { total: 3, done: 3 });
    equal(readFileSync(join(folder, "table.jsonl"), "utf8"), first, "nothing is measured twice");
    deepEqual(await runStep(folder, "second", options), { total: 3, done: 3 });
    deepEqual(existsSync(options.workFolder) ? readdirSync(options.workFolder) : [], [], "nothing is left over");

    const rows = readRows(folder);
    const networks = readNetworks(folder, readProtocol(folder));
    deepEqual(
      rows.map(({ set, place, fold, seed }) => [set, place, fold, seed]),
      [
        ["one", 0, 1, 11],
        ["one", 1, 1, 11],
        ["other", 1, 2, 12],
        ["one", 2, 1, 11],
      ],
    );
    const {
      split: { folds },
    } = await keepFolds(folder, readProtocol(folder), root.path);
    const images = readImages(folder);
    deepEqual(
      folds.map(({ name }) => name),
      ["outer 1, inner 1", "outer 1, inner 2"],
    );
    deepEqual(folds[0]!.test, folds[1]!.test, "the same images are put aside by all inner folds");
    const [validation, test] = [readLogits(folder, "validation", rows), readLogits(folder, "test", rows)];
    rows.forEach((row, index) => {
      const { validation: ids, test: aside } = folds[row.fold - 1]!;
      const labels = ids.map((id) => images.get(id)!.label);
      equal(validation[index]!.length, ids.length);
      equal(test[index]!.length, aside.length);
      ok(Math.abs(areaUnderCurve([...validation[index]!], labels) - row.area) < 0.02, "equal up to ties of rounding");
      equal(row.curve.area.length, row.epochs);
      equal(row.network, networks.find(({ set, place }) => set === row.set && place === row.place)!.network);
      equal(row.protocol, readProtocol(folder).hash);
      ok(row.cpuSeconds >= row.trainingSeconds * 0.5 && row.cpuSeconds < 60);
    });
  });

  it("has nothing to do for a step without trainings, and reads no images for it", async () => {
    const nothing = { ...tinyProtocol.steps[0]!, name: "supernets alone", runs: [] };
    const folder = writeProtocol(join(root.path, "benchmark"), { ...tinyProtocol, steps: [nothing] });
    const options = { workFolder: join(root.path, "work"), workers: 1, dataRoot: join(root.path, "none") };
    deepEqual(await runStep(folder, "supernets alone", options), { total: 0, done: 0 });
    deepEqual(readdirSync(folder), ["protocol.json"]);
  });

  it("refuses a step that the protocol does not have", async () => {
    writeTinySet(root.path);
    const folder = writeProtocol(join(root.path, "benchmark"), { ...tinyProtocol, folds: { ...tinyProtocol.folds } });
    await rejects(
      runStep(folder, "third", { workFolder: root.path, workers: 1, progress: null, dataRoot: root.path }),
      /no step "third".*first, second/s,
    );
  });
});
