import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import sharp from "sharp";

import { loadDataSet } from "../../lib/data/sets/load";
import { readSplit, writeSplit } from "../../lib/data/split/split-file";
import { openDicom } from "../../lib/dicom/open-dicom";
import { readPredictions, writePredictions } from "../../lib/evaluate/prediction-file";
import { readMatlab } from "../../lib/files/matlab";
import type { MatlabValue } from "../../lib/files/matlab-matrix";
import { readNumpyArchive } from "../../lib/files/numpy-archive";
import { parseNumpyArray } from "../../lib/files/numpy-array";
import { readSheet } from "../../lib/files/sheet";
import { readTable } from "../../lib/files/table";
import { unpackZip } from "../../lib/files/unpack";
import { decodePicture } from "../../lib/pictures/decode-picture";
import type { RandomGenerator } from "../../lib/runtime/random";
import { losslessJpeg, pictureElements, writeDicom } from "../helpers/dicom";
import { texture, writePicture } from "../helpers/pictures";
import { makeZip } from "../helpers/zip";
import { readComparison, writeComparison } from "../../lib/compare/comparison-file";
import { kFold } from "../../lib/data/split/k-fold";
import { loadRelease } from "../../lib/release/load-release";
import { openPictureFile, type BrowserDecoder } from "../../lib/release/page/read-picture";
import { releaseModel } from "../../lib/release/release-model";
import { tf } from "../../lib/runtime/tensorflow";
import { readNotebook } from "../../lib/study/notebook-file";
import { readStudyFile } from "../../lib/study/study-file";
import { makePlanFolder, readPlanFolder } from "../../lib/validate/plan-folder";
import { rowOf, trivialRow } from "../compare/rows";
import { exampleContents } from "../release/example";
import { writeMixedPictures } from "../release/trained";
import { tinyPlan, writeTinySet } from "../validate/helpers";
import { mutateBytes, mutateJson, mutateTable } from "./mutate";

type Awaitable<Value> = Value | Promise<Value>;

/** A kind of file and what reads it. */
export interface Format {
  readonly name: string;
  /** What is written where: a file, or a file of a folder. */
  readonly bases: (folder: string) => Awaitable<readonly Base[]>;
  /** Reads the file, or the folder that it lies in. Says what was dropped without a word; null where nothing was. */
  readonly read: (path: string) => Awaitable<string | null>;
}

/** A whole file of which mutants are made. */
export interface Base {
  readonly file: string;
  readonly bytes: Buffer;
  readonly kind: "bytes" | "json" | "table";
  /** A folder in which the file lies among others; none for a file that stands for itself. */
  readonly within?: string;
}

/** Makes a mutant of a base. */
export function mutantOf(base: Base, random: RandomGenerator): Buffer {
  const text = base.bytes.toString("utf8");
  if (base.kind === "json" && random.uniform() < 0.7) return Buffer.from(mutateJson(text, random));
  if (base.kind === "table" && random.uniform() < 0.6) return Buffer.from(mutateTable(text, random));
  return mutateBytes(base.bytes, random);
}

const bytesOf = (file: string, bytes: Uint8Array): Base => ({ file, bytes: Buffer.from(bytes), kind: "bytes" });

/** A picture of 24 × 18 pixels in gray or colour. */
const picture = (channels: 1 | 3) =>
  sharp(Buffer.from(Array.from({ length: 24 * 18 * channels }, (_, place) => (place * 37 + (place >> 5)) & 255)), {
    raw: { width: 24, height: 18, channels },
  });

async function readPicture(path: string): Promise<string | null> {
  const { width, height, pixels } = await decodePicture(readFileSync(path), path);
  const whole = pixels.length === width * height && pixels.every((level) => level >= 0 && level <= 1);
  return whole ? null : `${pixels.length} pixels of ${width} × ${height}`;
}

function pictureFormat(name: string, bases: (() => Promise<Uint8Array>)[]): Format {
  return {
    name,
    bases: async () => Promise.all(bases.map(async (make, index) => bytesOf(`mutant${index}.${name}`, await make()))),
    read: readPicture,
  };
}

