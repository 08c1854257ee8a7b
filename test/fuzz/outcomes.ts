/** What can come of a mutant. Only the first two are as they should be. */
export const outcomes = ["read", "refused by name", "crash", "endless", "silent drop", "without a file"] as const;

/** What came of a mutant. */
export type Outcome = (typeof outcomes)[number];

/** A mutant, by which it can be made again. */
export interface Job {
  readonly format: string;
  readonly index: number;
}

/** What a worker is to do. */
export interface WorkerOrder {
  readonly seed: number;
  readonly folder: string;
  readonly jobs: readonly Job[];
  /** The place of its first one. */
  readonly from: number;
}

/** What a worker says. */
export type Told =
  | { readonly kind: "begun"; readonly job: number; readonly mutant: string }
  | {
      readonly kind: "ended";
      readonly job: number;
      readonly outcome: Exclude<Outcome, "endless">;
      readonly message: string;
      readonly milliseconds: number;
      /** The mutant in base 64, where something is wrong with what came of it. */
      readonly bytes: string;
    }
  | { readonly kind: "failed"; readonly message: string };
