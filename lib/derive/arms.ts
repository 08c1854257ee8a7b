import type { Candidate } from "./candidate";
import type { NamedSearch } from "./judge-searches";

/** Architectures of one kind, under the name by which a figure shows them. */
export interface Arm {
  /** Its name: "ENAS", "uniform policy", "drawn at random". */
  readonly name: string;
  /** Whether a search found them, or they were drawn by chance. */
  readonly kind: "found" | "control";
  /** The architectures; those that were trained from scratch are shown. */
  readonly candidates: readonly Candidate[];
}

/**
 * Puts what was found and what was drawn into arms: one for each strategy, by its name, and one for all random controls.
 *
 * @returns The arms of which something was trained, in the order in which their searches come; chance is the last.
 */
export function armsOf(searches: readonly Pick<NamedSearch, "name" | "seed" | "found" | "control">[]): Arm[] {
  const names = [...new Set(searches.map(({ name }) => name))];
  // The searches of one seed are judged by the same architectures: each is shown once.
  const controls = new Map(searches.map(({ seed, control }) => [seed, control?.candidates ?? []]));
  return [
    ...names.map((name) => ({
      name,
      kind: "found" as const,
      candidates: searches.filter((one) => one.name === name).flatMap(({ found }) => found?.candidates ?? []),
    })),
    { name: "drawn at random", kind: "control" as const, candidates: [...controls.values()].flat() },
  ].filter(({ candidates }) => candidates.some(({ standAlone }) => standAlone !== null));
}