const fixtures = join(__dirname, "..");
const fixture = (path: string) => readFileSync(join(fixtures, path));

/** A bitmap of 8 bits, and the same in runs. */
function bitmaps(): Buffer[] {
  const head = Buffer.alloc(54 + 1024);
  head.write("BM");
  head.writeUInt32LE(head.length, 10);
  [40, 8, 6].forEach((value, index) => head.writeUInt32LE(value, 14 + 4 * index));
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(8, 28);
  for (let entry = 0; entry < 256; entry++) head.fill(entry, 54 + 4 * entry, 57 + 4 * entry);
  const runs = Buffer.from(head);
  runs.writeUInt32LE(1, 30);
  const plain = Buffer.from(Array.from({ length: 48 }, (_, place) => place * 5));
  const coded = Array.from({ length: 6 }, (_, row) => [4, row, 0, 4, 1, 2, 3, 4, 0, 0]).flat();
  return [Buffer.concat([head, plain]), Buffer.concat([runs, Buffer.from([...coded, 0, 1])])];
}

const levelsOf = (length: number) => Float32Array.from({ length }, (_, place) => ((place * 37) % 101) / 100);

/** Stands in for a browser. */
const decodeByLibrary: BrowserDecoder = async (bytes) => {
  const opened = sharp(bytes, { limitInputPixels: 2 ** 24 })
    .toColourspace("srgb")
    .ensureAlpha();
  const { data, info } = await opened.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, values: data };
};

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
}

async function dicomBases(): Promise<Base[]> {
  const names = [
    "n_evle_mono2_8",
    "n_palette_16",
    "j_mono",
    "j_multi_nobot",
    "l_mono8",
    "r_rgb",
    "k_rgb_rct",
    "n_ybr_full_422",
  ];
  const deep = { "0028,0100": ["US", 16], "0028,0101": ["US", 12], "0028,0102": ["US", 11] } as const;
  const elements = pictureElements(14, 9, new Uint8Array(0), { ...deep, "7fe0,0010": ["OB", new Uint8Array(0)] });
  const words = Uint16Array.from({ length: 126 }, (_, place) => (place * 611) & 4095);
  const lossless = writeDicom(elements, {
    syntax: "1.2.840.10008.1.2.4.70",
    fragments: [losslessJpeg(14, 9, 12, words)],
  });
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const load = require("@cornerstonejs/codec-charls") as (output: object) => Promise<Record<string, new () => Encoder>>;
  const { JpegLSEncoder } = await load({ print: () => undefined, printErr: () => undefined });
  const encoder = new JpegLSEncoder!();
  const info = { width: 14, height: 9, bitsPerSample: 12, componentCount: 1, isSigned: false };
  encoder.getDecodedBuffer(info).set(new Uint8Array(words.buffer));
  encoder.encode();
  const jpegLs = writeDicom(elements, {
    syntax: "1.2.840.10008.1.2.4.80",
    fragments: [Buffer.from(encoder.getEncodedBuffer())],
  });
  const made: Base[] = [bytesOf("lossless.dcm", lossless), bytesOf("jpegls.dcm", jpegLs)];
  return [...names.map((name) => bytesOf(`${name}.dcm`, fixture(`dicom/fixtures/${name}.dcm`))), ...made];
}

/** Reads all of a value, so that what is decoded late is decoded too. */
function readAll(value: MatlabValue): void {
  if (value.kind === "cells") for (let index = 0; index < value.count; index++) readAll(value.read(index));
  if (value.kind !== "structs" || value.fields.length === 0) return;
  for (let index = 0; index < value.count; index++) for (const field of value.fields) readAll(value.read(index, field));
}

/** Rows of a table by its lines, where no quote makes one of several; null where that cannot be told. */
function rowsByLines(path: string): number | null {
  const bytes = readFileSync(path);
  if (bytes.includes('"') || bytes.includes(0) || (bytes[0] ?? 0) >= 0xfe) return null;
  const lines = bytes.toString("latin1").split(/\r\n|\r|\n/);
  while (lines.length > 0 && /^[\s,;\xa0]*$/.test(lines.at(-1)!)) lines.pop();
  return lines.length - 1;
}

