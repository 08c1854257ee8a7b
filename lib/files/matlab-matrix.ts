import { Problem } from "../runtime/problem";
import { checkNumbers, decodeNumbers, type MatlabData } from "./matlab-numbers";
import { countOf, damaged, matrixType, objectClass, tagAt, textAt, wordAt, type MatlabBytes } from "./matlab-tags";
import { decodeCharacters } from "./matlab-text";

/** An array of numbers or truth values. */
export interface MatlabNumbers {
  readonly kind: "numbers";
  /** Its lengths: rows, columns, and so on. */
  readonly shape: readonly number[];
  /** Its class in MATLAB: "double", "single", "int8" to "uint64", "logical". */
  readonly className: string;
  /**
   * Its elements column by column: the first index is the fastest. The type is the one in the file; MATLAB stores whole
   * numbers of class double in the smallest type that holds them.
   */
  readonly data: MatlabData;
  /** The imaginary parts of complex numbers, in the same order; undefined where they are real. */
  readonly imaginary?: MatlabData;
}

/** An array of characters. */
export interface MatlabText {
  readonly kind: "text";
  /** Its lengths: rows, columns. */
  readonly shape: readonly number[];
  /** Its rows; an ordinary text has one, an empty one none. */
  readonly rows: readonly string[];
}

/** A cell array: its elements are values of any kind. */
export interface MatlabCells {
  readonly kind: "cells";
  readonly shape: readonly number[];
  readonly count: number;

  /**
   * Decodes one element.
   *
   * @param index Which, from 0, column by column.
   */
  read(index: number): MatlabValue;
}

/** A struct array: each element has a value under each field's name. */
export interface MatlabStructs {
  readonly kind: "structs";
  readonly shape: readonly number[];
  readonly count: number;
  readonly fields: readonly string[];

  /**
   * Decodes one field of one element.
   *
   * @param index Which element, from 0, column by column.
   */
  read(index: number, field: string): MatlabValue;
}

/** A value of a MATLAB file. */
export type MatlabValue = MatlabNumbers | MatlabText | MatlabCells | MatlabStructs;

/** A matrix whose form has been checked; its elements are decoded when asked for. */
export interface MatlabMatrix {
  /** The variable's name; empty for parts of cells and structs. */
  readonly name: string;

  /** Decodes it. */
  decode(): MatlabValue;
}

/** MATLAB's classes of arrays. */
const [cellClass, structClass, textClass] = [1, 2, 4];
const numberClasses: Readonly<Record<number, string>> = {
  6: "double",
  7: "single",
  8: "int8",
  9: "uint8",
  10: "int16",
  11: "uint16",
  12: "int32",
  13: "uint32",
  14: "int64",
  15: "uint64",
};
const refusedClasses: Readonly<Record<number, string>> = {
  3: "an object",
  5: "a sparse array",
  16: "a function",
  [objectClass]: "an object (a table, a string, a date or the like)",
};

/** Cells within cells are taken to this depth, and so many of them; a file beyond is made to break its readers. */
const deepest = 64;
const mostParts = 1_000_000;

/** How deep inside of cells and structs a matrix is, and how many more there may be. */
interface Nesting {
  readonly depth: number;
  readonly parts: { left: number };
}

/**
 * Reads the form of a matrix and of all matrices inside of it: every length is checked against the bytes that are there, and
 * nothing is decoded yet.
 *
 * @param limit Where it must end at the latest; default: the end of the bytes.
 * @param nesting How deep inside of others it is; default: not at all.
 * @throws {Problem} Where it is cut off or contradicts itself, or holds objects, functions or a sparse array.
 */
export function parseMatrix(
  source: MatlabBytes,
  position: number,
  limit: number = source.bytes.length,
  nesting: Nesting = { depth: 0, parts: { left: mostParts } },
): { matrix: MatlabMatrix; next: number } {
  const tag = tagAt(source, position, limit);
  if (tag.type !== matrixType) throw damaged(source, `a value is of type ${tag.type}, expected an array`);
  if (nesting.depth > deepest) throw damaged(source, `its values are nested deeper than ${deepest}`);
  if (--nesting.parts.left < 0) throw damaged(source, `it has more than ${mostParts} values`);
  // This is how an empty field is stored.
  if (tag.start === tag.end) return { matrix: { name: "", decode: emptyNumbers }, next: tag.next };

  const flags = tagAt(source, tag.start, tag.end);
  if (flags.end - flags.start < 8) throw damaged(source, "the flags of an array are too short");
  const word = wordAt(source, flags.start);
  const [classNumber, isComplex, isLogical] = [word & 0xff, (word & 0x800) !== 0, (word & 0x200) !== 0];
  const refused = refusedClasses[classNumber];
  if (refused !== undefined) {
    throw new Problem(
      `${source.file} holds ${refused}, expected numbers, texts, cells and structs.`,
      "Turn it into one of these in MATLAB, and save it again.",
    );
  }
  const { shape, next: afterShape } = readShape(source, flags.next, tag.end);
  const nameTag = tagAt(source, afterShape, tag.end);
  const name = textAt(source, nameTag.start, nameTag.end);
  const inside: Inside = { source, at: nameTag.next, end: tag.end, shape, nesting };
  return { matrix: { name, decode: readContents(inside, { classNumber, isComplex, isLogical }) }, next: tag.next };
}

