import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { appendFileSync, copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { keepFolds, readImages } from "../../lib/tabular/folds";
import { readProtocol } from "../../lib/tabular/protocol";
import { temporaryFolder } from "../helpers/temporary";
import { writeTinySet } from "../validate/helpers";
import { writeProtocol } from "./helpers";

describe("keepFolds(folder, protocol, root)", () => {
  const root = temporaryFolder();

  it("keeps the inner folds of the outer fold that is put aside, whole patients to one part, and who is who", async () => {
    writeTinySet(root.path);
    const folder = writeProtocol(join(root.path, "benchmark"));
    const {
      split: { folds },
    } = await keepFolds(folder, readProtocol(folder), root.path);
    const images = readImages(folder);
    equal(images.size, 24);
    equal(folds.length, 2);
    const patients = (ids: readonly string[]) => new Set(ids.map((id) => images.get(id)!.patient));
    for (const { train, validation, test } of folds) {
      equal(train.length + validation.length + test.length, 24);
      deepEqual(test, folds[0]!.test);
      for (const [one, other] of [
        [train, validation],
        [train, test],
        [validation, test],
      ] as const)
        ok([...patients(one)].every((id) => !patients(other).has(id)));
    }
    deepEqual([...new Set(folds.flatMap(({ validation }) => validation))].length, 24 - folds[0]!.test.length);
  });

  it("refuses other images than those of the folds that are kept", async () => {
    writeTinySet(root.path);
    const folder = writeProtocol(join(root.path, "benchmark"));
    await keepFolds(folder, readProtocol(folder), root.path);
    const benign = join(root.path, "tiny", "benign");
    copyFileSync(join(benign, readdirSync(benign)[0]!), join(benign, "another.png"));
    appendFileSync(join(root.path, "tiny", "images.csv"), "another.png,stranger\n");
    await rejects(keepFolds(folder, readProtocol(folder), root.path), /is a split of other data/);
  });
});