function countRows(path: string, rows: readonly unknown[]): string | null {
  const lines = rowsByLines(path);
  return lines === null || lines === rows.length ? null : `${rows.length} rows of ${lines} lines`;
}

const table = ["image,patient,label,age", "a.png,P1,benign,51", "b.png,P2,malignant,62", "c.png,P3,benign,"].join("\n");

/** The formats that need no TensorFlow. */
const light: readonly Format[] = [
  pictureFormat("png", [
    () => picture(1).png().toBuffer(),
    () => picture(3).png({ palette: true }).toBuffer(),
    () => picture(3).toColourspace("rgb16").png().toBuffer(),
  ]),
  pictureFormat("jpeg", [
    () => picture(1).jpeg().toBuffer(),
    () => picture(3).jpeg({ progressive: true }).toBuffer(),
    () => picture(3).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  ]),
  pictureFormat("tiff", [
    () => picture(1).tiff({ compression: "none" }).toBuffer(),
    () => picture(3).tiff({ compression: "lzw" }).toBuffer(),
    () => picture(3).tiff({ compression: "deflate" }).toBuffer(),
  ]),
  pictureFormat("gif", [() => picture(3).gif().toBuffer()]),
  pictureFormat("webp", [() => picture(3).webp().toBuffer(), () => picture(3).webp({ lossless: true }).toBuffer()]),
  pictureFormat(
    "bmp",
    bitmaps().map((bytes) => () => Promise.resolve(bytes)),
  ),
  {
    name: "dicom",
    bases: dicomBases,
    async read(path) {
      const file = await openDicom(readFileSync(path), path);
      const { width, height, pixels } = await file.readGray(file.header.frames >> 1);
      const whole = pixels.length === width * height && pixels.every((level) => level >= 0 && level <= 1);
      return whole ? null : `${pixels.length} pixels of ${width} × ${height}`;
    },
  },
  {
    name: "page",
    async bases(folder) {
      const names = await writeMixedPictures(folder, { width: 60, height: 40, pixels: levelsOf(2400) }, "page");
      const files = names.map((name) => bytesOf(name, readFileSync(join(folder, name))));
      const deep = readFileSync(writePicture(join(folder, "deep.png"), texture(2), { depth: 16, channels: 4 }));
      return [...files, bytesOf("deep.png", deep), ...(await dicomBases())];
    },
    async read(path) {
      const file = await openPictureFile(readFileSync(path), path, decodeByLibrary);
      const { picture, part } = await file.read(file.first);
      const { width, height, pixels } = picture;
      const whole = pixels.length === width * height && pixels.every((level) => level >= 0 && level <= 1);
      return whole && part.width === width ? null : `${pixels.length} pixels of ${width} × ${height}`;
    },
  },
  {
    name: "csv",
    bases: () =>
      Promise.resolve([
        { file: "images.csv", bytes: Buffer.from(table), kind: "table" },
        { file: "german.csv", bytes: Buffer.from(table.replaceAll(",", ";"), "latin1"), kind: "bytes" },
        { file: "wide.csv", bytes: Buffer.from(`\ufeff${table}`, "utf16le"), kind: "bytes" },
      ]),
    read: (path) =>
      Promise.resolve(countRows(path, readTable(path, { columns: ["image", "patient"], optional: ["age"] }))),
  },
  {
    name: "xlsx",
    bases: () => {
      const sheet = fixture("files/fixtures/sheet.xlsx");
      const xml = (rows: string) =>
        makeZip([
          {
            name: "[Content_Types].xml",
            contents:
              '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
          },
          {
            name: "_rels/.rels",
            contents:
              '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
          },
          {
            name: "xl/workbook.xml",
            contents:
              '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
          },
          {
            name: "xl/_rels/workbook.xml.rels",
            contents:
              '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
          },
          {
            name: "xl/worksheets/sheet1.xml",
            contents: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
          },
        ]);
      const cells =
        '<row r="1"><c r="A1" t="inlineStr"><is><t>CaseID</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>';
      return Promise.resolve([bytesOf("sheet.xlsx", sheet), bytesOf("stored.xlsx", xml(cells))]);
    },
    read(path) {
      readSheet(path, { columns: ["CaseID"] });
      return Promise.resolve(null);
    },
  },
  {
    name: "mat",
    bases: () =>
      Promise.resolve(
        ["variables.mat", "variables-packed.mat"].map((name) => bytesOf(name, fixture(`files/fixtures/${name}`))),
      ),
    async read(path) {
      readAll(await readMatlab(path, { variable: "data" }));
      return null;
    },
  },
  {
    name: "npz",
    bases: () =>
      Promise.resolve(
        ["arrays-stored.npz", "arrays-deflated.npz"].map((name) => bytesOf(name, fixture(`files/fixtures/${name}`))),
      ),
    async read(path) {
      const arrays = await readNumpyArchive(path);
      return arrays.size > 0 ? null : "no array";
    },
  },
  {
    name: "npy",
    bases: () =>
      Promise.resolve([1, 2, 3].map((one) => bytesOf(`v${one}.npy`, fixture(`files/fixtures/version-${one}.npy`)))),
    read(path) {
      const { shape, data } = parseNumpyArray(readFileSync(path), path);
      const count = shape.reduce((product, size) => product * size, 1);
      return Promise.resolve(count === data.length ? null : `${data.length} numbers of ${count}`);
    },
  },
  {
    name: "zip",
    bases: () => {
      const files = [
        { name: "a/", contents: "" },
        { name: "a/one.txt", contents: "one".repeat(50), deflate: true },
        { name: "two.txt", contents: "two" },
      ];
      return Promise.resolve([bytesOf("files.zip", makeZip(files))]);
    },
    async read(path) {
      const folder = `${path} unpacked`;
      rmSync(folder, { recursive: true, force: true });
      try {
        await unpackZip({ archive: path, folder });
      } catch (error) {
        if (existsSync(folder)) return `left ${readdirSync(folder).join(", ")} behind`;
        throw error;
      }
      return null;
    },
  },
  {
    name: "split",
    bases(folder) {
      const records = Array.from({ length: 12 }, (_, index) => ({
        id: `image${index}`,
        label: index % 2 === 0 ? ("benign" as const) : ("malignant" as const),
        patient: `P${index >> 1}`,
        image: { kind: "file" as const, path: "a.png" },
        masks: [],
      }));
      const split = kFold(records, { dataset: "a", dataHash: "0".repeat(64) }, { folds: 2 });
      writeSplit(join(folder, "split.json"), split);
      return [{ file: "split.json", bytes: readFileSync(join(folder, "split.json")), kind: "json" }];
    },
    read(path) {
      const { folds } = readSplit(path, { dataHash: "0".repeat(64) });
      return Promise.resolve(folds.length === 2 ? null : `${folds.length} folds of 2`);
    },
  },
  {
    name: "predictions",
    bases(folder) {
      const rows = Array.from({ length: 8 }, (_, index) => ({
        ...{ id: `image${index}`, patient: `P${index}`, label: (index % 2) as 0 | 1, probability: (index + 1) / 10 },
        ...{ logit: index - 4, fold: "fold 1", seed: 1, part: "test" as const },
      }));
      writePredictions(join(folder, "predictions.csv"), { model: "a", rows });
      return Promise.resolve([
        { file: "predictions.csv", bytes: readFileSync(join(folder, "predictions.csv")), kind: "table" },
      ]);
    },
    read: (path) => Promise.resolve(countRows(path, readPredictions(path, "a").rows)),
  },
  {
    name: "study.json",
    bases: () =>
      Promise.resolve([
        { file: "study.json", bytes: Buffer.from('{"images":120,"patients":[1,2],"data":{"name":"a"}}'), kind: "json" },
      ]),
    read(path) {
      return readStudyFile(path) === null ? "nothing was read" : null;
    },
  },
  {
    name: "comparison",
    bases(folder) {
      writeComparison(join(folder, "comparison.csv"), [rowOf("a"), trivialRow("b")]);
      return [{ file: "comparison.csv", bytes: readFileSync(join(folder, "comparison.csv")), kind: "table" }];
    },
    read(path) {
      return countRows(path, readComparison(path));
    },
  },
  {
    name: "notebook",
    bases: () =>
      Promise.resolve([
        {
          file: "a.ipynb",
          bytes: Buffer.from(
            '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code","source":["1"],"outputs":[]}]}',
          ),
          kind: "json",
        },
      ]),
    read(path) {
      readNotebook(path);
      return null;
    },
  },
];

