import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { encode } from "fast-png";

import type { GrayFrame } from "../../dicom/display";
import { openDicom, type DicomFile } from "../../dicom/open-dicom";
import { pseudonym, readPseudonymKey } from "../../dicom/pseudonym";
import { copyFile } from "../../files/copy-file";
import { fileProblem } from "../../files/explain-failure";
import { readWhole } from "../../files/read-whole";
import { tableText } from "../../files/table-text";
import { Problem } from "../../runtime/problem";
import type { Box, Picture } from "../../pictures/picture";
import { boxForms, keyOfName, readBox, readName } from "../own/cells";
import { fields, type Field } from "../own/columns";
import type { Description } from "../own/description";
import { chooseTable, readOwnTable, type OwnRow, type OwnTable } from "../own/own-table";
import { folderMeanings } from "../own/place-images";
import { sortFiles } from "../own/sort-files";
import { walkFiles, type FoundFile } from "../own/walk-files";
import {
  cropPicture,
  isDicomFile,
  largestDicom,
  lookAtDicom,
  type DicomImage,
  type DicomLook,
  type DicomSettings,
} from "./look-at-dicom";

/** How a folder with DICOM becomes one with pictures. */
export interface DevelopOptions extends DicomSettings {
  /** The file with the key of the pseudonyms; it is made where there is none. */
  readonly keyFile: string;
  /** Told what the files give, and which table is taken along, before anything is written. */
  readonly onLook?: (look: DicomLook, table: OwnTable | null) => void;
}

/** Cells of a row, by field. */
type Cells = Partial<Record<Field, string>>;

/** From how many files on one number for all of them tells no patients apart. */
const fewFiles = 10;

/**
 * Makes pictures of the DICOM files of a folder, and a table of what is kept of their headers, beside its other files. Nothing
 * else of a header is kept, and no name of a file or folder, but those of classes. Patients have pseudonyms.
 *
 * A table of the folder's own is taken along: its rows are found by a file's name or by the patient's number, and its known
 * columns are kept.
 *
 * @param source The folder; it stays as it is.
 * @param target Where to; it does not exist.
 * @returns What is said of the target; null where the source has no DICOM, and nothing was written.
 * @throws {Problem} Where a file cannot be read, patients cannot be told apart, or rows of a patient contradict each other.
 */
export async function developDicom(
  source: string,
  target: string,
  said: Partial<Description>,
  options: DevelopOptions,
): Promise<Partial<Description> | null> {
  const { files, others } = sort(source, said);
  if (files.length === 0) return null;
  const look = await lookAtDicom(files, options);
  const tables = others.filter(({ parts }) => /\.(csv|tsv|xlsx)$/i.test(parts.at(-1)!));
  const chosen = chooseTable(tables, said.table);
  const table = chosen === null ? null : readOwnTable(chosen, said.columns ?? {});
  const rows = searchRows(table?.rows ?? []);
  const key = readPseudonymKey(options.keyFile);
  const patients = patientsOf(look.images, key);
  const found = look.images.map((image) => ({ image, row: rowOf(image, rows) }));
  requirePatients(found, look.images);
  options.onLook?.(look, table);

  const written: (readonly [facts: Cells, row: OwnRow | null, boxes: Cells])[] = [];
  const names = nameImages(look.images, said);
  const readFrame = frameReader();
  for (const [index, { image, row }] of found.entries()) {
    writeImage(join(target, names[index]!), cropPicture(await readFrame(image), image.box), image.bits);
    const { patient } = image.identity;
    const own = row?.cell("patient").trim() ?? "";
    const name = patient === null ? nameOf(key, patients, own) : patients.get(keyOf(image))!;
    written.push([{ ...factsOf(image), image: names[index]!, patient: name }, row, boxWithin(image.box, row)]);
  }
  for (const other of others) {
    if (tables.includes(other)) continue;
    copy(other.path, join(target, ...other.parts));
    const row = rowOfName(other, rows);
    if (row === null) continue;
    const own = row.cell("patient").trim();
    written.push([{ image: other.parts.join("/"), patient: own === "" ? "" : nameOf(key, patients, own) }, row, {}]);
  }
  const columns = fields.filter((field) =>
    written.some(([facts, row]) => (facts[field] ?? row?.cell(field) ?? "") !== ""),
  );
  const cells = written.map(([facts, row, boxes]) =>
    columns.map((field) => {
      const stated = boxes[field] ?? row?.cell(field) ?? "";
      return field === "image" || field === "patient" || stated === "" ? (facts[field] ?? "") : stated;
    }),
  );
  writeFileSync(join(target, "images.csv"), tableText(columns, cells));
  const { values = {}, masks, leaveOut = [], bits } = said;
  return { values, leaveOut, ...(masks && { masks }), ...(bits && { bits }), table: "images.csv" };
}

