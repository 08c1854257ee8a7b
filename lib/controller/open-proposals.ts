import { Problem } from "../runtime/problem";
import type { Architecture } from "../space/kinds";
import type { Proposal, Scored } from "./strategy";

/** A proposal that has got its reward. */
export interface Rewarded<Kept> {
  readonly architecture: Architecture;
  /** What was kept of it. */
  readonly kept: Kept;
  /** Its reward, finite; the larger the better. */
  readonly reward: number;
}

/** The proposals of a strategy that it has not learned from yet, with what it keeps of each. */
export interface OpenProposals<Kept> {
  /**
   * Makes a proposal.
   *
   * @param architecture What is proposed.
   * @param kept What to keep of it.
   */
  open(architecture: Architecture, kept: Kept): Proposal;
  /**
   * Takes back what was kept. All other proposals are closed as well: what they were drawn from is about to change.
   *
   * @param scored Proposals with rewards.
   */
  close(scored: readonly Scored[]): Rewarded<Kept>[];
  /** Closes all proposals. */
  clear(): void;
}

/**
 * Makes a list of open proposals. Nothing is held of a proposal that its owner has let go of.
 *
 * @returns The list, empty. Its `close` throws a Problem, and closes nothing, where a proposal is not open or is there twice,
 *   a reward is not finite, or there is none.
 */
export function createOpenProposals<Kept>(): OpenProposals<Kept> {
  let open = new WeakMap<Proposal, { kept: Kept }>();
  return {
    open(architecture, kept) {
      const proposal = { architecture };
      open.set(proposal, { kept });
      return proposal;
    },
    close(scored) {
      if (scored.length === 0)
        throw new Problem("A strategy was given no proposals to learn from.", "Give at least one with its reward.");
      const seen = new Set<Proposal>();
      const taken = scored.map(({ proposal, reward }, index) => {
        const entry = open.get(proposal);
        if (!entry || seen.has(proposal)) {
          throw new Problem(
            `Proposal ${index}, counted from 0, ${seen.has(proposal) ? "is there twice" : "is none that this strategy made since its last update"}.`,
            "Give the objects that propose() gave, each once, to the strategy that gave them.",
          );
        }
        seen.add(proposal);
        if (!Number.isFinite(reward)) {
          throw new Problem(
            `The reward of proposal ${index}, counted from 0, is ${reward}, expected a finite number.`,
            "Look at how it was computed, or leave the proposal out.",
          );
        }
        return { kept: entry.kept, architecture: proposal.architecture, reward };
      });
      open = new WeakMap();
      return taken;
    },
    clear() {
      open = new WeakMap();
    },
  };
}
