import * as v from "valibot";

import { listOf, number, text, flag, wholeNumber } from "../runtime/option-values";

/** The schema of replays whose choices are judged by the images that are put aside. */
export const replaySchema = v.strictObject({
  /** The set whose networks are the pool. */
  set: text('the name of a set: "shape"'),
  /** Whether strategies see, and pay for, scores by the way of sharing that the step "supernets" chooses. */
  sharing: flag(),
  /** What strategies may use, in processor minutes. */
  minutes: listOf(number({ above: 0 }), { least: 1, different: true }),
  /** The one of these by which is decided. */
  decides: number({ above: 0 }),
  /** How many pools are drawn from the table's networks. */
  pools: wholeNumber({ from: 2 }),
  /** How often each strategy is replayed on each at each budget. */
  replays: wholeNumber({ from: 1 }),
  /** Draws pools and what strategies do by chance. */
  seed: wholeNumber(),
});

/** Replays, as a protocol lays them down. @interface */
export type ReplayOptions = Readonly<v.InferOutput<typeof replaySchema>>;