/** A folder of one's own with a file that is damaged: it is read, or the load names it. */
const folderFormat: Format = {
  name: "folder",
  bases(folder) {
    const set = join(folder, "set");
    for (const [index, label] of ["benign", "benign", "malignant", "malignant"].entries()) {
      mkdirSync(join(set, label), { recursive: true });
      writePicture(join(set, label, `image${index}.png`), texture(index), { width: 64, height: 48 });
    }
    writeFileSync(join(set, "images.csv"), "image,patient\nimage0,A\nimage1,B\nimage2,C\nimage3,D\n");
    const base = (file: string, kind: Base["kind"]): Base => ({
      ...{ file, bytes: readFileSync(join(set, file)), kind, within: set },
    });
    return Promise.resolve([base(join("benign", "image1.png"), "bytes"), base("images.csv", "table")]);
  },
  async read(path) {
    const { records } = await loadDataSet("folder", { root: path, cacheFolder: null, onContradiction: "keep" });
    return records.length === 4 ? null : `${records.length} images of 4`;
  },
};

const releaseFormat: Format = {
  name: "release",
  async bases(folder) {
    const contents = exampleContents();
    const target = join(folder, "release");
    await releaseModel(target, contents);
    contents.weights.dispose();
    rmSync(join(target, "checksums.json"));
    const files = ["sononas.json", "network.json", "architecture.json", "model.json"];
    const base = (file: string, kind: Base["kind"]): Base => ({
      ...{ file, bytes: readFileSync(join(target, file)), kind, within: target },
    });
    return [...files.map((file) => base(file, "json")), base("weights.bin", "bytes")];
  },
  async read(path) {
    const before = tf.memory().numTensors;
    try {
      (await loadRelease(path)).dispose();
    } catch (error) {
      if (tf.memory().numTensors !== before) return `${tf.memory().numTensors - before} tensors stayed in memory`;
      throw error;
    }
    return null;
  },
};

