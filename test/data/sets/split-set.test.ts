import { deepEqual, equal, throws } from "node:assert/strict";
import { join } from "node:path";

import { findSimilar, groupSimilar } from "../../../lib/data/inspect/duplicates";
import { busBra } from "../../../lib/data/sets/bus-bra";
import { loadDataSet } from "../../../lib/data/sets/load";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { splitSet } from "../../../lib/data/sets/split-set";
import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { officialFolds } from "../../../lib/data/split/official";
import { rootWith } from "../../helpers/shared-data";

describe("splitSet(loaded, options)", () => {
  it("draws folds of whole patients and near duplicates where the set has none", async () => {
    const loaded = await loadDataSet(makePhantomSet({ count: 60, size: 32, seed: 2 }), { cacheFolder: null });
    const split = splitSet(loaded, { folds: 3 });
    deepEqual([split.kind, split.folds.length, split.dataHash], ["k-fold", 3, loaded.dataHash]);
    const alike = groupSimilar(findSimilar(loaded.inspections), loaded.records).map(({ images }) => images);
    deepEqual(checkSplit(split, loaded.records, groupRecords(loaded.records, alike)), []);
  });

  it("is for BUS-BRA's own folds refused by its table alone: they split 642 patients", async function () {
    const folder = busBra.recognise(join(rootWith(this, "bus-bra"), "bus-bra"))!;
    const { records, folds } = await busBra.list(folder);
    const source = { dataset: "bus-bra", dataHash: "0".repeat(64) };
    throws(() => officialFolds(records, folds[0]!, source), /642.*validation: "by patient"/s);
  });

  it("keeps BreastMNIST's parts only for a user who insists, and says so, as they split near duplicates", async function () {
    const root = rootWith(this, "breastmnist");
    const loaded = await loadDataSet("breastmnist", { root, onContradiction: "keep" });
    throws(() => splitSet(loaded), /train\[115\]|near|allowGroupsAcrossParts/);
    const { folds, groupsAcrossParts } = splitSet(loaded, {
      allowGroupsAcrossParts: "to compare with published results",
    });
    equal(groupsAcrossParts.reason, "to compare with published results");
    equal(groupsAcrossParts.count > 50, true);
    const [fold] = folds;
    deepEqual([fold!.train.length, fold!.validation.length, fold!.test.length], [546, 78, 156]);
  });
});
