import { deepEqual, equal, match, rejects } from "node:assert/strict";

import { Problem } from "../../../lib/runtime/problem";
import { listSet, listSetForReport } from "../../../lib/data/sets/list-set";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";

const set = makePhantomSet({ count: 3, size: 16, seed: 1 });

describe("listSet(set, folder)", () => {
  it("keeps each name once, and tells of the other", async () => {
    const { records } = await set.list("");
    const doubled = {
      ...set,
      list: () => Promise.resolve({ records: [...records, records[1]!], findings: [], folds: [] }),
    };
    const listing = await listSet(doubled, "");
    deepEqual(listing.records, records);
    deepEqual(
      listing.findings.map(({ severity, images }) => [severity, images]),
      [["error", ["phantom-0002"]]],
    );
  });
});

describe("listSetForReport(set, folder)", () => {
  it("makes a finding of a table that cannot be read, which stops a load", async () => {
    const broken = { ...set, list: () => Promise.reject(new Problem("list.csv has no column ID.", "Add it.")) };
    await rejects(listSet(broken, ""), /list\.csv has no column ID/);
    const { records, findings } = await listSetForReport(broken, "");
    equal(records.length, 0);
    match(findings[0]!.message, /list\.csv has no column ID\./);
  });

  it("does not hide what is no problem of the data", async () => {
    await rejects(listSetForReport({ ...set, list: () => Promise.reject(new TypeError("a defect")) }, ""), /a defect/);
  });
});
