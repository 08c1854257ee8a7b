import { existsSync } from "node:fs";

import { readWhole } from "../files/read-whole";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";

const fix = "Take the table and its logits from version control again.";
const bytes = Int16Array.BYTES_PER_ELEMENT;

/**
 * Reads a file of logits: 16-bit whole numbers in thousandths, little-endian.
 *
 * @returns The thousandths.
 * @throws {Problem} Where it is missing.
 */
export function readThousandths(path: string): Int16Array {
  if (!existsSync(path)) throw new Problem(`${path} is missing.`, fix);
  const buffer = readWhole(path, 2 ** 30);
  return Int16Array.from({ length: Math.floor(buffer.length / bytes) }, (_, index) =>
    buffer.readInt16LE(index * bytes),
  );
}

/**
 * Adds logits to such a file; it need not be there yet.
 *
 * @param kept How many of its numbers have rows: what an interruption left behind them is cut off.
 * @param logits What is added; beyond ±32.767 they are cut, where a probability is within 1e-14 of 0 or 1.
 * @throws {Problem} Where it has fewer numbers, or cannot be written.
 */
export function appendThousandths(path: string, kept: number, logits: readonly number[]): void {
  const old = existsSync(path) ? readThousandths(path).subarray(0, kept) : new Int16Array();
  if (old.length !== kept) throw new Problem(`${path} has ${old.length} numbers, expected ${kept}.`, fix);
  const added = logits.map((logit) => Math.max(-32_767, Math.min(32_767, Math.round(logit * 1000))));
  writeAtomically(path, Buffer.concat([old, Int16Array.from(added)].map((list) => toBytes(list))));
}

/** Where the logits of a row begin in their file, and how many they are. */
export interface LogitsPlace {
  readonly from: number;
  readonly count: number;
}

/**
 * Says where logits of further rows come to lie: one after the other, behind those of the rows before.
 *
 * @param before Where those before are, in the order of the file.
 * @param counts How many logits each further row has.
 */
export function placesBehind(before: readonly LogitsPlace[], counts: readonly number[]): LogitsPlace[] {
  let from = endOf(before);
  return counts.map((count) => {
    const place = { from, count };
    from += count;
    return place;
  });
}

/** How many numbers such a file has that has the logits of rows, and no more. */
export function endOf(places: readonly LogitsPlace[]): number {
  const last = places.at(-1);
  return last === undefined ? 0 : last.from + last.count;
}

/**
 * Takes the logits of rows out of such a file.
 *
 * @param placesIn Says where those of each row begin and how many they are, in the order of the file, of how many numbers it has.
 * @returns For each row its logits, to a thousandth.
 * @throws {Problem} Where it is missing, or has not as many numbers as the rows want.
 */
export function takeLogits(path: string, placesIn: (length: number) => readonly LogitsPlace[]): Float64Array[] {
  const all = readThousandths(path);
  const places = placesIn(all.length);
  if (places.length === 0) return [];
  if (endOf(places) !== all.length)
    throw new Problem(`${path} has ${all.length} numbers, which are not those of ${places.length} rows.`, fix);
  return places.map(({ from, count }) => Float64Array.from(all.subarray(from, from + count), (one) => one / 1000));
}

function toBytes(numbers: Int16Array): Buffer {
  const buffer = Buffer.alloc(numbers.length * bytes);
  numbers.forEach((number, index) => buffer.writeInt16LE(number, index * bytes));
  return buffer;
}
