import { deepEqual } from "node:assert/strict";

import { tuningTable } from "../../lib/study/tuning-table";

describe("tuningTable(models)", () => {
  const [slow, fast] = [0.01, 0.1].map((rate) => ({ rate, decay: 0, augment: "none" as const }));

  it("has a row for each model, fold and recipe, and says which was chosen", () => {
    const judged = [
      { recipe: slow!, score: 0.7 },
      { recipe: fast!, score: -Infinity },
    ];
    const tuned = { model: "CNN3", recipes: 2, seconds: 3, folds: [{ fold: "fold 1", judged, chosen: slow! }] };
    deepEqual(tuningTable([{ tuned }, { tuned: null }, {}]), [
      { model: "CNN3", fold: "fold 1", recipe: "rate 0.01, decay 0, none", validation: 0.7, chosen: "chosen" },
      { model: "CNN3", fold: "fold 1", recipe: "rate 0.1, decay 0, none", validation: null, chosen: null },
    ]);
  });

  it("is empty where nothing was tuned", () => {
    deepEqual(tuningTable([{}, { tuned: null }]), []);
  });
});
