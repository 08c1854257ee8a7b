import type { Finding } from "../records/finding";
import type { ImageRecord, Label } from "../records/record";
import * as cells from "./cells";
import { isNumberCode, labelOfCode, labelOfWord, meanings, plainWord, type Meaning } from "./class-words";
import type { Field } from "./columns";
import type { Description } from "./description";
import { stemOfName } from "./find-masks";
import type { OwnRow, OwnTable } from "./own-table";
import type { PlacedImage } from "./place-images";

/** What a table says of an image, beside its class. */
type Said = Pick<
  ImageRecord,
  "patient" | "birads" | "device" | "side" | "view" | "age" | "histology" | "verification" | "pixelSize" | "box"
>;

/** An image with all that its folders and its table say. */
export interface DescribedImage {
  readonly placed: PlacedImage;
  readonly meaning: Meaning | null;
  readonly said: Said;
  /** The mask that its row names, as it stands there; empty where it names none. */
  readonly mask: string;
}

/** What a table's cells in the column with the labels were taken for. */
export type WordCounts = ReadonlyMap<string, { readonly meaning: Meaning; readonly count: number }>;

/** What came of a table. */
export interface DescribedImages {
  readonly images: readonly DescribedImage[];
  readonly findings: readonly Finding[];
  readonly words: WordCounts;
}

/** How words and folders are read. */
export interface DescribeOptions {
  /** What words mean, as was said. */
  readonly values: Description["values"];
  /** Gives the patient of an image by its folder; undefined where folders say none. */
  readonly patientOf: (image: PlacedImage) => string | undefined;
}

/**
 * Adds what a table says to the images that were found: row by row by the image's name, or, where the table names none, by
 * the patient whose folder an image lies in. What cannot be read is told cell by cell.
 *
 */
export function describeImages(
  placed: readonly PlacedImage[],
  table: OwnTable | null,
  { values, patientOf }: DescribeOptions,
): DescribedImages {
  const findings: Finding[] = [];
  const names = collectNames();
  const words = new Map<string, { meaning: Meaning; count: number }>();
  const ofFolder = (image: PlacedImage): DescribedImage => {
    const patient = patientOf(image);
    const said = patient === undefined ? {} : { patient: names.spell(patient) };
    return { placed: image, meaning: image.meaning === "several" ? null : image.meaning, said, mask: "" };
  };
  if (table === null) return { images: placed.map(ofFolder), findings, words };

  const rowOf = new Map<PlacedImage, OwnRow>();
  const find: Find = (check, images, message, severity = "error") => {
    findings.push({ severity, check, file: table.name, images: images.map(({ id }) => id), message });
  };
  const byImage = table.columns.image !== undefined;
  const lookUp = byImage ? imagesByName(placed) : imagesByPatient(placed, patientOf);
  for (const row of table.rows) {
    const name = row.cell(byImage ? "image" : "patient");
    const found = lookUp(name);
    if (found.length === 0) {
      const padded = byImage ? paddedName(name, placed) : undefined;
      const near =
        padded === undefined ? "" : ` "${padded}" would be one with zeros before it: format the column as text.`;
      find("row without an image", [], `${row.place}: there is no image "${name.trim()}".${near}`, "warning");
    } else if (byImage && found.length > 1) {
      const which = found.map(({ id }) => id).join(" or ");
      find(
        "row of several images",
        found,
        `${row.place}: "${name.trim()}" can be ${which}; write the folder before it.`,
      );
    } else {
      const [twice] = found.filter((image) => rowOf.has(image));
      if (twice !== undefined) find("image in two rows", [twice], `${row.place}: ${twice.id} has a row before.`);
      for (const image of found) if (!rowOf.has(image)) rowOf.set(image, row);
    }
  }

  const column = table.columns.label;
  const beside = column === undefined ? [] : table.rows.map((row) => row.cell("label"));
  const meaningOf = labelReader(values, beside);
  const images = placed.map((image): DescribedImage => {
    const row = rowOf.get(image);
    const own = ofFolder(image);
    if (row === undefined) {
      const message = `${image.id} is not in ${table.name}: nothing is known of its patient${column === undefined ? "" : " and its class"}.`;
      find("image without a row", [image], message);
      return own;
    }
    const said = readRow(row, table, image, find, names.spell);
    if (table.columns.patient !== undefined && said.patient === undefined && own.said.patient === undefined)
      find("missing patient", [image], `${row.place}: ${image.id} has no patient.`);
    const meaning = column === undefined ? own.meaning : meaningIn(row, image, find, meaningOf);
    if (column !== undefined && meaning !== null) {
      const word = row.cell("label").trim();
      words.set(word, { meaning, count: (words.get(word)?.count ?? 0) + 1 });
    }
    return {
      placed: image,
      meaning: meaning ?? own.meaning,
      said: { ...own.said, ...said },
      mask: row.cell("mask").trim(),
    };
  });
  const numbers = [...words.keys()].filter(
    (word) => isNumberCode(word) && !Object.keys(values).map(plainWord).includes(word),
  );
  if (numbers.length > 0) {
    const message = `${table.name}, column "${column!}": 0 was taken for benign and 1 for malignant, as most do. If so, say it: --value benign=0 --value malignant=1; else the other way round.`;
    findings.push({ severity: "warning", check: "classes as numbers", file: table.name, images: [], message });
  }
  findings.push(...doubtfulNames(table.name, images));
  return { images, findings, words };
}

