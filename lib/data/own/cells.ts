import type { Box } from "../../pictures/picture";
import type { ImageRecord } from "../records/record";
import { plainWord } from "./class-words";
import type { Columns, Field } from "./columns";

/** A cell that was read: what it says, nothing where it is empty, or what was expected of it where it cannot be read. */
export type CellValue<Value> = { readonly value: Value | undefined } | { readonly expected: string };

/**
 * Says whether a cell says nothing: it is empty, or says in words that nothing is known.
 */
export function saysNothing(text: string): boolean {
  return /^(|nan|n\/a|na|null|none|not available|not applicable|-+|\?)$/i.test(text.trim());
}

/**
 * Reads a name of a patient by stated rules: spaces around it go and several become one; a whole number may end in ".0", as
 * spreadsheets write it; letters with accents are one letter. Zeros at the start stay. Numbers in scientific notation are
 * refused: a spreadsheet has rounded them, so that several patients may have become one.
 *
 * @returns The name as it is written. Upper and lower case are the same to {@link keyOfName}, and stay here.
 */
export function readName(text: string): CellValue<string> {
  if (saysNothing(text)) return { value: undefined };
  const plain = text.normalize("NFC").trim().replaceAll(/\s+/g, " ");
  if (/^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i.test(plain)) {
    return { expected: "a name: a spreadsheet has rounded this number; format the column as text, and save again" };
  }
  return { value: /^\d+\.0+$/.test(plain) ? plain.replace(/\.0+$/, "") : plain };
}

/** By what two names are one: "P1" and "p1" are. */
export function keyOfName(name: string): string {
  return name.toLowerCase();
}

/** Reads a number, with a decimal point or comma, within bounds. */
export function readNumber(
  text: string,
  { from, to, what }: { from: number; to: number; what: string },
): CellValue<number> {
  if (saysNothing(text)) return { value: undefined };
  const plain = text.trim().replace(",", ".");
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  return value >= from && value <= to ? { value } : { expected: `${what} from ${from} to ${to}` };
}

/** Reads an age in years: "52", "52 years", "052Y" as DICOM writes it. */
export function readAge(text: string): CellValue<number> {
  const plain = text.trim().replace(/\s*(y|yrs?|years?|years? old|jahre?|ans|años|anni)\.?$/i, "");
  return readNumber(plain, { from: 0, to: 120, what: "years" });
}

/** Reads a pixel's size in millimetres. */
export function readPixelSize(text: string): CellValue<number> {
  return readNumber(text.trim().replace(/\s*mm$/i, ""), { from: 0.005, to: 1, what: "millimetres" });
}

const sides: Readonly<Record<string, ImageRecord["side"]>> = {
  ...{ left: "left", l: "left", li: "left", links: "left", sin: "left", gauche: "left", izquierda: "left" },
  ...{ right: "right", r: "right", re: "right", rechts: "right", dx: "right", droite: "right", derecha: "right" },
  ...{ lt: "left", rt: "right", sinistra: "left", destra: "right", esquerda: "left", direita: "right", sn: "left" },
  single: "single",
};

/** Reads a side. */
export function readSide(text: string): CellValue<ImageRecord["side"]> {
  if (saysNothing(text)) return { value: undefined };
  const value = sides[plainWord(text).replace(/\.$/, "")];
  return value === undefined ? { expected: "left or right, L or R" } : { value };
}

const roman: Readonly<Record<string, string>> = { i: "1", ii: "2", iii: "3", iv: "4", v: "5", vi: "6" };

/** Reads a BI-RADS category: "4a" of "4A", "IV b" becomes "4b", "BI-RADS 5" is "5". */
export function readBirads(text: string): CellValue<string> {
  if (saysNothing(text)) return { value: undefined };
  const plain = text
    .toLowerCase()
    .replace(/\.0+$/, "")
    .replaceAll(/bi-?rads|[\s_:.-]/g, "");
  const [, category, letter = ""] = /^([0-6]|iii|ii|iv|vi|i|v)([abc]?)$/.exec(plain) ?? [];
  if (category === undefined) return { expected: "a BI-RADS category: 0 to 6, 4a, 4b, 4c" };
  return { value: `${roman[category] ?? category}${letter}` };
}

/** Reads a text as it stands there. */
export function readText(text: string): CellValue<string> {
  return { value: saysNothing(text) ? undefined : text.trim() };
}

/** Two ways in which tables give a box, in pixels of the image. */
export const boxForms: readonly (readonly Field[])[] = [
  ["x", "y", "width", "height"],
  ["x1", "y1", "x2", "y2"],
];

/**
 * Says which columns hold a box: x, y, width and height, or two corners.
 *
 * @returns The fields; null where a table has none of them, or not all of one form.
 */
export function boxFieldsOf(columns: Columns): readonly Field[] | null {
  return boxForms.find((form) => form.every((field) => columns[field] !== undefined)) ?? null;
}

/**
 * Reads a box in pixels of the original image, whose first column and row are 0. Fractions are widened to whole pixels; the
 * second corner is the pixel behind the last one.
 *
 * @param cells The four cells, in the order of the fields.
 */
export function readBox(form: readonly Field[], cells: readonly string[]): CellValue<Box> {
  if (cells.every(saysNothing)) return { value: undefined };
  const bounds = { from: -1e6, to: 1e6, what: "pixels" };
  const numbers = cells
    .map((cell) => readNumber(cell, bounds))
    .map((read) => ("value" in read ? read.value : undefined));
  const [a, b, c, d] = numbers;
  const expected = form[0] === "x" ? "a box: x, y, width and height in pixels" : "a box: two corners in pixels";
  if (a === undefined || b === undefined || c === undefined || d === undefined) return { expected };
  const [right, bottom] = form[0] === "x" ? [a + c, b + d] : [c, d];
  const [left, top] = [Math.floor(a), Math.floor(b)];
  const box = { left, top, width: Math.ceil(right) - left, height: Math.ceil(bottom) - top };
  return box.width >= 1 && box.height >= 1 ? { value: box } : { expected };
}
