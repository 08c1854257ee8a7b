import { basename, join } from "node:path";

import { readTable } from "../../files/table";
import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import type { ImageRecord } from "../records/record";
import { classFoldersOf, listClassFolders, stemOf } from "./class-folders";
import { inPromise, type DataSet, type Listing } from "./data-set";
import { listFolder, pictureName } from "./find-folder";
import { parseLabel, parseNumber, parseText } from "./parse";

/** Columns that a table of images may have beside `image` and `patient`. */
const optional = ["label", "birads", "device", "side", "view", "age", "histology", "verification", "pixel_size"];

/**
 * A folder of one's own: `benign/`, `malignant/` and, if there are any, `normal/`, with masks where there are any, and a
 * table `images.csv` (or any single CSV file) with the columns `image` and `patient`, and whatever of the others is known.
 */
export const plainFolder: DataSet = describeFolder("folder");

/** Describes a folder of one's own as a data set. */
export function describeFolder(name: string): DataSet {
  return {
    name,
    aliases: [],
    title: name === "folder" ? "A folder of one's own" : `The folder "${name}"`,
    citation: "none: images of one's own",
    licence: "its owner's",
    homepage: "",
    access: {
      kind: "own files",
      how: "Make folders benign/ and malignant/ with the images; masks, if there are any, are named like their image with _mask or lie in a folder masks/; a table images.csv with columns image,patient names who is who. Then: npm run data -- import NAME PATH, or name the folder with --root",
    },
    expected: null,
    knownFiles: [],
    cautions: [
      "Without patients in images.csv, every image counts as a patient of its own, and views of one patient may stand on both sides of a split.",
    ],
    synthetic: false,
    recognise: (folder) => (isPlain(folder) ? folder : null),
    list: (folder) => inPromise(() => list(folder)),
  };
}

function isPlain(folder: string): boolean {
  const classes = classFoldersOf(listFolder(folder).folders);
  return classes.has("benign") || classes.has("malignant");
}

function list(folder: string): Listing {
  const { records, findings } = listClassFolders(folder, { ids: "class and name", expectsMasks: false });
  const table = tableOf(folder);
  if (table === null) {
    const message = "There is no images.csv with columns image,patient: every image counts as a patient of its own.";
    findings.push({ severity: "warning", check: "unknown patients", images: [], message });
    return { records, findings, folds: [] };
  }
  return { ...describeImages(folder, table, records, findings), folds: [] };
}

function tableOf(folder: string): string | null {
  const tables = listFolder(folder).files.filter((name) => /\.csv$/i.test(name));
  const [own] = tables.filter((name) => name.toLowerCase() === "images.csv");
  if (own !== undefined) return own;
  if (tables.length > 1) {
    throw new Problem(
      `${folder} has ${tables.length} CSV files: ${tables.join(", ")}.`,
      "Name the one that lists the images images.csv.",
    );
  }
  return tables[0] ?? null;
}

// Adds what a table says to the images that were found.
function describeImages(
  folder: string,
  table: string,
  records: ImageRecord[],
  findings: Finding[],
): { records: ImageRecord[]; findings: Finding[] } {
  const rows = readTable(join(folder, table), { columns: ["image", "patient"], optional });
  const described = new Map<string, ImageRecord>();
  for (const [index, row] of rows.entries()) {
    const place = `${table}, row ${index + 2}`;
    const error = (check: string, images: string[], message: string) => {
      findings.push({ severity: "error", check, file: table, images, message: `${place}: ${message}` });
    };
    const found = matching(records, row.image!);
    if (found.length === 0) error("row without an image", [], `there is no image "${row.image!}".`);
    else if (found.length > 1)
      error(
        "row of several images",
        found.map(({ id }) => id),
        `"${row.image!}" can be ${found.map(({ id }) => id).join(" or ")}; write the class before it.`,
      );
    if (found.length !== 1) continue;
    const [record] = found as [ImageRecord];
    if (described.has(record.id)) {
      error("image in two rows", [record.id], `${record.id} has a row before.`);
      continue;
    }
    const patient = parseText(row.patient);
    if (patient === undefined) error("missing patient", [record.id], `${record.id} has no patient.`);
    const stated = parseText(row.label);
    if (stated !== undefined) {
      try {
        const label = parseLabel(stated, place);
        if (label !== record.label)
          error(
            "image in two classes",
            [record.id],
            `${record.id} is labelled ${label}, but lies in the folder of ${record.label} images.`,
          );
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        error("label that is none", [record.id], problem.what);
      }
    }
    const side = parseText(row.side)?.toLowerCase();
    described.set(record.id, {
      ...record,
      patient,
      birads: parseText(row.birads),
      device: parseText(row.device),
      side: side === "left" || side === "right" || side === "single" ? side : undefined,
      view: parseNumber(row.view),
      age: parseNumber(row.age),
      histology: parseText(row.histology),
      verification: parseText(row.verification),
      pixelSize: parseNumber(row.pixel_size),
    });
  }
  for (const { id, image } of records) {
    if (described.has(id)) continue;
    const file = image.kind === "file" ? basename(image.path) : id;
    findings.push({
      severity: "error",
      check: "image without a row",
      file,
      images: [id],
      message: `${id} is not in ${table}: its patient is unknown.`,
    });
  }
  return { records: records.map((record) => described.get(record.id) ?? record), findings };
}

// A table may name an image with or without its class and its ending.
function matching(records: readonly ImageRecord[], name: string): ImageRecord[] {
  const plain = name.trim().replaceAll("\\", "/").replace(pictureName, "");
  const exact = records.filter(({ id }) => id === plain || id.toLowerCase() === plain.toLowerCase());
  return exact.length > 0
    ? exact
    : records.filter(({ id }) => stemOf(`${id}.png`) === plain.replace(/^.*\//, "") && !plain.includes("/"));
}
