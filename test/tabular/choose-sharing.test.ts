import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { allFolds, chooseSharing, isWhole } from "../../lib/tabular/choose-sharing";
import { wholeBenchmark } from "./replay-example";

describe("chooseSharing(table, set, random)", function () {
  this.timeout(30_000);
  const random = createRandom(1);

  it("takes the way of sharing that orders networks beyond their size, where one does by .1", () => {
    const { chosen, confirms } = chooseSharing(wholeBenchmark(), "shape", random)!;
    equal(chosen.score, "worth");
    equal(confirms, chosen.partial >= 0.1);
    ok(chosen.partial > 0.1, String(chosen.partial));
    const { shared } = wholeBenchmark();
    const chance = shared.map((score) => ({ ...score, area: 0.5 + ((score.place * 7 + score.fold) % 24) / 100 }));
    equal(chooseSharing(wholeBenchmark({ shared: chance }), "shape", random)!.confirms, false);
  });

  it("chooses nothing by a part of the labels or of the scores", () => {
    const { rows, shared } = wholeBenchmark();
    const without = rows.filter(({ set, place, fold }) => !(set === "shape" && place === 7 && fold === 3));
    equal(chooseSharing(wholeBenchmark({ rows: without }), "shape", random), null);
    equal(chooseSharing(wholeBenchmark({ rows: [] }), "shape", random), null);
    const fewer = shared.filter(({ variant, fold }) => variant !== "chance" || fold !== 2);
    equal(chooseSharing(wholeBenchmark({ shared: fewer }), "shape", random), null);
    equal(chooseSharing(wholeBenchmark(), "macro", random), null);
  });
});

describe("isWhole(table, set)", () => {
  it("is so where each network of the set was trained on all inner folds", () => {
    const table = wholeBenchmark();
    deepEqual(allFolds(table.protocol), [1, 2, 3, 4, 5]);
    ok(isWhole(table, "shape"));
    const { rows } = table;
    ok(!isWhole({ ...table, rows: rows.filter(({ place }) => place !== 3) }, "shape"));
    ok(!isWhole({ ...table, rows: [] }, "shape"));
  });
});
