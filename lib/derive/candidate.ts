import type { Architecture } from "../space/kinds";
import type { StandAlone } from "./stand-alone";

/** An architecture on its way to be the winner. Plain data. */
export interface Candidate {
  /** The first 16 digits of its hash or more: its name. */
  readonly hash: string;
  readonly architecture: Architecture;
  /** Trainable parameters of its own network. */
  readonly parameters: number;
  /** Multiply-adds of its own network for one image. */
  readonly multiplyAdds: number;
  /** The mean reward on some draws of the search-validation images, with the shared weights; null where it was not drawn. */
  readonly drawn: number | null;
  /** The reward on all search-validation images, with the shared weights; null where it was not scored on them. */
  readonly onAll: number | null;
  /** How it fared when trained from scratch; null where it was not trained. */
  readonly standAlone: StandAlone | null;
}

/**
 * Puts candidates in order.
 *
 * @param scoreOf What they are ordered by, the larger the better; those with null come last, in the order in which they came.
 * @returns The best first; of equals, the one with fewer parameters, and then the one that came first.
 */
export function bestFirst(
  candidates: readonly Candidate[],
  scoreOf: (candidate: Candidate) => number | null,
): Candidate[] {
  return [...candidates].sort((a, b) => {
    const [first, second] = [scoreOf(a), scoreOf(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return first === second ? a.parameters - b.parameters : second - first;
  });
}
