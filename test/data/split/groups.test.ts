import { deepEqual, equal, throws } from "node:assert/strict";

import { groupRecords, sortGroups } from "../../../lib/data/split/groups";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, record } from "./random-records";

const idsOf = (groups: ReturnType<typeof groupRecords>) => groups.map(({ ids }) => ids.join(" "));

describe("groupRecords(records, nearDuplicates)", () => {
  it("keeps the images of a patient together, and leaves images without one alone", () => {
    const groups = groupRecords([record("a", "benign", "7"), record("7"), record("b", "benign", "7"), record("c")]);
    deepEqual(idsOf(groups), ["a b", "7", "c"]);
    deepEqual(
      groups.map(({ name }) => name),
      ["patient 7", "image 7", "image c"],
    );
  });

  it("joins near duplicates, also through patients and other lists", () => {
    const records = [
      record("a", "benign", "1"),
      record("b", "benign", "2"),
      record("c", "benign", "2"),
      record("d"),
      record("e"),
      record("f"),
    ];
    const groups = groupRecords(records, [
      ["a", "b"],
      ["d", "c"],
      ["e", "e"],
    ]);
    deepEqual(idsOf(groups), ["a b c d", "e", "f"]);
    equal(groups[0]!.name, "patient 1 and 2 more");
  });

  it("gives the same as a search through all links", () => {
    const random = createRandom(5);
    for (let round = 0; round < 20; round++) {
      const records = randomRecords(random, { patients: 30, malignant: 0.3, most: 3 });
      const lists = Array.from({ length: 12 }, () =>
        Array.from({ length: random.integer(1, 3) }, () => random.choice(records).id),
      );
      const groups = groupRecords(records, lists);
      const links = [
        ...lists,
        ...records.map(({ patient }) => records.filter((one) => one.patient === patient).map(({ id }) => id)),
      ];
      for (const { id } of records) {
        const reached = new Set([id]);
        for (let before = 0; before < reached.size;) {
          before = reached.size;
          for (const list of links) if (list.some((one) => reached.has(one))) list.forEach((one) => reached.add(one));
        }
        deepEqual(new Set(groups.find(({ ids }) => ids.includes(id))!.ids), reached);
      }
    }
  });

  it("passes over near duplicates that are not there, and still joins the others of their list", () => {
    deepEqual(idsOf(groupRecords([record("a"), record("b")], [["a", "gone", "b"], ["gone"], []])), ["a b"]);
  });

  it("counts a group of two classes as that of most of its images, malignant in a tie, and says so", () => {
    const groups = groupRecords([
      record("a", "benign", "1"),
      record("b", "malignant", "1"),
      record("c", "benign", "2"),
      record("d", "benign", "2"),
      record("e", "malignant", "2"),
      record("f", "normal", "3"),
    ]);
    deepEqual(
      groups.map(({ label, mixed }) => [label, mixed]),
      [
        ["malignant", true],
        ["benign", true],
        ["normal", false],
      ],
    );
    deepEqual(groups[1]!.counts, { benign: 2, malignant: 1 });
  });

  it("refuses two records of the same id", () => {
    throws(() => groupRecords([record("a"), record("b"), record("a")]), {
      name: "Problem",
      message: /have the id "a"/,
    });
  });
});

describe("sortGroups(groups)", () => {
  it("gives one order, whatever that of the records", () => {
    const records = randomRecords(createRandom(1), { patients: 20, malignant: 0.5, most: 3 });
    const names = (list: typeof records) => sortGroups(groupRecords(list)).map(({ name }) => name);
    deepEqual(names(records), names([...records].reverse()));
  });
});
