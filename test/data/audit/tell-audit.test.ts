import { deepEqual, equal, ok } from "node:assert/strict";

import { auditSet } from "../../../lib/data/audit/audit";
import {
  tableOfCounts,
  tableOfDuplicates,
  tableOfGroups,
  tableOfLeaks,
  tableOfMarks,
  tableOfShortcuts,
  tellAudit,
} from "../../../lib/data/audit/tell-audit";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { captureBundles } from "../../helpers/capture";

describe("tellAudit(audit)", () => {
  const shown = captureBundles();
  const audited = auditSet(makePhantomSet({ count: 14, size: 32, seed: 2 }), { cacheFolder: null });

  it("says first of phantoms that they are synthetic", async () => {
    tellAudit(await audited);
    ok(shown.all()[0]!["text/plain"].includes("SYNTHETIC"));
  });

  it("has a row for each class and one for all", async () => {
    const rows = tableOfCounts(await audited);
    deepEqual(
      rows.map((row) => row.class),
      ["benign", "malignant", "all"],
    );
    equal(rows[2]!.images, 14);
    equal(rows[2]!.share, "100.0 %");
  });

  it("counts by device, with the share that is malignant", async () => {
    const rows = tableOfGroups(await audited);
    ok(rows.every(({ by, value }) => by === "device" && String(value).startsWith("Phantom ")));
    const images = rows.reduce((sum, row) => sum + (row.benign as number) + (row.malignant as number), 0);
    equal(images, 14);
  });

  it("tells groups that look alike in words", async () => {
    const audit = await audited;
    const groupsOf = (groups: readonly { readonly images: readonly string[] }[]) =>
      tableOfDuplicates({ ...audit, groups } as typeof audit).find(({ what }) => what === "groups")!;
    deepEqual(groupsOf([]), { what: "groups", count: 14, detail: "each image by itself" });
    const detail = "10 of one image, 2 of 2 images";
    deepEqual(groupsOf([{ images: ["a", "b"] }, { images: ["c", "d"] }]), { what: "groups", count: 12, detail });
  });

  it("tells shares of what is burned in", async () => {
    deepEqual(
      tableOfMarks(await audited).map(({ what }) => what),
      ["calipers", "text", "colour", "any of these, benign", "any of these, malignant"],
    );
  });
});

describe("tableOfLeaks(leaks)", () => {
  it("gives an example of each: an image, a patient, or a pair", () => {
    const leak = {
      split: "s",
      fold: 1,
      parts: "train and test" as const,
      patients: [],
      identical: [],
      similar: [],
      images: [],
    };
    const rows = tableOfLeaks([
      { ...leak, images: ["a"] },
      { ...leak, patients: ["7"] },
      { ...leak, similar: [["a", "b"]] },
    ]);
    deepEqual(
      rows.map((row) => row["for example"]),
      ["a", "patient 7", "a and b"],
    );
  });
});

describe("tableOfShortcuts(shortcuts)", () => {
  it("has the strongest first, and a dash where the area is not defined", () => {
    const mean = (value: number) => ({ mean: value, deviation: 0.01, folds: 5 });
    const rows = tableOfShortcuts([
      { name: "none", images: 9, majority: mean(0.5), accuracy: mean(0.5), auc: null },
      { name: "weak", images: 9, majority: mean(0.5), accuracy: mean(0.6), auc: mean(0.6) },
      { name: "strong", images: 9, majority: mean(0.5), accuracy: mean(0.8), auc: mean(0.9) },
    ]);
    deepEqual(
      rows.map((row) => [row["looking at"], row.AUC]),
      [
        ["strong", "0.900 ± 0.010"],
        ["weak", "0.600 ± 0.010"],
        ["none", null],
      ],
    );
  });
});
