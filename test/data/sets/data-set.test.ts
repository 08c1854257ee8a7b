import { deepEqual, ok } from "node:assert/strict";

import type { DataSet } from "../../../lib/data/sets/data-set";
import { dataSets } from "../../../lib/data/sets/registry";

describe("a data set", () => {
  it("says how it is had, by one of five ways", () => {
    const ways: DataSet["access"]["kind"][] = ["download", "by hand", "on request", "own files", "built in"];
    ok(dataSets.every(({ access }) => ways.includes(access.kind)));
  });

  it("expects the counts that its publication states", () => {
    const totals = dataSets.flatMap(({ name, expected }) =>
      expected === null ? [] : [[name, Object.values(expected.images).reduce((sum, count) => sum + count, 0)] as const],
    );
    deepEqual(Object.fromEntries(totals), {
      "bus-bra": 1875,
      busi: 780,
      "breast-lesions-usg": 256,
      "breastmnist-28": 780,
      "breastmnist-64": 780,
      "breastmnist-128": 780,
      "breastmnist-224": 780,
      udiat: 163,
      oasbud: 200,
      "mendeley-250": 250,
      "bus-uclm": 683,
    });
  });
});
