import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { readForeignPredictions } from "../../lib/evaluate/prediction-file";
import { keepVariants } from "../../lib/variants/keep-variants";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";

describe("keepVariants(folder, sets, kept)", () => {
  const folder = temporaryFolder();
  const rows = [0.9, 0.2].map((probability, index) => ({
    ...{
      id: `i${index}`,
      patient: `p${index}`,
      label: (1 - index) as 0 | 1,
      probability,
      logit: 4 * (probability - 0.5),
    },
    ...{ fold: "fold 1", part: "test" as const, seed: 1 },
  }));
  const kept = { name: "remedies", content: { rows: 1 }, caption: "what they are worth", notices: ["To know."] };

  it("writes predictions of each, a table and JSON, and shows the table", async () => {
    const sets = [{ variant: "all together", predictions: { model: "CNN3", kind: "hand-crafted" as const, rows } }];
    const said = await captureOutput(() => {
      const table = [{ remedy: "all together", area: "1.000", accuracy: null }];
      equal(keepVariants(folder.path, sets, { ...kept, table, missing: [] }), 0);
      return Promise.resolve();
    });
    match(said, /what they are worth[\s\S]*all together[\s\S]*\nTo know\.\n$/);
    deepEqual(readdirSync(join(folder.path, "predictions")), ["cnn3-all-together.csv"]);
    const [read] = readForeignPredictions(join(folder.path, "predictions", "cnn3-all-together.csv"), "");
    equal(read!.model, "CNN3, all together");
    deepEqual(JSON.parse(readFileSync(join(folder.path, "remedies.json"), "utf8")), { rows: 1 });
    match(readFileSync(join(folder.path, "remedies.csv"), "utf8"), /^remedy,area,accuracy\r?\nall together,1\.000,/);
  });

  it("writes no table where nothing is done, and says what is not", async () => {
    const said = await captureOutput(() => {
      equal(keepVariants(folder.path, [], { ...kept, table: [], missing: ["plain", "one scale"] }), 1);
    });
    match(said, /^To know\.\nNot done: plain; one scale\.\n$/);
    equal(existsSync(join(folder.path, "remedies.json")), true);
    equal(existsSync(join(folder.path, "remedies.csv")), false);
  });
});
