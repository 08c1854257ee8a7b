import { existsSync } from "node:fs";
import { join } from "node:path";

import { readSheet } from "../../files/sheet";
import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import type { ImageRecord } from "../records/record";
import { stemOf } from "./class-folders";
import { inPromise, type DataSet, type Listing } from "./data-set";
import { findFolder, listFolder, pictureName } from "./find-folder";
import { missingMask, unlistedPictures, unusableRow } from "./list-findings";
import { parseLabel, parseText } from "./parse";

/** UDIAT dataset B: 163 images, from Sabadell. */
export const udiat: DataSet = {
  name: "udiat",
  aliases: ["udiat-b", "dataset-b", "bus-dataset-b"],
  title: "UDIAT, breast ultrasound dataset B",
  citation:
    "M. H. Yap et al., Automated breast ultrasound lesions detection using convolutional neural networks, IEEE Journal of Biomedical and Health Informatics 22:1218-1226, 2018, doi 10.1109/JBHI.2017.2731873",
  licence: "on request, for research; never to be passed on",
  homepage: "https://helward.mmu.ac.uk/STAFF/M.Yap/dataset.php",
  access: {
    kind: "on request",
    how: "Ask its authors for it (Moi Hoon Yap, Manchester Metropolitan University; the form is on https://helward.mmu.ac.uk/STAFF/M.Yap/dataset.php), then: npm run data -- import udiat PATH",
  },
  expected: { images: { benign: 109, malignant: 54 } },
  knownFiles: [],
  cautions: [
    "Papers state 110 benign and 53 malignant, its files 109 and 54.",
    "Patients are not named.",
    "Never pass its images on.",
  ],
  synthetic: false,
  recognise: (folder) => findFolder(folder, 3, ({ folders }) => folders.includes("original") && folders.includes("GT")),
  list: (folder) => inPromise(() => list(folder)),
};

function list(folder: string): Listing {
  const sheet = listFolder(folder).files.find((name) => /^dataset.*\.xlsx$/i.test(name));
  if (sheet === undefined)
    throw new Problem(`${folder} has no DatasetB.xlsx, which holds the labels.`, "Copy it there from the original.");
  const rows = readSheet(join(folder, sheet), { columns: ["Image", "Type"], optional: ["Diagnosis"] });
  const pictures = listFolder(join(folder, "original")).files.filter((name) => pictureName.test(name));
  const findings: Finding[] = [];
  const records: ImageRecord[] = [];
  const listed = new Set<string>();
  for (const [index, row] of rows.entries()) {
    // The sheet may have 1 for 000001.png.
    const id = /^\d+$/.test(stemOf(row.Image!)) ? stemOf(row.Image!).padStart(6, "0") : stemOf(row.Image!);
    const file = pictures.find((name) => stemOf(name) === id) ?? `${id}.png`;
    listed.add(file);
    try {
      const label = parseLabel(row.Type!, `${sheet}, row ${index + 2}`);
      const mask = join(folder, "GT", file);
      records.push({
        id,
        image: { kind: "file", path: join(folder, "original", file) },
        masks: existsSync(mask) ? [{ kind: "file", path: mask }] : [],
        label,
        histology: parseText(row.Diagnosis),
      });
      if (!existsSync(mask)) findings.push(missingMask(`GT/${file}`, id));
    } catch (error) {
      findings.push(unusableRow(error, sheet, id));
    }
  }
  findings.push(...unlistedPictures(folder, "original", listed, sheet));
  findings.push(...unlistedPictures(folder, "GT", listed, sheet, "mask"));
  return { records, findings, folds: [] };
}