type Find = (check: string, images: readonly PlacedImage[], message: string, severity?: Finding["severity"]) => void;

function labelReader(values: Description["values"], beside: readonly string[]): (word: string) => Meaning | null {
  const said = new Map(Object.entries(values).map(([word, meaning]) => [plainWord(word), meaning]));
  const all = [...new Set(beside)].filter((word) => !cells.saysNothing(word)).map((one) => one.replace(/\.0+$/, ""));
  return (word) => {
    const plain = /^[01]\.0+$/.test(word.trim()) ? word.trim()[0]! : word;
    return said.get(plainWord(word)) ?? labelOfWord(plain) ?? labelOfCode(plain, all);
  };
}

// The class in a row, which must not contradict the image's folder.
function meaningIn(
  row: OwnRow,
  image: PlacedImage,
  find: Find,
  meaningOf: (word: string) => Meaning | null,
): Meaning | null {
  const word = row.cell("label");
  if (cells.saysNothing(word)) {
    if (image.meaning === null) find("label that is none", [image], `${row.place}: ${image.id} has no label.`);
    return null;
  }
  const meaning = meaningOf(word);
  if (meaning === null) {
    const message = `${row.place}: the label of ${image.id} is "${word.trim()}", expected ${meanings.slice(0, 3).join(", ")}, or a word for one of them. Say what it means: --value MEANING="${word.trim()}", of which MEANING is ${meanings.join(", ")}.`;
    find("label that is none", [image], message);
    return null;
  }
  if (image.meaning !== null && image.meaning !== "several" && meaning !== image.meaning && meaning !== "excluded") {
    const message = `${row.place}: ${image.id} is labelled ${meaning}, but lies in the folder of ${image.meaning} images.`;
    find("image in two classes", [image], message);
  }
  return meaning;
}

