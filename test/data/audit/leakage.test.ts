import { deepEqual } from "node:assert/strict";

import { findLeaks } from "../../../lib/data/audit/leakage";
import type { ImageRecord } from "../../../lib/data/records/record";

const record = (id: string, patient?: string): ImageRecord => ({
  id,
  label: "benign",
  image: { kind: "file", path: id },
  masks: [],
  ...(patient !== undefined && { patient }),
});
const pair = (first: string, second: string, identical = false) => ({
  first,
  second,
  identical,
  correlation: 0.97,
  difference: 0.01,
});
const split = (train: string[], validation: string[], test: string[]) => ({
  name: "5-fold",
  folds: [{ train, validation, test }],
});

describe("findLeaks(split, records, pairs)", () => {
  it("finds a patient on both sides, between every two parts", () => {
    const records = [record("a", "1"), record("b", "1"), record("c", "1"), record("d", "2")];
    deepEqual(
      findLeaks(split(["a", "d"], ["b"], ["c"]), records, []).map(({ fold, parts, patients }) => [
        fold,
        parts,
        patients,
      ]),
      [
        [1, "train and validation", ["1"]],
        [1, "train and test", ["1"]],
        [1, "validation and test", ["1"]],
      ],
    );
  });

  it("finds identical and similar images on both sides, the image of the first part first", () => {
    const records = ["a", "b", "c", "d"].map((id) => record(id));
    const [leak] = findLeaks(split(["b", "d"], [], ["a", "c"]), records, [
      pair("a", "b", true),
      pair("c", "d"),
      pair("b", "d"),
    ]);
    deepEqual([leak!.identical, leak!.similar, leak!.patients], [[["b", "a"]], [["d", "c"]], []]);
  });

  it("finds an image that stands in two parts", () => {
    deepEqual(findLeaks(split(["a"], [], ["a"]), [record("a")], [])[0]!.images, ["a"]);
  });

  it("finds nothing in a clean split, where images have no patients, or a patient has all hers in one part", () => {
    const records = [record("a", "1"), record("b", "1"), record("c"), record("d")];
    deepEqual(findLeaks(split(["a", "b"], ["c"], ["d"]), records, [pair("a", "b")]), []);
  });
});
