import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";

import { Problem } from "../../runtime/problem";
import type { ImageRecord } from "../records/record";
import type { Inspection } from "./inspection";
import type { InspectorAnswer, InspectorQuestion } from "./inspector";

/** Threads that look at images. */
export interface Inspectors {
  /**
   * Looks at the files of one image, as `inspectImage` does.
   *
   * @throws {Problem} Where that does, or the thread ended.
   */
  inspect(record: ImageRecord): Promise<Inspection>;

  /** Ends the threads; what they were looking at is left. */
  close(): Promise<void>;
}

/**
 * Starts threads that look at images: decoding, marks and masks are computed on all of them.
 *
 * @param count How many, from 1.
 * @param folder The set's folder; messages name files from there.
 * @param published Whether the set is a published one.
 * @returns The threads; the caller closes them.
 */
export function startInspectors(count: number, folder: string, published: boolean): Inspectors {
  // Compiled or as it is written: the entry lies beside this file, in the same form.
  const form = extname(__filename);
  const path = join(__dirname, `inspector${form}`);
  const start = () =>
    form === ".ts"
      ? // A thread does not take over what loads TypeScript.
        new Worker(`require(${JSON.stringify(require.resolve("tsx/cjs"))}); require(${JSON.stringify(path)});`, {
          eval: true,
        })
      : new Worker(path);
  const waiting = new Map<number, { resolve: (seen: Inspection) => void; reject: (reason: Error) => void }>();
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const threads = Array.from({ length: count }, () =>
    start()
      .on("message", (answer: InspectorAnswer) => {
        const asked = waiting.get(answer.number);
        waiting.delete(answer.number);
        if (answer.kind === "seen") asked?.resolve(answer.inspection);
        else asked?.reject(answer.kind === "problem" ? new Problem(answer.what, answer.fix) : new Error(answer.text));
      })
      .on("error", fail),
  );
  let next = 0;
  return {
    inspect: (record) =>
      new Promise((resolve, reject) => {
        const number = next++;
        waiting.set(number, { resolve, reject });
        const question: InspectorQuestion = { number, record, folder, published };
        threads[number % count]!.postMessage(question);
      }),
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
      fail(new Error("The inspection was ended."));
    },
  };
}
