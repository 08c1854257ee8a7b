import { deepEqual, equal, match, throws } from "node:assert/strict";

import { busBra } from "../../../lib/data/sets/bus-bra";
import { findingIn, idIn, joinDataSets, recordIn } from "../../../lib/data/sets/joined-set";
import { listSet } from "../../../lib/data/sets/list-set";
import { locateDataSet, tryLocate } from "../../../lib/data/sets/locate";
import { phantomSet } from "../../../lib/data/sets/phantom-set";
import { findDataSet } from "../../../lib/data/sets/registry";
import { udiat } from "../../../lib/data/sets/udiat";
import { writeOtherSet } from "../../external/example";
import { temporaryFolder } from "../../helpers/temporary";

describe("joinDataSets(parts)", () => {
  const folder = temporaryFolder();

  it("names all of them with licence, citation and cautions of each", () => {
    const set = joinDataSets([busBra, udiat]);
    equal(set.name, "bus-bra+udiat");
    for (const { title, licence, citation, cautions } of [busBra, udiat]) {
      equal(set.licence.includes(`${title}: ${licence}`), true);
      equal(set.citation.includes(`${title}: ${citation}`), true);
      for (const caution of cautions) equal(set.cautions.includes(`${title}: ${caution}`), true);
    }
    match(set.cautions.at(-1)!, /Leave one set out at a time/);
    deepEqual([set.synthetic, set.expected], [false, null]);
  });

  it("refuses a set twice, and computed images beside those of patients", () => {
    throws(() => joinDataSets([busBra, udiat, busBra]), /The set bus-bra is named twice/);
    throws(() => findDataSet("bus-bra+BUSBRA"), /named twice/);
    throws(() => joinDataSets([phantomSet, udiat]), /beside images of patients/);
  });

  it("lists the images of all, each with its set in its name, its patient's and a column", async () => {
    writeOtherSet(folder.path, "here");
    writeOtherSet(folder.path, "there", { seed: 17, count: 20 });
    const set = findDataSet("here+there", folder.path);
    equal(locateDataSet(set, folder.path), folder.path);
    const { records, folds } = await listSet(set, folder.path);
    deepEqual([records.length, new Set(records.map(({ id }) => id)).size, folds], [60, 60, []]);
    deepEqual(new Set(records.map(({ set: own }) => own)), new Set(["here", "there"]));
    for (const { id, set: own, patient } of records)
      equal(id.startsWith(`${own!}/`) && patient!.startsWith(`${own!}/`), true);
  });

  it("is there where all of its sets are, and says which one is not", () => {
    writeOtherSet(folder.path, "here");
    throws(() => findDataSet("here+nowhere", folder.path), /no data set "nowhere"/);
    throws(() => findDataSet("here+", folder.path), /no data set ""/);
    const set = joinDataSets([findDataSet("here", folder.path), udiat]);
    equal(tryLocate(set, folder.path), null);
    throws(
      () => locateDataSet(set, folder.path),
      new RegExp(`${udiat.title}.* was not found`.replaceAll(/[()]/g, ".")),
    );
  });
});

describe("idIn(set, id), recordIn(set, record) and findingIn(set, finding)", () => {
  it("put the set before names, and leave the set's own division out", () => {
    equal(idIn("udiat", "000001"), "udiat/000001");
    const record = { id: "a", image: { kind: "file", path: "a" }, masks: [], label: "benign", part: "test" } as const;
    const { part: _, ...rest } = record;
    deepEqual(recordIn("x", record), { ...rest, id: "x/a", set: "x" });
    equal(recordIn("x", { ...record, patient: "7" }).patient, "x/7");
    const finding = { severity: "note", check: "c", images: ["a"], message: "It is odd." } as const;
    deepEqual(findingIn("x", finding), { ...finding, images: ["x/a"], message: "x: It is odd." });
  });
});
