import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { leaveOneOut, type LeaveOutRecord } from "../../../lib/data/split/leave-out";
import { Problem } from "../../../lib/runtime/problem";

const source = { dataset: "made up", dataHash: "0".repeat(64) };

/** Patients with two views each, by device; every second is malignant. */
const of = (device: string | undefined, patients: number): LeaveOutRecord[] =>
  Array.from({ length: 2 * patients }, (_, index) => {
    const patient = `${device} ${Math.floor(index / 2)}`;
    const label = Math.floor(index / 2) % 2 === 0 ? "benign" : "malignant";
    return { id: `${patient} ${index % 2}`, patient, label, ...(device === undefined ? {} : { device }) };
  });

const records = [...of("Toshiba", 20), ...of("GE", 30), ...of("U-Systems", 8), ...of(undefined, 6)];
const idsOf = (device: string | undefined) =>
  records.flatMap((record) => (record.device === device ? [record.id] : []));

describe("leaveOneOut(records, source, options)", () => {
  it("tests each device with enough patients by networks that have seen no image of it", () => {
    const { folds, name, kind } = leaveOneOut(records, source, { by: "device" });
    deepEqual([name, kind], ["one device left out", "leave-one-out"]);
    deepEqual(
      folds.map((fold) => fold.name),
      ["device GE", "device Toshiba"],
    );
    for (const { name: of, train, validation, test } of folds) {
      deepEqual(test, idsOf(of.slice("device ".length)));
      deepEqual([...train, ...validation, ...test].sort(), records.map(({ id }) => id).sort());
      // Too few patients, or not recorded: always learned from.
      for (const id of [...idsOf("U-Systems"), ...idsOf(undefined)]) ok(!test.includes(id));
      ok(validation.length > 0.15 * (train.length + validation.length));
    }
  });

  it("learns from no other image of a patient whom it tests, nor from near duplicates of them", () => {
    const twice: LeaveOutRecord = { id: "moved", patient: "GE 0", label: "benign", device: "Toshiba" };
    const like = of("Toshiba", 20)[6]!.id;
    const all = [...records, twice];
    const { folds } = leaveOneOut(all, source, { by: "device", nearDuplicates: [[like, of("GE", 30)[8]!.id]] });
    const [ge, toshiba] = folds;
    const learned = (fold: typeof ge) => [...fold!.train, ...fold!.validation];
    ok(toshiba!.test.includes("moved") && !ge!.test.includes("moved"));
    equal(learned(ge).includes("moved"), false);
    equal(learned(toshiba).includes("GE 0 0"), false);
    equal(learned(ge).includes(like), false);
    equal(learned(ge).length, all.length - ge!.test.length - 1 - 2);
  });

  it("draws the same of the same seed, and takes fewer patients where that is asked for", () => {
    const options = { by: "device", seed: 3, least: 2 } as const;
    const split = leaveOneOut(records, source, options);
    equal(split.folds.length, 3);
    deepEqual(leaveOneOut(records, source, options), split);
  });

  it("says where nothing is recorded, or too little, with the numbers", () => {
    for (const [given, by, expected] of [
      [records, "side", /the set records none/],
      [
        [...of("GE", 30), ...of("Toshiba", 8)],
        "device",
        /1 of 2 have 5 patients of each class: GE \(15\), Toshiba \(4\)/,
      ],
    ] as const)
      throws(
        () => leaveOneOut(given, source, { by }),
        (error: unknown) => error instanceof Problem && expected.test(error.what),
      );
  });
});