function sort(source: string, said: Partial<Description>): { files: FoundFile[]; others: FoundFile[] } {
  const all = walkFiles(source);
  const { fates } = sortFiles(all, said.leaveOut ?? []);
  const wanted = all.filter(({ parts }) => !["left out", "ignored"].includes(fates.get(parts.join("/"))!.kind));
  const dicom = new Set(wanted.filter(isDicomFile));
  return { files: [...dicom], others: wanted.filter((file) => !dicom.has(file)) };
}

// Numbers of patients are the same by the rules of a table's: upper and lower case, 100 and 100.0.
const plainNumber = (text: string) => {
  const read = readName(text);
  return keyOfName("value" in read ? (read.value ?? "") : text);
};

const keyOf = ({ identity: { issuer, patient } }: DicomImage) => `${issuer}\0${plainNumber(patient ?? "")}`;

function patientsOf(images: readonly DicomImage[], key: Buffer): Map<string, string> {
  const known = images.filter(({ identity }) => identity.patient !== null);
  return new Map(known.map((image) => [keyOf(image), pseudonym(key, "patient", keyOf(image).split("\0"))]));
}

// A number that stands in a table is that of the DICOM files, whoever gave it out.
function nameOf(key: Buffer, patients: ReadonlyMap<string, string>, patient: string): string {
  const own = [...patients].filter(([known]) => known.endsWith(`\0${plainNumber(patient)}`));
  if (own.length > 1) {
    throw new Problem(
      "A patient's number in the table is that of two patients, as two places gave it out.",
      "Bring the files of each place in as a set of its own.",
    );
  }
  return own[0]?.[1] ?? pseudonym(key, "patient", ["", plainNumber(patient)]);
}

function requirePatients(
  found: readonly { readonly image: DicomImage; readonly row: OwnRow | null }[],
  images: readonly DicomImage[],
): void {
  const nobody = found.filter(
    ({ image, row }) => image.identity.patient === null && (row?.cell("patient").trim() ?? "") === "",
  );
  if (nobody.length > 0) {
    throw new Problem(
      `${nobody[0]!.image.file.path}${nobody.length > 1 ? ` and ${nobody.length - 1} more images` : ""} hold no number that tells patients apart, and no table names their patients.`,
      "Give a table with the columns image and patient, or leave the files out: --leave-out.",
    );
  }
  const files = new Set(images.map(({ file }) => file.path)).size;
  const numbers = new Set(images.map(keyOf));
  if (files >= fewFiles && numbers.size === 1 && found.every(({ row }) => (row?.cell("patient") ?? "") === "")) {
    throw new Problem(
      `All ${files} DICOM files, such as ${images[0]!.file.path}, hold the same patient's number.`,
      "If they are of several patients, give a table with the columns image and patient.",
    );
  }
}

/** A table's rows by what they may be looked up by. */
interface RowSearch {
  /** All rows, by the names of their images. */
  readonly byName: ReadonlyMap<string, readonly OwnRow[]>;
  /** Rows that name no image, by their patients' numbers. */
  readonly byPatient: ReadonlyMap<string, readonly OwnRow[]>;
}

const plainName = (name: string) => name.trim().replaceAll("\\", "/").toLowerCase();

function searchRows(rows: readonly OwnRow[]): RowSearch {
  const [byName, byPatient] = [new Map<string, OwnRow[]>(), new Map<string, OwnRow[]>()];
  const add = (map: Map<string, OwnRow[]>, key: string, row: OwnRow) => {
    const there = map.get(key);
    if (there === undefined) map.set(key, [row]);
    else there.push(row);
  };
  for (const row of rows) {
    const name = plainName(row.cell("image"));
    add(byName, name, row);
    if (name === "") add(byPatient, plainNumber(row.cell("patient")), row);
  }
  return { byName, byPatient };
}

