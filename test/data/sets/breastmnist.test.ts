import { deepEqual, equal, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { auditSet } from "../../../lib/data/audit/audit";
import { summariseAudit } from "../../../lib/data/audit/summary";
import { breastMnist } from "../../../lib/data/sets/breastmnist";
import { makeNumpyArchive } from "../../helpers/numpy";
import { rootWith } from "../../helpers/shared-data";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const [small] = breastMnist;

/** Writes a set of two training images and one each for validation and test. */
function makeSet(labels: number[]) {
  const images = (count: number) => ({
    shape: [count, 28, 28],
    data: Uint8Array.from({ length: count * 784 }, (_, index) => (index * 31) % 251),
  });
  const classes = (from: number, to: number) => ({ shape: [to - from, 1], data: labels.slice(from, to) });
  const arrays = {
    train_images: images(2),
    train_labels: classes(0, 2),
    val_images: images(1),
    val_labels: classes(2, 3),
    test_images: images(1),
    test_labels: classes(3, 4),
  };
  writeFileSync(join(folder.path, "breastmnist.npz"), makeNumpyArchive(arrays));
}

describe("BreastMNIST", () => {
  it("takes 0 for malignant and 1 for benign, and gives each image its part", async () => {
    makeSet([0, 1, 1, 0]);
    const { records, findings } = await small!.list(small!.recognise(folder.path)!);
    deepEqual(findings, []);
    deepEqual(
      records.map(({ id, label, part }) => [id, label, part]),
      [
        ["train[0]", "malignant", "train"],
        ["train[1]", "benign", "train"],
        ["val[0]", "benign", "validation"],
        ["test[0]", "malignant", "test"],
      ],
    );
  });

  it("refuses a label that is neither, and images of another size than the name says", async () => {
    makeSet([0, 2, 1, 0]);
    await rejects(small!.list(folder.path), /the label of train\[1\] is 2, expected 0 \(malignant\) or 1/);
    writeFileSync(
      join(folder.path, "breastmnist_64.npz"),
      makeNumpyArchive({
        train_images: { shape: [1, 28, 28], data: new Uint8Array(784) },
        train_labels: { shape: [1, 1], data: [1] },
      }),
    );
    await rejects(breastMnist[1]!.list(folder.path), /holds train_images \[1, 28, 28\].*expected \[n, 64, 64\]/);
  });

  it("comes in four sizes, the smallest under its plain name", () => {
    deepEqual(
      breastMnist.map(({ name, aliases }) => [name, ...aliases]),
      [["breastmnist-28", "breastmnist"], ["breastmnist-64"], ["breastmnist-128"], ["breastmnist-224"]],
    );
  });

  it("is found by the audit to have one picture in training and test, with both labels", async function () {
    const root = rootWith(this, "breastmnist");
    const { counts, duplicates, leakage } = summariseAudit(await auditSet("BreastMNIST", { root }));
    deepEqual(counts.byPart, {
      test: { benign: 114, malignant: 42 },
      train: { benign: 399, malignant: 147 },
      validation: { benign: 57, malignant: 21 },
    });
    deepEqual(duplicates.identicalContradictions, ["train[115] (malignant) = test[76] (benign)"]);
    const [leak] = leakage.leaks.filter(({ parts }) => parts === "train and test");
    deepEqual(leak!.identical, [["train[115]", "test[76]"]]);
    equal(leak!.similar.length > 50, true);
  });
});
