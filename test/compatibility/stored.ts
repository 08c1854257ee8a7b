import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

import { hashOf } from "../../lib/files/checksum";
import { unpackZip } from "../../lib/files/unpack";
import { readRun } from "../../lib/runs/read-run";
import { describeKernels } from "../../lib/kernels/choose-kernels";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { fastPlace } from "../helpers/run-folder";

/** What a run came to, in the hands of the version that began it. */
export interface ExpectedRun {
  /** The hash of its metrics. */
  readonly metrics: string;
  /** The hash of all arrays of its newest checkpoint, by the order of their keys. */
  readonly arrays: string;
  /** Its metrics, without times. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** A derivation's or a control's candidates. */
  readonly candidates?: readonly { readonly hash: string; readonly standAlone: unknown }[];
  /** A unit's predictions, as its file has them. */
  readonly predictions?: string;
}

/** What the version that made the folders said of them. */
export interface Expected {
  /** The processor that it computed on, with one thread: another one rounds otherwise. */
  readonly processor: string;
  /** What it carried the runs on to, by their folders. */
  readonly runs: Readonly<Record<string, ExpectedRun>> & { readonly validation: readonly ExpectedRun[] };
  /** What its release says of phantoms. */
  readonly release: readonly { readonly id: string; readonly probability: number }[];
  /** Its study: the hashes of its images and all tables of its report. */
  readonly study: {
    readonly dataHash: string;
    readonly prepared: string;
    readonly tables: readonly { readonly title: string; readonly caption: string; readonly rows: readonly object[] }[];
  };
}

/** The folders of an earlier version, unpacked anew for each test, and what that version said of them. */
export function storedFolders(): { path: string; expected: Expected } {
  const stored = { path: "", expected: {} as Expected };
  beforeEach(async () => {
    stored.path = mkdtempSync(join(fastPlace, "sononas test "));
    await unpackZip({ archive: join(__dirname, "stored.zip"), folder: stored.path });
    stored.expected = JSON.parse(readFileSync(join(stored.path, "expected.json"), "utf8")) as Expected;
  });
  afterEach(() => {
    rmSync(stored.path, { recursive: true, force: true });
  });
  return stored;
}

/** Whether numbers must be equal to the bit: on the processor, with the threads and the kernels that they were computed with. */
export function toTheBit({ processor }: Expected): boolean {
  return cpus()[0]!.model === processor && describeRuntime().threads === 1 && describeKernels().variant === "avx2";
}

/** Compares two pieces of plain data: every number is equal, or where it was computed otherwise, within a thousandth. */
export function sameData(found: unknown, expected: unknown, exact: boolean, place = ""): void {
  if (!exact && typeof found === "number" && typeof expected === "number") {
    ok(Math.abs(found - expected) <= 1e-3 * Math.max(1, Math.abs(expected)), `${place}: ${found} for ${expected}`);
  } else if (typeof expected === "object" && expected !== null && typeof found === "object" && found !== null) {
    deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), place);
    for (const [key, value] of Object.entries(expected)) {
      sameData((found as Record<string, unknown>)[key], value, exact, `${place}.${key}`);
    }
  } else equal(found, expected, place);
}

/** Looks whether a run that is done has come to what it came to in the hands of the version that began it. */
export function sameRun(folder: string, expected: ExpectedRun, exact: boolean): void {
  const run = readRun(folder);
  const { finished, outcome, metrics } = run;
  ok(finished);
  const lines = metrics.map(({ time: _time, ...line }) => line);
  sameData(lines, expected.lines, exact, "metrics");
  if (!exact) return;
  equal(outcome?.metrics, expected.metrics);
  const arrays = [...(run.latest()?.state.arrays ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const bytes = arrays.map(([, { values }]) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  equal(hashOf(Buffer.concat(bytes)), expected.arrays);
}
