import { join } from "node:path";

import * as v from "valibot";

import { describeMachine, packageVersion, readVariable, type Machine } from "../runtime/environment";
import { passed } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { describeDifferences, findDifferences } from "./differences";
import { WrongConfiguration } from "./exit-codes";
import { isPlainObject } from "./json";
import { readOwnFile } from "./read-own-file";
import { hashJson, readSealed, writeSealed } from "./sealed-json";
import type { Json } from "./state";

/** The version of the run's folder that is written, and the newest that is read. */
const formatVersion = 1;

/** With what a run was begun, as far as its numbers may depend on it. */
export interface RunVersions {
  readonly sononas: string;
  readonly node: string;
  readonly tfjs: string;
  /** How many threads one TensorFlow operation may use; results are repeatable to the bit only at the same number. */
  readonly threads: number;
}

const recordSchema = v.object({
  /** What kind of run: "search", "training". */
  kind: v.string(),
  configuration: passed<Json>("plain data"),
  /** The hashes of what it works on: the data, the split. */
  inputs: v.record(v.string(), v.string()),
  versions: passed<RunVersions>("versions", isPlainObject),
  machine: passed<Machine>("a machine", isPlainObject),
  /** When it was begun, as ISO 8601 in UTC. */
  created: v.string(),
});

/**
 * What a run is: the contents of its file run.json, which is written first and never changed.
 *
 * @interface
 */
export type RunRecord = Readonly<v.InferOutput<typeof recordSchema>>;

/** What makes a run the one that it is. */
export type RunIdentity = Pick<RunRecord, "kind" | "configuration" | "inputs">;

/** Says with what this process computes, without loading TensorFlow. */
export function describeVersions(): RunVersions {
  const { node, processors } = describeMachine();
  const threads = Number(readVariable("TF_NUM_INTRAOP_THREADS") ?? readVariable("SONONAS_THREADS") ?? processors);
  return { sononas: packageVersion("sononas"), node, tfjs: packageVersion("@tensorflow/tfjs-node-gpu"), threads };
}

/**
 * Writes a run's record as the contents of run.json.
 *
 * @throws {Problem} Where the configuration or the inputs cannot be JSON.
 */
export function writeRunRecord(record: RunRecord): string {
  return writeSealed({ formatVersion, ...(record as unknown as Record<string, Json>) }, "The run's description");
}

/**
 * Reads a run's record.
 *
 * @returns The record; null where there is no run.json.
 * @throws {WrongConfiguration} Where a newer version of this project has written it.
 * @throws {Problem} Where it is damaged.
 */
export function readRunRecord(folder: string): RunRecord | null {
  const path = join(folder, "run.json");
  const bytes = readOwnFile(path, 100_000_000);
  if (bytes === null) return null;
  const { formatVersion: found, ...record } = readSealed(bytes, path);
  if (typeof found === "number" && found > formatVersion) {
    const { versions } = record;
    const writer = isPlainObject(versions) && typeof versions.sononas === "string" ? versions.sononas : "newer";
    throw new WrongConfiguration(
      `${path} is of format ${found}, written by sononas ${JSON.stringify(writer.slice(0, 40))}; this version, ${packageVersion("sononas")}, reads up to ${formatVersion}.`,
      "Update sononas, or choose another folder for a new run.",
    );
  }
  if (found !== formatVersion || !v.is(recordSchema, record)) {
    throw new Problem(`${path} does not describe a run.`, "Choose another folder for a new run.");
  }
  return record;
}

/** Brings what an older version has stored, which stays, into today's form, to be compared and looked at. */
export function upgradeRecord<Stored extends RunIdentity>(record: Stored, upgrade: (stored: Json) => Json): Stored {
  return { ...record, configuration: upgrade(record.configuration) };
}

/** Makes the hash that ties checkpoints to their run: the same for equal runs, in hexadecimal digits. */
export function hashIdentity({ kind, configuration, inputs }: RunIdentity): string {
  return hashJson({ kind, configuration, inputs });
}

/**
 * Checks that a folder holds the run that is asked for.
 *
 * @throws {WrongConfiguration} Where kind, configuration or inputs differ; the first three differences are named.
 */
export function requireSameRun(folder: string, saved: RunIdentity, asked: RunIdentity): void {
  if (saved.kind !== asked.kind) {
    throw new WrongConfiguration(
      `${folder} holds a run of the kind ${JSON.stringify(saved.kind.slice(0, 80))}, expected "${asked.kind}".`,
      "Choose another folder.",
    );
  }
  const differences = [
    ...findDifferences(saved.configuration, asked.configuration),
    ...findDifferences(saved.inputs, asked.inputs, "inputs"),
  ];
  if (differences.length === 0) return;
  throw new WrongConfiguration(
    `${folder} holds a run with another configuration: ${describeDifferences(differences)}.`,
    "Ask for what it was begun with to carry it on, or choose another folder for a new run.",
  );
}

/** Says what is not as it was when the run was begun, in a sentence; null where all is the same. */
export function compareVersions(saved: RunVersions, now: RunVersions): string | null {
  const differences = findDifferences(saved, now);
  if (differences.length === 0) return null;
  return `The run was begun with other versions (${describeDifferences(differences)}): its numbers may differ in their last digits from those of one carried through.`;
}
