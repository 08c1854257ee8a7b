/**
 * Checks of plain data that comes from a file: everything that is expected is there, and nothing else.
 *
 * @module
 */
import { closest } from "fastest-levenshtein";

import { Problem } from "../runtime/problem";

/** Checks a value; `place` says where it stands, for the message. Throws a {@link Problem} where it is another. */
export type Check = (value: unknown, place: string) => void;

/**
 * Refuses a value.
 *
 * @param value The value.
 * @param place Where it stands.
 * @param expected What should stand there.
 */
export function refuse(value: unknown, place: string, expected: string): never {
  const said = value === undefined ? "nothing" : typeof value === "number" ? String(value) : JSON.stringify(value);
  const short = said.length > 80 ? `${said.slice(0, 77)}…` : said;
  throw new Problem(`The release has ${short} at ${place}, expected ${expected}.`, "Correct it, or release it again.");
}

/**
 * A text that is not empty.
 *
 * @param value The value.
 * @param place Where it stands.
 */
export const text: Check = (value, place) => {
  if (typeof value !== "string" || value.trim() === "") refuse(value, place, "a text");
};

/**
 * A number within bounds, both of them allowed.
 *
 * @param low The smallest.
 * @param high The largest.
 * @returns The check.
 */
export const numberFrom = (low: number, high: number): Check => {
  return (value, place) => {
    if (typeof value === "number" && value >= low && value <= high && Number.isFinite(value)) return;
    const range = high === Infinity ? `from ${low}` : `from ${low} to ${high}`;
    refuse(value, place, low === -Infinity ? "a finite number" : `a number ${range}`);
  };
};

/**
 * A whole number from a smallest one.
 *
 * @param low The smallest.
 * @returns The check.
 */
export const wholeFrom = (low: number): Check => {
  return (value, place) => {
    if (!Number.isSafeInteger(value) || (value as number) < low) refuse(value, place, `a whole number from ${low}`);
  };
};

/**
 * A value, or null for what is not reported.
 *
 * @param check What it is where it is not null.
 * @returns The check.
 */
export const orNull = (check: Check): Check => {
  return (value, place) => {
    if (value !== null) check(value, place);
  };
};

/**
 * A list.
 *
 * @param check What each of its items is.
 * @param least How many there are at least.
 * @returns The check.
 */
export const listOf = (check: Check, least: number): Check => {
  return (value, place) => {
    if (!Array.isArray(value) || value.length < least) refuse(value, place, `a list of at least ${least}`);
    (value as unknown[]).forEach((item, index) => {
      check(item, `${place}[${index}]`);
    });
  };
};

/**
 * An object with any keys.
 *
 * @param check What each of its values is.
 * @returns The check.
 */
export const mapOfValues = (check: Check): Check => {
  return (value, place) => {
    if (!isObject(value)) refuse(value, place, "an object");
    for (const [key, item] of Object.entries(value)) check(item, `${place}.${key}`);
  };
};

/**
 * An object with exactly these keys.
 *
 * @param fields What each of its values is.
 * @returns The check.
 */
export const objectOf = (fields: Readonly<Record<string, Check>>): Check => {
  return (value, place) => {
    if (!isObject(value)) refuse(value, place, "an object");
    const known = Object.keys(fields);
    const strange = Object.keys(value).find((key) => !known.includes(key));
    if (strange !== undefined) {
      throw new Problem(
        `The release has an unknown field "${strange}" at ${place}.`,
        `Did you mean "${closest(strange, known)}"? There are ${known.join(", ")}.`,
      );
    }
    for (const [key, check] of Object.entries(fields)) check(value[key], place === "" ? key : `${place}.${key}`);
  };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
