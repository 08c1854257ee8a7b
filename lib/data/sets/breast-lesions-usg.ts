import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { readSheet } from "../../files/sheet";
import type { Finding } from "../records/finding";
import type { ImageRecord, PixelSource } from "../records/record";
import { inPromise, type DataSet, type Listing } from "./data-set";
import { findFolder, listFolder } from "./find-folder";
import { missingMask, unusableRow, unusedFile } from "./list-findings";
import { parseLabel, parseNumber, parseText } from "./parse";

const caseName = /^case\d{3}\.png$/i;
const sheetName = /\.xlsx$/i;

/** BrEaST-Lesions-USG: 256 images of 256 patients, from Warsaw. */
export const breastLesionsUsg: DataSet = {
  name: "breast-lesions-usg",
  aliases: ["breast", "brest", "breast-lesions", "tcia"],
  title: "BrEaST-Lesions-USG, a curated benchmark dataset for ultrasound based breast lesion analysis",
  citation:
    "A. Pawłowska et al., Curated benchmark dataset for ultrasound based breast lesion analysis, Scientific Data 11:148, 2024, doi 10.1038/s41597-024-02984-z; data: The Cancer Imaging Archive, doi 10.7937/9WKK-Q141",
  licence: "CC BY 4.0",
  homepage: "https://www.cancerimagingarchive.net/collection/breast-lesions-usg/",
  access: {
    kind: "download",
    downloads: [
      {
        url: "https://www.cancerimagingarchive.net/wp-content/uploads/BrEaST-Lesions_USG-images_and_masks-Dec-15-2023.zip",
        file: "BrEaST-Lesions_USG-images_and_masks-Dec-15-2023.zip",
        sha256: "c32e49cdfa54042e065582d0cb35978b5fc5e5b5e461b33bf773fb50cfdad355",
        unpack: true,
      },
      {
        url: "https://www.cancerimagingarchive.net/wp-content/uploads/BrEaST-Lesions-USG-clinical-data-Dec-15-2023.xlsx",
        file: "BrEaST-Lesions-USG-clinical-data-Dec-15-2023.xlsx",
        sha256: "89a8874496a6f1f93960390b963f7369b90f7e72ee08a738f2d17e37f5eff8bf",
        unpack: false,
      },
    ],
    note: "The SHA-256 are those that another project publishes.",
  },
  expected: { images: { benign: 154, malignant: 98, normal: 4 }, patients: 256 },
  knownFiles: [],
  cautions: [
    "55 benign lesions are known by follow-up, not by biopsy.",
    "256 images are few: an accuracy of .85 carries ±4.4 points.",
  ],
  synthetic: false,
  // The sheet lies beside the images, or beside their folder.
  recognise: (folder) => {
    const images = findFolder(folder, 3, ({ files }) => files.some((name) => caseName.test(name)));
    if (images === null) return null;
    return [images, dirname(images)].find((place) => sheetOf(place) !== null) ?? null;
  },
  list: (folder) => inPromise(() => list(folder)),
};

function sheetOf(folder: string): string | null {
  const sheets = listFolder(folder).files.filter((name) => sheetName.test(name) && !name.startsWith("~$"));
  return sheets.find((name) => /clinical/i.test(name)) ?? sheets[0] ?? null;
}

function list(folder: string): Listing {
  const sheet = sheetOf(folder)!;
  const images = findFolder(folder, 2, ({ files }) => files.some((name) => caseName.test(name)))!;
  const rows = readSheet(join(folder, sheet), {
    columns: ["CaseID", "Image_filename", "Mask_tumor_filename", "BIRADS", "Classification"],
    optional: ["Pixel_size", "Age", "Verification", "Diagnosis", "Mask_other_filename"],
  });
  const findings: Finding[] = [];
  const records: ImageRecord[] = [];
  for (const [index, row] of rows.entries()) {
    const place = `${sheet}, row ${index + 2}`;
    const name = withEnding(row.Image_filename!);
    const id = name.replace(/\.png$/i, "");
    try {
      const label = parseLabel(row.Classification!, place);
      const masks: PixelSource[] = [];
      // Several names are joined with "&"; a normal image has none.
      for (const mask of (parseText(row.Mask_tumor_filename) ?? "").split("&").map((part) => part.trim())) {
        if (mask === "") continue;
        const path = join(images, withEnding(mask));
        if (existsSync(path)) masks.push({ kind: "file", path });
        else findings.push(missingMask(relative(folder, path), id));
      }
      const centimetres = parseNumber(row.Pixel_size);
      records.push({
        id,
        image: { kind: "file", path: join(images, name) },
        masks,
        label,
        patient: row.CaseID!,
        birads: parseText(row.BIRADS),
        pixelSize: centimetres === undefined ? undefined : centimetres * 10,
        age: parseNumber(row.Age),
        verification: parseText(row.Verification),
        histology: parseText(row.Diagnosis),
      });
    } catch (error) {
      findings.push(unusableRow(error, sheet, id));
    }
  }
  const listed = new Set(rows.map(({ Image_filename }) => withEnding(Image_filename!).toLowerCase()));
  for (const name of listFolder(images).files) {
    if (caseName.test(name) && !listed.has(name.toLowerCase()))
      findings.push(unusedFile("image without a row", relative(folder, join(images, name)), `is not in ${sheet}`));
  }
  return { records, findings, folds: [] };
}

function withEnding(name: string): string {
  return /\.png$/i.test(name.trim()) ? name.trim() : `${name.trim()}.png`;
}
