import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { loadDataSet } from "../../lib/data/sets/load";
import { splitSet } from "../../lib/data/sets/split-set";
import type { InputsRequest } from "../../lib/inputs/input-plans";
import { readForeignPredictions } from "../../lib/evaluate/prediction-file";
import { runInputsCommand } from "../../lib/inputs/main";
import { inputRows } from "../../lib/inputs/input-rows";
import { runInputs } from "../../lib/inputs/run-inputs";
import { crossFit } from "../../lib/segment/cross-fit";
import { captureBundles } from "../helpers/capture";
import { lastingFolder } from "../helpers/temporary";
import { quickly, writeMaskedSet } from "../segment/helpers";

describe("runInputs(folder, request, options)", function () {
  this.timeout(300_000);
  const folder = lastingFolder();
  captureBundles();
  const at = (...names: string[]) => join(folder.path, ...names);
  let request: InputsRequest | null = null;
  before(async () => {
    writeMaskedSet(at("sets"));
    const loaded = await loadDataSet("tiny", { root: at("sets") });
    const segmentation = { ...quickly, preparation: { size: 16 }, epochs: 6 };
    await crossFit(at("outlines"), loaded, splitSet(loaded), { segmentation, watch: null });
    request = {
      ...{ dataset: "tiny", root: at("sets"), outlines: at("outlines"), profile: "smoke", seeds: null, folds: [1] },
      models: [{ name: "CNN3", kind: "hand-crafted", network: { kind: "hand-crafted", name: "CNN3" } }],
      training: { epochs: 1, batchSize: 8 },
    };
  });
  const inputs = ["expert's box", "mixed outline, disturbed", "found outline"];

  it("trains networks on each input that is asked for, on the same images, with what outlines and boxes alone tell", async () => {
    const options = { inputs, workers: 1, list: false };
    const { sets, missing } = await runInputs(at("out"), request!, options);
    deepEqual(missing, []);
    deepEqual(
      sets.map(({ variant, predictions }) => [variant, predictions.model]),
      [
        ["expert's box", "CNN3"],
        ["found outline", "CNN3"],
        ["mixed outline, disturbed", "CNN3"],
        ["expert's box", "box geometry"],
        ["found outline", "outline shape"],
      ],
    );
    const tested = sets.map(({ predictions: { rows } }) => rows.filter(({ part }) => part === "test").map(({ id }) => id).sort()); // prettier-ignore
    for (const ids of tested) deepEqual(ids, tested[0]);
    ok(tested[0]!.length > 3);
    equal(inputRows(sets, { replicates: 20 }).filter(({ areaDifference }) => areaDifference !== null).length, 2);
    // What is done is only read.
    const again = await runInputs(at("out"), request!, { ...options, list: true });
    deepEqual(again.sets, sets);

    const named = { "--dataset": "tiny", "--root": at("sets"), "--outlines": at("outlines"), "--folder": at("out") };
    const more = { "--profile": "smoke", "--fold": "1", "--network": "CNN3", "--input": inputs[0]! };
    const code = await runInputsCommand([...Object.entries({ ...named, ...more }).flat(), "--list"]);
    equal(code, 0);
    const files = ["box-geometry-expert-s-box", "cnn3-expert-s-box"];
    deepEqual(
      readdirSync(at("out", "predictions")).sort(),
      files.map((name) => `${name}.csv`),
    );
    const [said] = readForeignPredictions(at("out", "predictions", `${files[1]!}.csv`), "");
    deepEqual(said!.rows.map(({ id }) => id).sort(), tested[0]);
    equal(said!.model, "CNN3, expert's box");
    ok(readFileSync(at("out", "inputs.csv"), "utf8").includes("CNN3"));
  });

  it("says which inputs are not done, and stops where an image was not outlined", async () => {
    const list = { inputs: ["whole picture"], workers: 1, list: true };
    const { missing, sets } = await runInputs(at("out"), request!, list);
    deepEqual([missing, sets], [["whole picture"], []]);
    await rejects(runInputs(at("out"), { ...request!, outlines: at("nowhere") }, list), /No fold in .*nowhere/);
  });
});
