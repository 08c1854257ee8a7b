import { join } from "node:path";

import type { MatlabStructs, MatlabValue } from "../../files/matlab-matrix";
import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import type { ImageRecord, Label } from "../records/record";
import { openScans, scanPixelSize } from "../records/scan-image";
import type { DataSet, Listing } from "./data-set";
import { findFolder } from "./find-folder";

const file = "OASBUD.mat";
const fields = ["id", "rf1", "rf2", "roi1", "roi2", "birads", "class"];

/** OASBUD: two radio-frequency scans of each of 100 lesions, from Warsaw. */
export const oasbud: DataSet = {
  name: "oasbud",
  aliases: [],
  title: "OASBUD, open access series of breast ultrasonic data",
  citation:
    "H. Piotrzkowska-Wróblewska, K. Dobruch-Sobczak, M. Byra, A. Nowicki, Open access database of raw ultrasonic signals acquired from malignant and benign breast lesions, Medical Physics 44:6105-6109, 2017, doi 10.1002/mp.12538; data: doi 10.5281/zenodo.545928",
  licence: "CC BY 4.0, by hearsay",
  homepage: "https://zenodo.org/records/545928",
  access: {
    kind: "download",
    downloads: [
      {
        url: "https://zenodo.org/records/545928/files/OASBUD.mat?download=1",
        file,
        md5: "e2b770a6ee2f06ebe480ed0962252100",
        unpack: false,
      },
    ],
    note: "The MD5 is the one that another project publishes.",
  },
  // Two scans of each of 48 benign and 52 malignant lesions.
  expected: { images: { benign: 96, malignant: 104 } },
  knownFiles: [],
  cautions: [
    "Two scans of one lesion belong together. 78 women have 100 lesions, but the file does not say which lesions are of one woman.",
    "Images are computed from radio-frequency lines (envelope, logarithm over 50 dB): they look other than those of a clinic's scanner.",
  ],
  synthetic: false,
  recognise: (folder) => findFolder(folder, 3, ({ files }) => files.includes(file)),
  list,
};

async function list(folder: string): Promise<Listing> {
  const path = join(folder, file);
  const lesions = await openScans(path);
  const missing = fields.find((field) => !lesions.fields.includes(field));
  if (missing !== undefined) {
    throw new Problem(
      `${path}: the lesions have no field "${missing}", but ${lesions.fields.join(", ")}.`,
      "Download the original file again.",
    );
  }
  const findings: Finding[] = [];
  const records: ImageRecord[] = [];
  for (let lesion = 0; lesion < lesions.count; lesion++) {
    const id = textOf(lesions.read(lesion, "id")) || `lesion ${lesion + 1}`;
    const label = labelOf(lesions, lesion);
    if (label === null) {
      const message = `${file}: the class of lesion ${lesion + 1} (${id}) is neither 0 (benign) nor 1 (malignant).`;
      findings.push({ severity: "error", check: "row that cannot be used", file, images: [id], message });
      continue;
    }
    const birads = textOf(lesions.read(lesion, "birads"));
    for (const view of [1, 2]) {
      const scan = lesions.read(lesion, `rf${view}`);
      records.push({
        id: `${lesion + 1}-${view}`,
        image: { kind: "scan", path, lesion, field: `rf${view}` },
        masks: [{ kind: "scan", path, lesion, field: `roi${view}` }],
        label,
        patient: id,
        view,
        ...(birads !== "" && { birads }),
        device: "Ultrasonix SonixTouch Research",
        ...(scan.kind === "numbers" && { pixelSize: scanPixelSize(scan.shape[1] ?? 510) }),
      });
    }
  }
  return { records, findings, folds: [] };
}

function labelOf(lesions: MatlabStructs, lesion: number): Label | null {
  const value = textOf(lesions.read(lesion, "class"));
  return value === "1" ? "malignant" : value === "0" ? "benign" : null;
}

function textOf(value: MatlabValue): string {
  if (value.kind === "text") return (value.rows[0] ?? "").trim();
  return value.kind === "numbers" && value.data.length > 0 ? String(value.data[0]) : "";
}
