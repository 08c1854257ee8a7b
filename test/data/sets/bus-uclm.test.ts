import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { busUclm } from "../../../lib/data/sets/bus-uclm";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("BUS-UCLM", () => {
  it("takes the patient from the file's name and the mask's colour from the label", async () => {
    const own = join(folder.path, "BUS-UCLM Breast ultrasound lesion segmentation dataset", "BUS-UCLM");
    mkdirSync(own, { recursive: true });
    for (const name of ["ALWI_000.png", "ALWI_001.png", "ANAT_000.png"]) {
      writePicture(join(own, "images", name), texture(1), { channels: 3 });
      writePicture(join(own, "masks", name), rectangle(2, 2, 5, 5), { channels: 3 });
    }
    writePicture(join(own, "images", "ZZZZ_000.png"), texture(1));
    writeFileSync(
      join(own, "INFO.csv"),
      "\ufeffImage;Doppler;Label;Marks\r\nALWI_000.png;No;Benign;No\r\nALWI_001.png;No;Normal;No\r\nANAT_000.png;No;Malignant;Yes\r\n",
    );
    equal(busUclm.recognise(folder.path), own);
    const { records, findings } = await busUclm.list(own);
    deepEqual(
      records.map(({ id, label, patient, masks }) => [
        id,
        label,
        patient,
        masks[0]!.kind === "file" && masks[0]!.color,
      ]),
      [
        ["ALWI_000", "benign", "ALWI", "green"],
        ["ALWI_001", "normal", "ALWI", undefined],
        ["ANAT_000", "malignant", "ANAT", "red"],
      ],
    );
    deepEqual(
      findings.map(({ check, file }) => [check, file]),
      [["image without a row", "images/ZZZZ_000.png"]],
    );
  });
});
