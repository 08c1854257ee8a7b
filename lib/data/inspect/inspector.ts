/**
 * A thread that looks at images: what `startInspectors` starts.
 *
 * @module
 */
import { relative } from "node:path";
import { parentPort } from "node:worker_threads";

import { Problem } from "../../runtime/problem";
import type { ImageRecord } from "../records/record";
import { inspectImage } from "./inspect-image";
import type { Inspection } from "./inspection";

/** What a thread is asked. */
export interface InspectorQuestion {
  /** The number of the question, which its answer has too. */
  readonly number: number;
  readonly record: ImageRecord;
  /** The set's folder; messages name files from there. */
  readonly folder: string;
  /** Whether the set is a published one. */
  readonly published: boolean;
}

/** What a thread answers. */
export type InspectorAnswer = { readonly number: number } & (
  | { readonly kind: "seen"; readonly inspection: Inspection }
  | { readonly kind: "problem"; readonly what: string; readonly fix: string }
  | { readonly kind: "error"; readonly text: string }
);

/** Answers a question; never fails. */
export async function answer({ number, record, folder, published }: InspectorQuestion): Promise<InspectorAnswer> {
  try {
    const inspection = await inspectImage(record, (path) => relative(folder, path) || path, published);
    return { number, kind: "seen", inspection };
  } catch (error) {
    if (error instanceof Problem) return { number, kind: "problem", what: error.what, fix: error.fix };
    return { number, kind: "error", text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (question: InspectorQuestion) => {
  void answer(question).then((said) => {
    parentPort!.postMessage(said);
  });
});
