import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { ImageRecord } from "../../lib/data/records/record";
import { agreementOf } from "../../lib/segment/mask-agreement";
import type { Outline } from "../../lib/segment/outline";
import { outlineRow, writeOutlineTable } from "../../lib/segment/outline-rows";
import { recordedPairs } from "../helpers/blobs";
import { temporaryFolder } from "../helpers/temporary";
import { rowOf } from "./helpers";

const { found: mask, expert } = recordedPairs[0]!;
const record: ImageRecord = {
  ...{ id: "a", label: "malignant", patient: "7", device: "A", pixelSize: 0.5 },
  ...{ image: { kind: "file", path: "a.png" }, masks: [] },
};
const outline: Outline = { mask, box: null, expectedDice: 0.8, others: 1 };
const nothing: Outline = { mask: null, box: null, expectedDice: 0, others: 0 };

describe("outlineRow(record, fold, outline, expert)", () => {
  it("says how an outline agrees with the expert's, in millimetres too where pixels have a size", () => {
    const { agreement, ...row } = outlineRow(record, "fold 2", outline, expert);
    deepEqual(row, {
      ...{ id: "a", patient: "7", label: "malignant", device: "A", fold: "fold 2" },
      ...{ found: true, expectedDice: 0.8, others: 1 },
    });
    const { hausdorff95, ...others } = agreementOf(mask, expert);
    const lesionShare = expert.pixels.reduce((sum, one) => sum + one, 0) / (40 * 30);
    deepEqual(agreement, { lesionShare, ...others, hausdorff95, hausdorff95Millimetres: hausdorff95! / 2 });
    const { pixelSize: _, ...unscaled } = record;
    equal(outlineRow(unscaled, "fold 2", outline, expert).agreement!.hausdorff95Millimetres, null);
  });

  it("knows nothing of agreement without an expert, and no distance of nothing", () => {
    const { patient: _, device: __, ...bare } = record;
    const row = outlineRow(bare, "fold 1", outline, null);
    deepEqual([row.agreement, row.patient, row.device], [null, null, null]);
    const { agreement, found } = outlineRow(record, "fold 1", nothing, expert);
    deepEqual(
      [found, agreement!.dice, agreement!.hausdorff95, agreement!.hausdorff95Millimetres],
      [false, 0, null, null],
    );
  });
});

describe("writeOutlineTable(path, rows)", () => {
  const folder = temporaryFolder();

  it("writes a row an image, empty where nothing is known", () => {
    const path = join(folder.path, "outlines.csv");
    writeOutlineTable(path, [rowOf("a", 1 / 3), rowOf("b", 0, { agreement: null, patient: null })]);
    const [head, first, second] = readFileSync(path, "utf8").split("\n");
    ok(head!.startsWith("id,patient,label,device,fold,found,expected Dice,others,lesion share,Dice,IoU"));
    equal(first, "a,patient of a,benign,,fold 1,1,0.333333,0,0.1,0.333333,0.2,6.66667,,0.333333");
    equal(second, "b,,benign,,fold 1,0,0,0,,,,,,");
  });
});
