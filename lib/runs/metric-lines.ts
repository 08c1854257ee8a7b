import { createHash } from "node:crypto";

import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson, writeJson } from "./json";
import type { Json } from "./state";

/** The most bytes of metrics that are read, as many as a text can hold. */
export const mostMetricBytes = 400_000_000;

/** One line of metrics: names and values, the time of day last. */
export type Metric = Readonly<Record<string, Json>>;

/** A line of a file of metrics, as it was read. */
export interface MetricLine {
  /** The line, without its end. */
  readonly text: string;
  readonly metric: Metric;
}

/** What a file of metrics holds. */
export interface MetricLines {
  /** The whole lines that can be read, in their order. */
  readonly lines: readonly MetricLine[];
  /** How many lines are whole and cannot be read, or have no end. */
  readonly broken: number;
}

/**
 * Writes a line of metrics.
 *
 * @returns The line, without its end; its last key is "time".
 * @throws {Problem} Where JSON cannot hold a value, as NaN; where there is a value "time" already.
 */
export function writeMetric(metric: Metric, time: Date): string {
  if (Object.hasOwn(metric, "time")) {
    throw new Problem(
      'A metric has the key "time", which the run itself adds.',
      'Choose another, "seconds" for example.',
    );
  }
  return writeJson({ ...metric, time: time.toISOString() }, "A metric");
}

/**
 * Reads lines of metrics.
 *
 * @param bytes The file's bytes. A last line without its end is broken: its writing was cut short.
 */
export function readMetricLines(bytes: Uint8Array): MetricLines {
  const lines: MetricLine[] = [];
  let broken = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    const line = end < 0 ? null : readLine(bytes.subarray(start, end));
    if (line === null) broken++;
    else lines.push(line);
    start = end < 0 ? bytes.length : end + 1;
  }
  return { lines, broken };
}

function readLine(bytes: Uint8Array): MetricLine | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const metric = parseJson(text);
    return isPlainObject(metric) ? { text, metric } : null;
  } catch {
    return null;
  }
}

/**
 * Hashes lines of metrics without their times, so that work that was stopped and carried on gives the hash of work that was
 * not.
 */
export class MetricHash {
  readonly #hash = createHash("sha256");

  /** Adds a line, without its end. */
  add(text: string): void {
    this.#hash.update(`${text.replace(/,?"time":"[^"]*"\}$/, "}")}\n`);
  }

  /** Gives the SHA-256 of the lines so far, in hexadecimal digits; more can be added. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }
}

/** Hashes lines of metrics without their times: SHA-256 in hexadecimal digits. */
export function hashMetricLines(lines: readonly MetricLine[]): string {
  const hash = new MetricHash();
  for (const { text } of lines) hash.add(text);
  return hash.digest();
}
