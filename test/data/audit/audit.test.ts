import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { auditSet } from "../../../lib/data/audit/audit";
import { summariseAudit } from "../../../lib/data/audit/summary";
import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { createRandom } from "../../../lib/runtime/random";
import { rectangle, writePicture, type Levels } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const own = (...parts: string[]) => join(folder.path, "Dataset_BUSI_with_GT", ...parts);

/** Different images, as gray levels of 64 × 64 pixels. */
const scenes = generatePhantoms({ count: 21, size: 64, random: createRandom(6) })
  .filter(({ view }) => view === 1)
  .map(
    ({ pixels }): Levels =>
      (column, row) =>
        Math.round(255 * pixels[Math.max(0, Math.min(63, row)) * 64 + Math.max(0, Math.min(63, column))]!),
  );

function write(label: string, number: number, levels: Levels, channels: 1 | 3 | 4 = 3) {
  writePicture(own(label, `${label} (${number}).png`), levels, { width: 64, height: 64, channels });
  writePicture(
    own(label, `${label} (${number})_mask.png`),
    label === "normal" ? () => 0 : rectangle(20, 20, 12 + number, 10),
    { width: 64, height: 64 },
  );
}

/** A set with the faults of BUSI: one picture in both classes, near duplicates, a group with two labels. */
function makeBusi() {
  write("benign", 433, scenes[0]!);
  write("malignant", 145, scenes[0]!, 4);
  write("benign", 1, scenes[1]!);
  write("benign", 2, (column, row) => Math.min(255, scenes[1]!(column, row) + 8));
  write("malignant", 7, scenes[2]!);
  write("normal", 3, (column, row) => Math.round(20 + 0.8 * scenes[2]!(column, row)));
  write("benign", 4, scenes[3]!);
  write("malignant", 8, scenes[4]!);
  write("malignant", 9, scenes[5]!);
}
const audit = async () => summariseAudit(await auditSet("BUSI", { root: folder.path, cacheFolder: null }));

describe("auditSet(nameOrSet, options)", () => {
  it("finds the picture in both classes, the near duplicates, and the groups with two labels", async () => {
    makeBusi();
    const { duplicates, counts, findings } = await audit();
    deepEqual(counts.byLabel, { benign: 4, malignant: 4, normal: 1 });
    deepEqual(duplicates.identical, [["benign (433)", "malignant (145)"]]);
    deepEqual(duplicates.identicalContradictions, ["benign (433) (benign) = malignant (145) (malignant)"]);
    deepEqual([duplicates.pairs, duplicates.groups, duplicates.groupSizes], [3, 6, { "1": 3, "2": 3 }]);
    deepEqual(
      duplicates.contradictoryGroups.map((group) => group.map(({ id, label }) => `${id} ${label}`)),
      [
        ["benign (433) benign", "malignant (145) malignant"],
        ["malignant (7) malignant", "normal (3) normal"],
      ],
    );
    ok(findings.some(({ severity, check }) => severity === "error" && check === "one image in two classes"));
  });

  it("reports what is wrong with files, and goes on", async () => {
    makeBusi();
    writeFileSync(own("benign", "benign (4).png"), readFileSync(own("benign", "benign (4).png")).subarray(0, 900));
    copyFileSync(own("normal", "normal (3)_mask.png"), own("malignant", "malignant (8)_mask.png"));
    writePicture(own("malignant", "malignant (9)_mask.png"), rectangle(1, 1, 5, 5), { width: 32, height: 64 });
    const { findings, counts } = await audit();
    equal(counts.images, 9);
    deepEqual(
      findings
        .filter(({ severity }) => severity === "error")
        .map(({ check, images }) => `${check}: ${images.join()}`)
        .sort(),
      [
        "image that cannot be read: benign (4)",
        "mask of another size: malignant (9)",
        "mask without a lesion: malignant (8)",
        "one image in two classes: benign (433),malignant (145)",
      ],
    );
  });

  it("finds what leaks across a split that is given, and names that are not in the set", async () => {
    makeBusi();
    const split = {
      name: "mine",
      folds: [
        {
          train: ["benign (1)", "malignant (7)", "benign (99)"],
          validation: [],
          test: ["benign (2)", "malignant (8)"],
        },
      ],
    };
    const { leaks, findings } = await auditSet("busi", { root: folder.path, cacheFolder: null, splits: [split] });
    deepEqual(
      leaks.map(({ split: name, parts, similar }) => [name, parts, similar]),
      [["mine", "train and test", [["benign (1)", "benign (2)"]]]],
    );
    match(
      findings.find(({ check }) => check === "split of other images")!.message,
      /names 1 images that are not in the set, "benign \(99\)"/,
    );
    match(findings.find(({ check }) => check === "split without some images")!.message, /leaves out 5 of 9/);
  });

  it("refuses a split of which no image is known: nothing of it would be checked", async () => {
    makeBusi();
    const names = (...numbers: number[]) => numbers.map((number) => `benign/benign (${number})`);
    const split = { name: "torn.csv", folds: [{ train: names(1, 2), validation: names(3), test: names(4) }] };
    await rejects(
      auditSet("busi", { root: folder.path, cacheFolder: null, splits: [split] }),
      /The split torn\.csv names 4 images, "benign\/benign \(1\)" first, and none of them is in BUSI.*nothing of it can be checked/,
    );
  });

  it("counts marks and measures shortcuts on phantoms that have them", async () => {
    const set = makePhantomSet({ count: 30, size: 256, marks: 0.5, marksBias: 1, malignant: 0.5, seed: 2 });
    const { marks, shortcuts, shortcutFolds } = await auditSet(set, { cacheFolder: null });
    ok(marks.byLabel.malignant! > 3 * (marks.byLabel.benign ?? 0), JSON.stringify(marks));
    equal(shortcutFolds, "5 folds by patient and near duplicates");
    ok(shortcuts.find(({ name }) => name.startsWith("calipers"))!.auc!.mean > 0.8);
  });

  it("reports a table without a column, and an empty folder, and goes on", async () => {
    const busBra = join(folder.path, "BUSBRA");
    mkdirSync(busBra, { recursive: true });
    writeFileSync(join(busBra, "bus_data.csv"), "ID,Case\nbus_0001-l,1\n");
    const report = await auditSet("bus-bra", { root: folder.path, cacheFolder: null });
    equal(report.records.length, 0);
    match(report.findings[0]!.message, /bus_data\.csv.*Pathology/s);
    for (const label of ["benign", "malignant"]) mkdirSync(join(folder.path, "empty", label), { recursive: true });
    const empty = summariseAudit(await auditSet("empty", { root: folder.path, cacheFolder: null }));
    deepEqual([empty.counts.images, empty.duplicates.groups, empty.shortcuts.measured], [0, 0, []]);
  });

  it("says where a set is missing", async () => {
    await rejects(auditSet("oasbud", { root: folder.path }), /was not found/);
    equal(existsSync(own()), false);
  });
});
