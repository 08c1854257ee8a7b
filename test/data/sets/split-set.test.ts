import { deepEqual, equal, throws } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { findSimilar, groupSimilar } from "../../../lib/data/inspect/duplicates";
import { loadDataSet } from "../../../lib/data/sets/load";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { splitSet } from "../../../lib/data/sets/split-set";
import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { officialFolds } from "../../../lib/data/split/official";
import { projectRoot } from "../../../lib/runtime/environment";
import { skip } from "../../helpers/skip";

const root = join(projectRoot, "..", "shared", "data");

describe("splitSet(loaded, options)", () => {
  it("draws folds of whole patients and near duplicates where the set has none", async () => {
    const loaded = await loadDataSet(makePhantomSet({ count: 60, size: 32, seed: 2 }), { cacheFolder: null });
    const split = splitSet(loaded, { folds: 3 });
    deepEqual([split.kind, split.folds.length, split.dataHash], ["k-fold", 3, loaded.dataHash]);
    const alike = groupSimilar(findSimilar(loaded.inspections), loaded.records).map(({ images }) => images);
    deepEqual(checkSplit(split, loaded.records, groupRecords(loaded.records, alike)), []);
  });

  it("keeps BUS-BRA's test parts, and draws validation parts by patient, as its own tear 642 patients", async function () {
    if (!existsSync(join(root, "bus-bra"))) skip(this, "BUS-BRA is not beside the project");
    this.timeout(180_000);
    const loaded = await loadDataSet("bus-bra", { root });
    const split = splitSet(loaded);
    deepEqual(
      split.folds.map(({ test }) => test.length),
      [376, 385, 366, 365, 383],
    );
    deepEqual(
      split.folds.map(({ test }) => [...test].sort()),
      loaded.folds[0]!.folds.map(({ test }) => [...test].sort()),
    );
    deepEqual(checkSplit(split, loaded.records, groupRecords(loaded.records)), []);
    const source = { dataset: "bus-bra", dataHash: loaded.dataHash };
    throws(() => officialFolds(loaded.records, loaded.folds[0]!, source), /642.*validation: "by patient"/s);
    equal(
      officialFolds(loaded.records, loaded.folds[0]!, source, { allowTornGroups: "to repeat a published result" })
        .groupsTorn.count,
      642,
    );
  });

  it("keeps BreastMNIST's parts only for a user who insists, and says so, as they tear near duplicates", async function () {
    if (!existsSync(join(root, "breastmnist"))) skip(this, "BreastMNIST is not beside the project");
    const loaded = await loadDataSet("breastmnist", { root, onContradiction: "keep" });
    throws(() => splitSet(loaded), /train\[115\]|near|allowTornGroups/);
    const { folds, groupsTorn } = splitSet(loaded, { allowTornGroups: "to compare with published results" });
    equal(groupsTorn.reason, "to compare with published results");
    equal(groupsTorn.count > 50, true);
    const [fold] = folds;
    deepEqual([fold!.train.length, fold!.validation.length, fold!.test.length], [546, 78, 156]);
  });
});