/** What is left of a matrix after its header. */
interface Inside {
  readonly source: MatlabBytes;
  readonly at: number;
  readonly end: number;
  readonly shape: readonly number[];
  readonly nesting: Nesting;
}

function readContents(
  inside: Inside,
  of: { readonly classNumber: number; readonly isComplex: boolean; readonly isLogical: boolean },
): () => MatlabValue {
  if (of.classNumber === cellClass) return readCells(inside);
  if (of.classNumber === structClass) return readStructs(inside);
  if (of.classNumber === textClass) return readText(inside);
  const className = numberClasses[of.classNumber];
  if (className === undefined) throw damaged(inside.source, `an array is of the unknown class ${of.classNumber}`);
  return readNumbers(inside, of.isLogical ? "logical" : className, of.isComplex);
}

function readShape(source: MatlabBytes, position: number, limit: number): { shape: number[]; next: number } {
  const { type, start, end, next } = tagAt(source, position, limit);
  const count = (end - start) / 4;
  if (type !== 5 || !Number.isInteger(count) || count < 1 || count > 32) {
    throw damaged(source, "the lengths of an array cannot be read");
  }
  const shape = Array.from({ length: count }, (_, axis) => wordAt(source, start + 4 * axis) | 0);
  if (shape.some((length) => length < 0)) throw damaged(source, `an array has the lengths [${shape.join(", ")}]`);
  return { shape, next };
}

const emptyNumbers = (): MatlabNumbers => ({
  kind: "numbers",
  shape: [0, 0],
  className: "double",
  data: new Float64Array(0),
});

function readNumbers({ source, at, end, shape }: Inside, className: string, isComplex: boolean): () => MatlabNumbers {
  const real = checkNumbers(source, at, end, shape);
  const imaginary = isComplex ? checkNumbers(source, real.next, end, shape) : null;
  return () => {
    const value: MatlabNumbers = { kind: "numbers", shape, className, data: decodeNumbers(source, real) };
    return imaginary === null ? value : { ...value, imaginary: decodeNumbers(source, imaginary) };
  };
}

function readText({ source, at, end, shape }: Inside): () => MatlabText {
  const tag = tagAt(source, at, end);
  const characters = () => decodeCharacters(source, tag, countOf(shape));
  characters();
  return () => {
    const all = characters();
    const height = all.length === 0 ? 0 : shape[0]!;
    const rows = Array.from({ length: height }, (_, row) => {
      let text = "";
      for (let index = row; index < all.length; index += height) text += all[index]!;
      return text;
    });
    return { kind: "text", shape, rows };
  };
}

function readCells({ source, at, end, shape, nesting }: Inside): () => MatlabCells {
  const items = readItems(source, at, end, countOf(shape), nesting);
  const count = items.length;
  return () => ({
    kind: "cells",
    shape,
    count,
    read: (index) => items[checkIndex(source, index, count)]!.decode(),
  });
}

function readStructs({ source, at, end, shape, nesting }: Inside): () => MatlabStructs {
  const { fields, next } = readFields(source, at, end);
  const count = countOf(shape);
  const items = readItems(source, next, end, count * fields.length, nesting);
  return () => ({
    kind: "structs",
    shape,
    count,
    fields,
    read(index, field) {
      const place = fields.indexOf(field);
      if (place < 0) {
        throw new Problem(
          `${source.file}: a struct has no field "${field}". It has ${fields.join(", ")}.`,
          "Look whether it is the right file.",
        );
      }
      return items[checkIndex(source, index, count) * fields.length + place]!.decode();
    },
  });
}

// All names are stored in the same length, the rest of it filled with zeros.
function readFields(source: MatlabBytes, at: number, end: number): { fields: string[]; next: number } {
  const lengthTag = tagAt(source, at, end);
  const length = lengthTag.end - lengthTag.start >= 4 ? wordAt(source, lengthTag.start) : 0;
  const names = tagAt(source, lengthTag.next, end);
  const count = names.end === names.start ? 0 : (names.end - names.start) / length;
  if (!Number.isInteger(count)) throw damaged(source, "the names of fields cannot be read");
  const nameAt = (start: number) => textAt(source, start, start + length).replace(/\0.*$/s, "");
  return {
    fields: Array.from({ length: count }, (_, index) => nameAt(names.start + index * length)),
    next: names.next,
  };
}

function readItems(source: MatlabBytes, at: number, end: number, count: number, nesting: Nesting): MatlabMatrix[] {
  const items: MatlabMatrix[] = [];
  const inside = { depth: nesting.depth + 1, parts: nesting.parts };
  // No memory is taken by the count alone: one that is too large ends at the first part that is missing.
  for (let next = at; items.length < count;) {
    const item = parseMatrix(source, next, end, inside);
    items.push(item.matrix);
    next = item.next;
  }
  return items;
}

function checkIndex(source: MatlabBytes, index: number, count: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new Problem(
    `${source.file}: element ${index} of an array of ${count} was asked for.`,
    "Give a whole number from 0 to one less than its count.",
  );
}
