import * as v from "valibot";

import { Problem } from "../runtime/problem";
import type { Json } from "./state";

/** How deep lists and objects may lie in each other, in what is written and in what is read. */
const deepest = 100;

/**
 * Writes plain data as JSON so that reading gives back the same: what JSON would drop or change without a word, such as NaN
 * or a class, is refused. Keys whose value is `undefined` are left out.
 *
 * @param name What they are, as the message should begin: "The configuration".
 * @returns The text, on one line.
 * @throws {Problem} Where JSON cannot hold them; the message names the place.
 */
export function writeJson(data: Json, name: string): string {
  return write(data, name, "", 0);
}

function write(data: unknown, name: string, place: string, depth: number): string {
  if (data === null || typeof data === "boolean" || typeof data === "string") return JSON.stringify(data);
  if (typeof data === "number" && Number.isFinite(data)) return Object.is(data, -0) ? "-0" : String(data);
  if (depth > deepest) throw refused(name, place, `lies more than ${deepest} lists or objects deep`);
  if (Array.isArray(data)) {
    // Unlike `map`, this also visits the gaps of a list.
    const items = Array.from(data, (item: unknown, index) => write(item, name, `${place}[${index}]`, depth + 1));
    return `[${items.join(",")}]`;
  }
  if (!isPlainObject(data)) throw refused(name, place, `is ${describe(data)}`);
  const entries = Object.entries(data).filter(([, value]) => value !== undefined);
  const written = entries.map(([key, value]) => {
    const inner = place === "" ? key : `${place}.${key}`;
    if (key === "__proto__") throw refused(name, inner, "is a name that objects cannot hold safely");
    return `${JSON.stringify(key)}:${write(value, name, inner, depth + 1)}`;
  });
  return `{${written.join(",")}}`;
}

/**
 * Reads JSON that somebody else may have written.
 *
 * @returns The data. No object in them has the key "__proto__", which would change what it is once it is copied.
 * @throws {Error} Where the text is no JSON, lies too deep, or has that key. It is no {@link Problem}: the caller knows the
 *   file.
 */
export function parseJson(text: string): Json {
  const data = JSON.parse(text) as Json;
  checkParsed(data, 0);
  return data;
}

/**
 * Reads JSON that may be damaged, cut off or of another kind.
 *
 * @returns What it holds; null where it is no JSON, or not as the schema has it.
 */
export function parseAs<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> | null {
  try {
    const { success, output } = v.safeParse(schema, parseJson(text));
    return success ? output : null;
  } catch {
    return null;
  }
}

function checkParsed(data: Json, depth: number): void {
  if (typeof data !== "object" || data === null) return;
  if (depth > deepest) throw new Error(`it lies more than ${deepest} lists or objects deep`);
  if (Object.hasOwn(data, "__proto__")) throw new Error('it has the key "__proto__"');
  for (const value of Object.values<Json>(data as Record<string, Json>)) checkParsed(value, depth + 1);
}

/** Tells objects that JSON can hold, of keys and values and of no class, from lists and others. */
export function isPlainObject(data: unknown): data is Record<string, unknown> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return false;
  const prototype = Object.getPrototypeOf(data) as object | null;
  // By what lies above it: another realm, such as one of node:vm, has an Object of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(data: unknown): string {
  if (typeof data === "object" && data !== null) return `of the class ${data.constructor.name}`;
  return typeof data === "number" ? String(data) : `of the type ${typeof data}`;
}

function refused(name: string, place: string, what: string): Problem {
  return new Problem(
    `${name}${place === "" ? "" : `: ${JSON.stringify(place)}`} ${what}, which JSON cannot hold.`,
    "Give finite numbers, texts, true or false, null, and lists and objects of them.",
  );
}
