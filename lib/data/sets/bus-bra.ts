import { existsSync } from "node:fs";
import { basename, join } from "node:path";

import { readTable } from "../../files/table";
import type { Box } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import type { ImageRecord } from "../records/record";
import type { OfficialFolds } from "../split/official";
import { inPromise, type DataSet, type Listing } from "./data-set";
import { findFolder } from "./find-folder";
import { missingMask, unlistedPictures, unusableRow } from "./list-findings";
import { parseLabel, parseNumber, parseText } from "./parse";

/** BUS-BRA: 1,875 images of 1,064 patients, from Rio de Janeiro. */
export const busBra: DataSet = {
  name: "bus-bra",
  aliases: ["busbra"],
  title: "BUS-BRA, a breast ultrasound dataset for assessing computer-aided diagnosis systems",
  citation:
    "W. Gómez-Flores, M. J. Gregorio-Calas, W. C. A. Pereira, BUS-BRA: A breast ultrasound dataset for assessing computer-aided diagnosis systems, Medical Physics 51:3110-3123, 2024, doi 10.1002/mp.16812; data: doi 10.5281/zenodo.8231412",
  licence: "its own, permissive, the article must be cited (LICENSE.txt in the set); CC BY 4.0 on Zenodo, by hearsay",
  homepage: "https://zenodo.org/records/8231412",
  access: {
    kind: "download",
    downloads: [
      {
        url: "https://zenodo.org/records/8231412/files/BUSBRA.zip?download=1",
        file: "BUSBRA.zip",
        md5: "1f8b2be6476d58fc97bfb5e5a1ea9bab",
        bytes: 133917740,
        unpack: true,
      },
    ],
  },
  expected: { images: { benign: 1268, malignant: 607 }, patients: 1064 },
  knownFiles: [
    { path: "bus_data.csv", md5: "809ee2b3615f98527bc263d6f683ae5c" },
    { path: "5-fold-cv.csv", md5: "1f006965e2903052511ca5a79eaf4a5e" },
    { path: "10-fold-cv.csv", md5: "30b19290ca2d463261bd1aabe1b7f738" },
  ],
  cautions: [
    "Most images carry calipers and text, which can name the side, the quadrant, and even the age of the patient.",
    "The official validation parts hold one view of a patient whose other view is in training, for about a quarter of the patients; the official test parts hold whole patients.",
    "Malignant lesions are larger: width, height, area and aspect ratio of the box alone reach an accuracy of .80.",
  ],
  synthetic: false,
  recognise: (folder) => findFolder(folder, 3, ({ files }) => files.includes("bus_data.csv")),
  list: (folder) => inPromise(() => list(folder)),
};

function list(folder: string): Listing {
  const columns = ["ID", "Case", "Histology", "Pathology", "BIRADS", "Device", "Width", "Height", "Side", "BBOX"];
  const rows = readTable(join(folder, "bus_data.csv"), { columns });
  const findings: Finding[] = [];
  const records: ImageRecord[] = [];
  for (const [index, row] of rows.entries()) {
    const place = `bus_data.csv, row ${index + 2}`;
    const id = row.ID!;
    const image = join(folder, "Images", `${id}.png`);
    const mask = join(folder, "Masks", `${id.replace(/^bus/, "mask")}.png`);
    try {
      const label = parseLabel(row.Pathology!, place);
      const box = parseBox(row.BBOX!, place);
      records.push({
        id,
        image: { kind: "file", path: image },
        masks: existsSync(mask) ? [{ kind: "file", path: mask }] : [],
        label,
        patient: row.Case!,
        box,
        statedSize: { width: Number(row.Width), height: Number(row.Height) },
        birads: parseText(row.BIRADS),
        device: deviceOf(row.Device!),
        side: sideOf(row.Side!),
        histology: parseText(row.Histology),
        verification: "biopsy",
      });
      if (!existsSync(mask)) findings.push(missingMask(`Masks/${basename(mask)}`, id));
    } catch (error) {
      findings.push(unusableRow(error, "bus_data.csv", id));
    }
  }
  const images = new Set(rows.map(({ ID }) => `${ID!}.png`));
  const masks = new Set(rows.map(({ ID }) => `${ID!.replace(/^bus/, "mask")}.png`));
  findings.push(...unlistedPictures(folder, "Images", images, "bus_data.csv"));
  findings.push(...unlistedPictures(folder, "Masks", masks, "bus_data.csv", "mask"));
  const folds = [5, 10].flatMap((count) => {
    try {
      return readFolds(folder, count);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const file = `${count}-fold-cv.csv`;
      findings.push({ severity: "error", check: "folds that cannot be used", file, images: [], message: error.what });
      return [];
    }
  });
  return { records, findings, folds };
}

// [x, y, width, height], counted from 1; width and height are those from first to last pixel, one less than how many.
function parseBox(text: string, place: string): Box {
  const numbers = text.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
  if (numbers.length !== 4) {
    throw new Problem(`${place}: BBOX is "${text}", expected four numbers [x,y,width,height].`, "Correct the file.");
  }
  const [left, top, width, height] = numbers as [number, number, number, number];
  return { left: left - 1, top: top - 1, width: width + 1, height: height + 1 };
}

// "GE Logiq 7 @10-14MHz" without the frequency, which belongs to the probe.
function deviceOf(text: string): string | undefined {
  return parseText(text.replace(/\s*@.*$/, ""));
}

function sideOf(text: string): ImageRecord["side"] {
  const side = text.trim().toLowerCase();
  return side === "left" || side === "right" || side === "single" ? side : undefined;
}

/**
 * The same picture, once with and once without measuring marks, under two patients whom all official divisions test apart: found by
 * laying pictures over each other, and looked at.
 */
const knownAcross = {
  images: ["bus_0341-l", "bus_0356-l"],
  reason:
    "the official folds are kept, to be compared with published numbers; bus_0341-l and bus_0356-l show the same picture under two patients, in different folds",
};

// `kFold` is the fold in which an image is tested; `valid_k` is 1 for training, 0 for validation and NaN for test.
function readFolds(folder: string, count: number): OfficialFolds[] {
  const file = join(folder, `${count}-fold-cv.csv`);
  if (!existsSync(file)) return [];
  const parts = Array.from({ length: count }, (_, index) => `valid_${index + 1}`);
  const rows = readTable(file, { columns: ["ID", "kFold", ...parts] });
  const folds = parts.map((column, index) => {
    const inPart = (part: number | undefined) =>
      rows.filter((row) => parseNumber(row[column]) === part).map(({ ID }) => ID!);
    const test = rows.filter(({ kFold }) => Number(kFold) === index + 1).map(({ ID }) => ID!);
    const [train, validation, neither] = [inPart(1), inPart(0), inPart(undefined)];
    if (train.length + validation.length + test.length !== rows.length || neither.length !== test.length) {
      throw new Problem(
        `${file}: column ${column} names ${train.length} training and ${validation.length} validation images, kFold ${test.length} test images, of ${rows.length}.`,
        "Copy the original file again.",
      );
    }
    return { train, validation, test };
  });
  return [{ name: `${count}-fold`, folds, knownAcross }];
}