const planFormat: Format = {
  name: "plan",
  async bases(folder) {
    writeTinySet(folder);
    const target = join(folder, "plan");
    await makePlanFolder(target, tinyPlan(folder, { threads: 1 }), 1);
    const base = (file: string): Base => ({
      ...{
        file,
        bytes: readFileSync(join(target, file)),
        kind: file.endsWith(".json") ? "json" : "bytes",
        within: target,
      },
    });
    return [base("plan.json"), base("units.jsonl")];
  },
  read(path) {
    readPlanFolder(path);
    return null;
  },
};

/** All formats, those first whose reading is light. */
export const formats: readonly Format[] = [...light, folderFormat, planFormat, releaseFormat];

/** Writes a mutant where its reader finds it. Gives the path that the reader takes, and the name that a message must have. */
export function place(base: Base, mutant: Uint8Array, folder: string): { path: string; name: string } {
  if (base.within === undefined) {
    const path = join(folder, `fuzzed-${base.file}`);
    writeFileSync(path, mutant);
    return { path, name: basename(path) };
  }
  const path = join(folder, `fuzzed-${basename(base.within)}`);
  if (!existsSync(path)) cpSync(base.within, path, { recursive: true });
  writeFileSync(join(path, base.file), mutant);
  return { path, name: basename(base.file).replace(/\.png$/, "") };
}

/** Puts back the file of a folder that was a mutant. */
export function restore(base: Base, folder: string): void {
  if (base.within !== undefined) writeFileSync(join(folder, `fuzzed-${basename(base.within)}`, base.file), base.bytes);
}
