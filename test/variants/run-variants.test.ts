import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";

import { preparations } from "../../lib/data/prepare/presets";
import { loadDataSet } from "../../lib/data/sets/load";
import { splitSet } from "../../lib/data/sets/split-set";
import type { VariantsRequest } from "../../lib/variants/plan-variant";
import { runVariants } from "../../lib/variants/run-variants";
import { captureBundles } from "../helpers/capture";
import { lastingFolder } from "../helpers/temporary";
import { writeMaskedSet } from "../segment/helpers";

describe("runVariants(folder, variants, request, split, options)", function () {
  this.timeout(120_000);
  const folder = lastingFolder();
  captureBundles();
  const variants = ["plain", "even levels"].map((name, index) => ({
    ...{ name, training: {} },
    preparation: { ...preparations.squareContext, ...(index === 1 && { stretch: null, match: [0, 1] }) },
  }));

  it("runs each in a folder of its own, says what is not done, and refuses a folder of other settings", async () => {
    writeMaskedSet(join(folder.path, "sets"));
    const request: VariantsRequest = {
      ...{ dataset: "tiny", root: join(folder.path, "sets"), profile: "smoke", seeds: null, folds: [1] },
      models: [{ name: "CNN3", kind: "hand-crafted", network: { kind: "hand-crafted", name: "CNN3" } }],
      training: { epochs: 1, batchSize: 8 },
    };
    const split = splitSet(await loadDataSet("tiny", { root: request.root }));
    const out = join(folder.path, "out");
    const first = await runVariants(out, variants.slice(0, 1), request, split, { workers: 1, list: false });
    deepEqual([first.sets.length, first.missing], [1, []]);
    const both = await runVariants(out, variants, request, split, { workers: 1, list: true });
    deepEqual(both, { sets: first.sets, missing: ["even levels"] });
    equal(both.sets[0]!.variant, "plain");
    const other = { ...request, training: { epochs: 2, batchSize: 8 } };
    await rejects(runVariants(out, variants, other, split, { workers: 1, list: false }), { name: /./ });
  });
});
