import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { assignGroups } from "../../../lib/data/split/assign-groups";
import { groupRecords, type Group } from "../../../lib/data/split/groups";
import { labels } from "../../../lib/data/records/record";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, record } from "./random-records";

const equalParts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `part ${index + 1}`, share: 1 / count }));

const countIn = (groups: readonly Group[], label: (typeof labels)[number]) =>
  groups.reduce((sum, { counts }) => sum + (counts[label] ?? 0), 0);

describe("assignGroups(groups, parts, random)", () => {
  it("puts each group into one part, and comes as close to the shares as the largest group allows", () => {
    const random = createRandom(2);
    for (let round = 0; round < 60; round++) {
      const mixed = round % 3 === 0 ? 0.1 : 0;
      const patients = random.integer(40, 200);
      const most = random.integer(1, 5);
      const groups = groupRecords(
        randomRecords(random, { patients, malignant: random.uniform(0.3, 0.5), most, mixed }),
      );
      const parts =
        round % 2 === 0
          ? equalParts(random.integer(2, 6))
          : [0.6, 0.25, 0.15].map((share, index) => ({ name: `${index}`, share }));
      const assigned = assignGroups(groups, parts, random.split(round));
      deepEqual(new Set(assigned.flat()), new Set(groups));
      equal(assigned.flat().length, groups.length);
      for (const label of labels) {
        const largest = Math.max(...groups.map(({ counts }) => counts[label] ?? 0));
        assigned.forEach((part, index) => {
          const wanted = parts[index]!.share * countIn(groups, label);
          const found = countIn(part, label);
          ok(Math.abs(found - wanted) <= largest + 1e-9, `round ${round}: ${found} ${label}, wanted ${wanted}`);
        });
      }
    }
  });

  it("is off by less than one image where groups are single images", () => {
    const groups = groupRecords(randomRecords(createRandom(4), { patients: 97, malignant: 0.31, most: 1 }));
    const assigned = assignGroups(groups, equalParts(5), createRandom(1));
    for (const part of assigned) {
      ok(Math.abs(countIn(part, "malignant") - 31 / 5) < 1);
      ok(Math.abs(countIn(part, "benign") - 66 / 5) < 1);
      ok(Math.abs(part.length - 97 / 5) < 1, `${part.length} images`);
    }
  });

  it("gives every part at least one group of each class, however small its share", () => {
    const records = [
      ...Array.from({ length: 100 }, (_, index) => record(`b${index}`)),
      record("m1", "malignant"),
      record("m2", "malignant"),
    ];
    const parts = [
      { name: "large", share: 0.99 },
      { name: "small", share: 0.01 },
    ];
    const [large, small] = assignGroups(groupRecords(records), parts, createRandom(1));
    deepEqual([countIn(large!, "malignant"), countIn(small!, "malignant")], [1, 1]);
    ok(countIn(small!, "benign") >= 1);
  });

  it("does not give one part all large groups", () => {
    const records = randomRecords(createRandom(9), { patients: 200, malignant: 0.4, most: 2 });
    const parts = [
      { name: "train", share: 0.8 },
      { name: "test", share: 0.2 },
    ];
    const [train, test] = assignGroups(groupRecords(records), parts, createRandom(1));
    const pairs = (part: readonly Group[]) => part.filter(({ ids }) => ids.length === 2).length / part.length;
    ok(Math.abs(pairs(train!) - pairs(test!)) < 0.05, `${pairs(train!)} and ${pairs(test!)}`);
  });

  it("gives the same for the same seed in any order of groups, and something else for another", () => {
    const groups = groupRecords(randomRecords(createRandom(3), { patients: 50, malignant: 0.4, most: 3 }));
    const names = (list: readonly Group[], seed: number) =>
      assignGroups(list, equalParts(5), createRandom(seed)).map((part) => part.map(({ name }) => name).sort());
    deepEqual(names(groups, 1), names([...groups].reverse(), 1));
    ok(JSON.stringify(names(groups, 1)) !== JSON.stringify(names(groups, 2)));
  });

  it("refuses a class with fewer groups than parts, and names it with its counts", () => {
    const records = [
      ...Array.from({ length: 9 }, (_, index) => record(`b${index}`)),
      ...["x", "y", "z"].map((id) => record(id, "malignant", "1")),
      record("w", "malignant", "2"),
    ];
    throws(() => assignGroups(groupRecords(records), equalParts(3), createRandom(1)), {
      name: "Problem",
      message: /The class malignant has 2 groups .*\(4 images\) for 3 parts: part 1, part 2, part 3/,
    });
  });
});
