import { existsSync } from "node:fs";
import { join } from "node:path";

import { readTable } from "../../files/table";
import type { Finding } from "../records/finding";
import type { ImageRecord, PixelSource } from "../records/record";
import { stemOf } from "./class-folders";
import { inPromise, type DataSet, type Listing } from "./data-set";
import { findFolder, pictureName } from "./find-folder";
import { missingMask, unlistedPictures, unusableRow } from "./list-findings";
import { parseLabel } from "./parse";

/** BUS-UCLM: 683 images of 38 patients, from Ciudad Real. */
export const busUclm: DataSet = {
  name: "bus-uclm",
  aliases: ["uclm", "busuclm"],
  title: "BUS-UCLM, breast ultrasound lesion segmentation dataset",
  citation:
    "N. Vallez et al., BUS-UCLM: Breast ultrasound lesion segmentation dataset, Scientific Data 12, 2025, doi 10.1038/s41597-025-04562-3; data: doi 10.17632/7fvgj4jsp7",
  licence: "CC BY-NC 3.0, by hearsay: not for commercial use",
  homepage: "https://data.mendeley.com/datasets/7fvgj4jsp7",
  access: {
    kind: "download",
    downloads: [
      {
        url: "https://prod-dcd-datasets-cache-zipfiles.s3.eu-west-1.amazonaws.com/7fvgj4jsp7-1.zip",
        file: "7fvgj4jsp7-1.zip",
        unpack: true,
      },
    ],
    note: 'No sum is published. Should the address have moved: open https://data.mendeley.com/datasets/7fvgj4jsp7, press "Download All", then import the file.',
  },
  expected: { images: { benign: 174, malignant: 90, normal: 419 }, patients: 38 },
  knownFiles: [],
  cautions: [
    "38 patients give 683 images: split by patient, and read intervals by patient.",
    "Some images have another size than their mask: their outlines are not where the lesion is.",
  ],
  synthetic: false,
  recognise: (folder) =>
    findFolder(folder, 4, ({ files, folders }) => files.includes("INFO.csv") && folders.includes("images")),
  list: (folder) => inPromise(() => list(folder)),
};

function list(folder: string): Listing {
  const rows = readTable(join(folder, "INFO.csv"), { columns: ["Image", "Label"], delimiter: ";" });
  const findings: Finding[] = [];
  const records: ImageRecord[] = [];
  for (const [index, row] of rows.entries()) {
    const file = pictureName.test(row.Image!) ? row.Image! : `${row.Image!}.png`;
    const id = stemOf(file);
    const mask = join(folder, "masks", file);
    try {
      const label = parseLabel(row.Label!, `INFO.csv, row ${index + 2}`);
      // Benign lesions are painted green and malignant ones red, so a mask can be held against its label.
      const color = label === "malignant" ? "red" : "green";
      const source: PixelSource =
        label === "normal" ? { kind: "file", path: mask } : { kind: "file", path: mask, color };
      records.push({
        id,
        image: { kind: "file", path: join(folder, "images", file) },
        masks: existsSync(mask) ? [source] : [],
        label,
        // ALWI_000.png is the first image of the patient ALWI.
        patient: id.replace(/_\d+$/, ""),
        device: "Siemens ACUSON S2000",
      });
      if (!existsSync(mask) && label !== "normal") findings.push(missingMask(`masks/${file}`, id));
    } catch (error) {
      findings.push(unusableRow(error, "INFO.csv", id));
    }
  }
  const listed = new Set(rows.map(({ Image }) => (pictureName.test(Image!) ? Image! : `${Image!}.png`)));
  findings.push(...unlistedPictures(folder, "images", listed, "INFO.csv"));
  findings.push(...unlistedPictures(folder, "masks", listed, "INFO.csv", "mask"));
  return { records, findings, folds: [] };
}
