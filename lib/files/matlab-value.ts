import { Problem } from "../runtime/problem";

/** The numbers of a MATLAB array, in an array of the type in which they are stored. */
export type MatlabData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** An array of numbers or truth values. */
export interface MatlabNumbers {
  /** Tells it from other values. */
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
  /** Tells it from other values. */
  readonly kind: "text";
  /** Its lengths: rows, columns. */
  readonly shape: readonly number[];
  /** Its rows; an ordinary text has one, an empty one none. */
  readonly rows: readonly string[];
}

/** A cell array: its elements are values of any kind. */
export interface MatlabCells {
  /** Tells it from other values. */
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
  /** Tells it from other values. */
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

/**
 * Takes a value as a single number.
 *
 * @param name What to call it in a message: "OASBUD.mat: data(3).class".
 * @throws {Problem} Where it is not one real number.
 */
export function numberOf(value: MatlabValue, name: string): number {
  if (value.kind === "numbers" && value.data.length === 1 && value.imaginary === undefined)
    return Number(value.data[0]);
  throw new Problem(`${name} is ${describeValue(value)}, expected one number.`, "Look whether it is the right file.");
}

/**
 * Takes a value as one line of text.
 *
 * @returns The text; "" for an empty array.
 * @throws {Problem} Where it is something else.
 */
export function textOf(value: MatlabValue, name: string): string {
  if (value.kind === "text" && value.rows.length <= 1) return value.rows[0] ?? "";
  throw new Problem(`${name} is ${describeValue(value)}, expected one text.`, "Look whether it is the right file.");
}

/**
 * Says in words what a value is.
 *
 * @returns "double [510, 1824]", "a text [1, 7]", "a struct array [1, 100] of id, rf1".
 */
export function describeValue(value: MatlabValue): string {
  const shape = `[${value.shape.join(", ")}]`;
  switch (value.kind) {
    case "numbers":
      return `${value.imaginary === undefined ? "" : "complex "}${value.className} ${shape}`;
    case "text":
      return `a text ${shape}`;
    case "cells":
      return `a cell array ${shape}`;
    case "structs":
      return `a struct array ${shape} of ${value.fields.join(", ")}`;
  }
}