// All cells of a row but the label; one that cannot be read is told of, and says nothing.
function readRow(
  row: OwnRow,
  { columns }: OwnTable,
  image: PlacedImage,
  find: Find,
  spell: (name: string) => string,
): Said {
  const take = <Value>(
    own: readonly Field[],
    read: (text: string) => cells.CellValue<Value>,
    severity: Finding["severity"] = "warning",
  ) => {
    const text = own.map((field) => row.cell(field).trim()).join(", ");
    const found = read(text);
    if ("value" in found) return found.value;
    const where = own.map((field) => `"${columns[field]!}"`).join(", ");
    const column = `column${own.length > 1 ? "s" : ""} ${where}`;
    const message = `${row.place}, ${column}: ${image.id} has "${text}", expected ${found.expected}.`;
    find("cell that cannot be read", [image], message, severity);
    return undefined;
  };
  const patient = take(["patient"], cells.readName, "error");
  const form = cells.boxFieldsOf(columns);
  const boxCells = (form ?? []).map((field) => row.cell(field));
  const view = (text: string) => cells.readNumber(text, { from: 1, to: 1000, what: "a number" });
  const said = {
    ...(patient !== undefined && { patient: spell(patient) }),
    birads: take(["birads"], cells.readBirads),
    device: take(["device"], cells.readText),
    side: take(["side"], cells.readSide),
    view: take(["view"], view),
    age: take(["age"], cells.readAge),
    histology: take(["histology"], cells.readText),
    verification: take(["verification"], cells.readText),
    pixelSize: take(["pixelSize"], cells.readPixelSize),
    box: form === null ? undefined : take(form, () => cells.readBox(form, boxCells), "error"),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

// A name is spelt as it was the first time, so that "P1" and "p1" are one patient.
function collectNames(): { readonly spell: (name: string) => string } {
  const spellings = new Map<string, string>();
  return {
    spell: (name) => {
      const key = cells.keyOfName(name);
      if (!spellings.has(key)) spellings.set(key, name);
      return spellings.get(key)!;
    },
  };
}

// Names that are one but for zeros at the start, which spreadsheets drop: nobody but the owner knows.
function doubtfulNames(table: string, images: readonly DescribedImage[]): Finding[] {
  const byNumber = new Map<string, Map<string, string[]>>();
  for (const { placed, said } of images) {
    if (said.patient === undefined || !/^\d+$/.test(said.patient)) continue;
    const number = said.patient.replace(/^0+(?=\d)/, "");
    const spellings = byNumber.get(number) ?? new Map<string, string[]>();
    byNumber.set(number, spellings.set(said.patient, [...(spellings.get(said.patient) ?? []), placed.id]));
  }
  return [...byNumber.values()]
    .filter((spellings) => spellings.size > 1)
    .map((spellings) => ({
      severity: "warning",
      check: "patients of almost one name",
      file: table,
      images: [...spellings.values()].flat(),
      message: `${table}: the patients ${[...spellings.keys()].map((name) => `"${name}"`).join(" and ")} differ by zeros at the start alone, which spreadsheets drop; they count as two.`,
    }));
}

type LookUp = (name: string) => readonly PlacedImage[];

// By path or id with or without ending, else by the file's name.
function imagesByName(placed: readonly PlacedImage[]): LookUp {
  const exact = new Map<string, PlacedImage[]>();
  const short = new Map<string, PlacedImage[]>();
  const add = (index: Map<string, PlacedImage[]>, key: string, image: PlacedImage) => {
    const there = index.get(key);
    if (there === undefined) index.set(key, [image]);
    else if (!there.includes(image)) there.push(image);
  };
  for (const image of placed) {
    const path = image.parts.join("/").normalize("NFC").toLowerCase();
    for (const key of [path, stemOfName(path), image.id.toLowerCase()]) add(exact, key, image);
    const name = image.parts.at(-1)!.toLowerCase();
    for (const key of new Set([name, stemOfName(name)])) add(short, key, image);
  }
  return (name) => {
    const plain = plainPath(name);
    return exact.get(plain) ?? exact.get(stemOfName(plain)) ?? short.get(plain) ?? short.get(stemOfName(plain)) ?? [];
  };
}

function plainPath(name: string): string {
  return name
    .trim()
    .normalize("NFC")
    .replaceAll("\\", "/")
    .replace(/^\.?\//, "")
    .toLowerCase();
}

function paddedName(name: string, placed: readonly PlacedImage[]): string | undefined {
  const number = plainPath(name).replace(/\.0+$/, "");
  if (!/^\d+$/.test(number)) return undefined;
  const stems = placed.map(({ parts }) => stemOfName(parts.at(-1)!));
  return stems.find((stem) => /^0+\d+$/.test(stem) && stem.replace(/^0+/, "") === number.replace(/^0+/, ""));
}

function imagesByPatient(
  placed: readonly PlacedImage[],
  patientOf: (image: PlacedImage) => string | undefined,
): LookUp {
  const index = new Map<string, PlacedImage[]>();
  for (const image of placed) {
    const patient = patientOf(image);
    if (patient === undefined) continue;
    const key = cells.keyOfName(patient);
    index.set(key, [...(index.get(key) ?? []), image]);
  }
  return (name) => {
    const read = cells.readName(name);
    return "value" in read && read.value !== undefined ? (index.get(cells.keyOfName(read.value)) ?? []) : [];
  };
}

/** What a record takes over of a description: an image that is excluded has no label. */
export function labelOf({ meaning }: Pick<DescribedImage, "meaning">): Label | null {
  return meaning === "excluded" ? null : meaning;
}
