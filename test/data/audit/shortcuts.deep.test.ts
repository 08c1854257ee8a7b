import { deepEqual } from "node:assert/strict";

import { measureShortcuts } from "../../../lib/data/audit/shortcuts";
import { loadDataSet } from "../../../lib/data/sets/load";
import { rootWith } from "../../helpers/shared-data";

describe("measureShortcuts(records, inspections, folds)", () => {
  it("gives on BUS-BRA what scikit-learn gives: box .8039 ± .0247, AUC .8561 ± .0399; area .7139 ± .0128, .7489 ± .0240", async function () {
    const root = rootWith(this, "bus-bra");
    this.timeout(180_000);
    const { records, inspections, folds } = await loadDataSet("bus-bra", { root });
    const foldOf = new Map(folds[0]!.folds.flatMap(({ test }, index) => test.map((id) => [id, index] as const)));
    const [box, area] = measureShortcuts(records, inspections, foldOf);
    const rounded = ({ accuracy, auc }: NonNullable<typeof box>) =>
      [accuracy.mean, accuracy.deviation, auc!.mean, auc!.deviation].map((value) => value.toFixed(4));
    deepEqual(rounded(box!), ["0.8039", "0.0247", "0.8561", "0.0399"]);
    deepEqual(rounded(area!), ["0.7139", "0.0128", "0.7489", "0.0240"]);
  });
});
