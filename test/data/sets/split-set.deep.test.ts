import { deepEqual, equal, throws } from "node:assert/strict";

import { loadDataSet } from "../../../lib/data/sets/load";
import { splitSet } from "../../../lib/data/sets/split-set";
import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { officialFolds } from "../../../lib/data/split/official";
import { rootWith } from "../../helpers/shared-data";

describe("splitSet(loaded, options)", () => {
  it("keeps BUS-BRA's test parts, and draws validation parts by patient, as its own split 642 patients", async function () {
    const root = rootWith(this, "bus-bra");
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
      officialFolds(loaded.records, loaded.folds[0]!, source, {
        allowGroupsAcrossParts: "to repeat a published result",
      }).groupsAcrossParts.count,
      642,
    );
  });
});
