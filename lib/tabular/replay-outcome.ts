import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { readKeptJson } from "./json-lines";

const pair = v.pipe(v.tuple([v.number(), v.number()]), v.readonly());

const outcomeSchema = v.strictObject({
  /** The hash of the protocol. */
  protocol: v.string(),
  /** The set of networks, and how many of it were there. */
  set: v.string(),
  networks: v.number(),
  /** The way of sharing whose scores strategies saw and paid for; null: none, and no strategy was replayed that needs one. */
  sharing: v.nullable(v.string()),
  /** The budget by which the step decides, in processor seconds. */
  decides: v.number(),
  /** What each strategy's choice lacks to the best network of its pool, on the images that are put aside, a point for each budget. */
  strategies: v.array(
    v.strictObject({
      kind: v.string(),
      title: v.string(),
      points: v.pipe(
        v.array(
          v.strictObject({
            ...{ budget: v.number(), regret: v.number(), quartiles: pair, interval: pair },
            byPool: v.pipe(v.array(v.number()), v.readonly()),
          }),
        ),
        v.readonly(),
      ),
    }),
  ),
  /** How much of what is reliable a ridge regression explains. */
  ridge: v.strictObject({ explained: v.number(), reliable: v.number(), share: v.number() }),
});

/**
 * What came of the step "replay": the one reading of the images that are put aside.
 *
 * @interface
 */
export type ReplayOutcome = Readonly<v.InferOutput<typeof outcomeSchema>>;

/** The file of a benchmark's folder with it. */
export const replayFile = "replay.json";

/**
 * Reads what came of the replays.
 *
 * @param folder The benchmark's folder.
 * @returns It; null where they are not made.
 * @throws {Problem} Where the file is damaged.
 */
export function readReplay(folder: string): ReplayOutcome | null {
  return readKeptJson(join(folder, replayFile), outcomeSchema);
}

/**
 * Keeps what came of the replays.
 *
 * @throws {Problem} Where it is there already: the images that are put aside are read once.
 */
export function keepReplay(folder: string, outcome: ReplayOutcome): void {
  const path = join(folder, replayFile);
  if (existsSync(path))
    throw new Problem(
      `${path} is there already: the images that are put aside were read.`,
      "Keep it; what is computed again from the same images is no second evidence.",
    );
  writeAtomically(path, `${JSON.stringify(outcome, null, 1)}\n`);
}