// By the file's name or place, else by the patient's number, of which all rows must say the same.
function rowOf({ file, identity }: DicomImage, rows: RowSearch): OwnRow | null {
  const byName = rowOfName(file, rows);
  if (byName !== null || identity.patient === null) return byName;
  const own = rows.byPatient.get(plainNumber(identity.patient)) ?? [];
  const says = new Set(own.map((row) => JSON.stringify(fields.map((field) => row.cell(field)))));
  if (says.size > 1) {
    throw new Problem(
      `${own[0]!.place} and ${own.length - 1} more rows are of one patient, and say different things.`,
      "Give a column that names the image of each row.",
    );
  }
  return own[0] ?? null;
}

function rowOfName({ parts }: FoundFile, { byName }: RowSearch): OwnRow | null {
  const [path, name] = [plainName(parts.join("/")), plainName(parts.at(-1)!)];
  for (const one of [path, path.replace(/\.[^./]+$/, ""), name, name.replace(/\.[^.]+$/, "")]) {
    const own = byName.get(one) ?? [];
    if (own.length === 1) return own[0]!;
  }
  return null;
}

function factsOf({ facts, pixelSize }: DicomImage): Partial<Record<Field, string>> {
  const device = [facts.manufacturer, facts.model].filter((part) => part !== undefined).join(" ");
  return {
    device,
    side: facts.side ?? "",
    age: facts.age === undefined ? "" : String(facts.age),
    pixelSize: pixelSize === null ? "" : String(Number(pixelSize.toPrecision(6))),
  };
}

// A table's box is one of the whole picture: in pixels of the part that is kept, and none where it does not reach into that.
function boxWithin(part: Box | null, row: OwnRow | null): Cells {
  if (part === null || row === null) return {};
  const cells: Cells = {};
  for (const form of boxForms) {
    const read = readBox(
      form,
      form.map((field) => row.cell(field)),
    );
    // What is no box is found when the set is read.
    if (!("value" in read) || read.value === undefined) continue;
    const [left, top] = [read.value.left - part.left, read.value.top - part.top];
    const [right, bottom] = [left + read.value.width, top + read.value.height];
    const inside = left < part.width && top < part.height && right > 0 && bottom > 0;
    const numbers = form[0] === "x" ? [left, top, read.value.width, read.value.height] : [left, top, right, bottom];
    form.forEach((field, index) => {
      cells[field] = inside ? String(numbers[index]) : "";
    });
  }
  return cells;
}

// Of the folders of a file, those are kept that say a class; its own name is not, for it may be a person's.
function nameImages(images: readonly DicomImage[], said: Partial<Description>): string[] {
  const files = [...new Set(images.map(({ file }) => file))];
  const numbers = new Map(files.map((file, index) => [file, String(index + 1)]));
  const width = String(files.length).length;
  const meaningAt = folderMeanings(files, said.values ?? {});
  return images.map(({ file, frame, frames, region, regions }) => {
    const folders = file.parts.slice(0, -1).filter((_, depth) => meaningAt(file.parts, depth) !== null);
    const number = numbers.get(file)!.padStart(width, "0");
    const which = `${frames > 1 ? `-frame${frame + 1}` : ""}${regions > 1 ? `-part${region + 1}` : ""}`;
    return [...folders, `image${number}${which}.png`].join("/");
  });
}

// Images come file by file and frame by frame, so that each file is opened once, and each frame decoded once.
function frameReader(): (image: DicomImage) => Promise<GrayFrame> {
  let opened: { readonly file: FoundFile; readonly dicom: DicomFile } | null = null;
  let last: { readonly frame: number; readonly shown: GrayFrame } | null = null;
  return async ({ file, frame }) => {
    if (opened?.file !== file) {
      opened = { file, dicom: await openDicom(readWhole(file.path, largestDicom), file.path) };
      last = null;
    }
    if (last?.frame !== frame) last = { frame, shown: await opened.dicom.readGray(frame) };
    return last.shown;
  };
}

function writeImage(path: string, { width, height, pixels }: Picture, bits: DicomImage["bits"]): void {
  const most = bits === 16 ? 65_535 : 255;
  const levels = pixels.map((level) => Math.round(level * most));
  const data = bits === 16 ? Uint16Array.from(levels) : Uint8Array.from(levels);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encode({ width, height, channels: 1, depth: bits, data }));
  } catch (error) {
    throw fileProblem(path, "written", error);
  }
}

function copy(from: string, to: string): void {
  try {
    copyFile(from, to);
  } catch (error) {
    throw fileProblem(to, "written", error);
  }
}
