import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { busBra } from "../../../lib/data/sets/bus-bra";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const header = "ID,Case,Histology,Pathology,BIRADS,Device,Width,Height,Side,BBOX";
const own = () => join(folder.path, "BUSBRA");

/** Writes a set of three images of two patients, in two folds. */
function makeSet(rows?: string[]) {
  mkdirSync(own(), { recursive: true });
  for (const [index, id] of ["0001-l", "0001-r", "0002-s"].entries()) {
    writePicture(join(own(), "Images", `bus_${id}.png`), texture(index));
    writePicture(join(own(), "Masks", `mask_${id}.png`), rectangle(4, 6, 11, 9));
  }
  const table = rows ?? [
    'bus_0001-l,1,fibroadenoma,benign,3,GE Logiq 5 @10-12MHz,40,30,left,"[5,7,10,8]"',
    'bus_0001-r,1,fibroadenoma,benign,3,GE Logiq 5 @10-12MHz,40,30,right,"[5,7,10,8]"',
    'bus_0002-s,2,invasive ductal carcinoma,malignant,5,Toshiba Aplio 300 @12-14 MHz,40,30,single,"[5,7,10,8]"',
  ];
  writeFileSync(join(own(), "bus_data.csv"), [header, ...table].join("\n"));
}

describe("BUS-BRA", () => {
  it("is found in the folder that its archive makes", () => {
    makeSet();
    equal(busBra.recognise(folder.path), own());
  });

  it("gives all that its table knows, the box counted from 0 and as wide as it is", async () => {
    makeSet();
    const { records, findings } = await busBra.list(own());
    deepEqual(findings, []);
    deepEqual(records[2], {
      id: "bus_0002-s",
      image: { kind: "file", path: join(own(), "Images", "bus_0002-s.png") },
      masks: [{ kind: "file", path: join(own(), "Masks", "mask_0002-s.png") }],
      label: "malignant",
      patient: "2",
      box: { left: 4, top: 6, width: 11, height: 9 },
      statedSize: { width: 40, height: 30 },
      birads: "5",
      device: "Toshiba Aplio 300",
      side: "single",
      histology: "invasive ductal carcinoma",
      verification: "biopsy",
    });
  });

  it("reads its folds, where NaN and empty both mean test", async () => {
    makeSet();
    const folds = ["ID,Pathology,kFold,valid_1,valid_2,valid_3,valid_4,valid_5"];
    folds.push("bus_0001-l,benign,1,NaN,1,1,0,1", "bus_0001-r,benign,1,,0,1,1,1", "bus_0002-s,malignant,2,1,NaN,1,1,1");
    writeFileSync(join(own(), "5-fold-cv.csv"), folds.join("\n"));
    const { folds: found } = await busBra.list(own());
    equal(found[0]!.name, "5-fold");
    deepEqual(found[0]!.folds[0], { train: ["bus_0002-s"], validation: [], test: ["bus_0001-l", "bus_0001-r"] });
    deepEqual(found[0]!.folds[1], { train: ["bus_0001-l"], validation: ["bus_0001-r"], test: ["bus_0002-s"] });
  });

  it("takes folds that do not cover all images for an error", async () => {
    makeSet();
    writeFileSync(
      join(own(), "5-fold-cv.csv"),
      "ID,Pathology,kFold,valid_1,valid_2,valid_3,valid_4,valid_5\nbus_0001-l,benign,2,NaN,1,1,1,1",
    );
    const { folds, findings } = await busBra.list(own());
    deepEqual(folds, []);
    equal(findings[0]!.check, "folds that cannot be used");
    match(findings[0]!.message, /column valid_1 names/);
  });

  it("tells of a label that is none, a box that is none, a missing mask and an image without a row", async () => {
    makeSet(['bus_0001-l,1,x,malign,3,GE,40,30,left,"[5,7,10,8]"', "bus_0001-r,1,x,benign,3,GE,40,30,left,[5;7]"]);
    rmSync(join(own(), "Masks", "mask_0001-r.png"));
    const { records, findings } = await busBra.list(own());
    deepEqual(records, []);
    deepEqual(
      findings.map(({ severity, check, images }) => [severity, check, images]),
      [
        ["error", "row that cannot be used", ["bus_0001-l"]],
        ["error", "row that cannot be used", ["bus_0001-r"]],
        ["warning", "image without a row", []],
        ["warning", "mask without a row", []],
      ],
    );
    match(findings[1]!.message, /row 3: BBOX is "\[5;7\]", expected four numbers/);
  });

  it("refuses a table without a column that it needs, and names it", async () => {
    makeSet();
    writeFileSync(join(own(), "bus_data.csv"), "ID,Case\nbus_0001-l,1");
    await rejects(busBra.list(own()), /bus_data\.csv.*Pathology/s);
  });
});
