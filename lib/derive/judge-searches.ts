import { createRandom } from "../runtime/random";
import { judgeSearch, type SearchVerdict } from "./judge-search";
import type { KeptCandidates } from "./read-candidates";

/** A search by its name, with what was made of it. */
export interface NamedSearch {
  /** The name of its strategy: "ENAS". */
  readonly name: string;
  /** The same as a part of folders' names: "enas". */
  readonly slug: string;
  readonly seed: number;
  /** What was derived from it; null where that is not done. */
  readonly found: KeptCandidates | null;
  /** The random architectures that it is judged by; null where they are not done. Searches of one seed have the same. */
  readonly control: KeptCandidates | null;
}

/** What a search was worth, and what that was computed from. Plain data, to be kept in a file. */
export interface JudgedSearch {
  readonly name: string;
  readonly seed: number;
  readonly verdict: SearchVerdict;
  /** The hashes of the outcomes of both runs: where one is another now, the verdict is no longer theirs. */
  readonly computedFrom: { readonly derivation: string; readonly control: string };
}

/**
 * Judges searches by their random controls, each with chance of its own; see {@link judgeSearch}.
 *
 * @param searches The searches; one whose derivation or control is not done is left out.
 * @param seed The seed of all chance: that of the study's first search.
 * @returns The verdicts, in the order of the searches.
 * @throws {Problem} Where nothing was trained of a derivation, or fewer than two architectures of a control.
 */
export function judgeSearches(searches: readonly NamedSearch[], seed: number): JudgedSearch[] {
  const random = createRandom(seed).split("judge");
  return searches.flatMap(({ name, slug, seed: own, found, control }) => {
    if (found === null || control === null) return [];
    // ENAS was the only one once; its verdicts stay what they were.
    const chance = random.split(slug === "enas" ? own : `${slug} ${own}`);
    const verdict = judgeSearch(found.candidates, control.candidates, chance);
    return [{ name, seed: own, verdict, computedFrom: { derivation: found.outcome, control: control.outcome } }];
  });
}
