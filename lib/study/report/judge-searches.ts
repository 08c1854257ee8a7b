import type { Arm } from "../../derive/arms";
import { judgeSearch, type SearchVerdict } from "../../derive/judge-search";
import { createRandom } from "../../runtime/random";
import type { StudySettings } from "../study-settings";
import { attempt, type SearchMaterial } from "./material";

/** What a search of a study was worth. */
export interface JudgedSearch {
  /** Its name: "ENAS" or "uniform". */
  readonly name: string;
  /** Its seed. */
  readonly seed: number;
  /** What it was worth by its controls. */
  readonly verdict: SearchVerdict;
}

/**
 * Judges the searches of a study by their random controls, with the same chance and so the same numbers as 04_derive_and_control.
 *
 * @param settings The study's settings.
 * @param searches Its searches.
 * @returns The verdicts in the order of the searches, and a sentence for each thing that is missing.
 */
export function judgeSearches(
  settings: Pick<StudySettings, "search">,
  searches: readonly SearchMaterial[],
): { verdicts: JudgedSearch[]; missing: string[] } {
  const random = createRandom(settings.search.seeds[0]!).split("judge");
  const missing = new Set<string>();
  const verdicts = searches.flatMap(({ name, seed, candidates, control }) => {
    for (const part of [candidates, control]) if (part.missing !== null) missing.add(part.missing);
    if (candidates.value === null || control.value === null) return [];
    const own = random.split(name === "ENAS" ? seed : `${name} ${seed}`);
    const verdict = attempt(() => judgeSearch(candidates.value, control.value, own));
    if (verdict.value !== null) return [{ name, seed, verdict: verdict.value }];
    missing.add(verdict.missing);
    return [];
  });
  return { verdicts, missing: [...missing] };
}

/**
 * Puts the candidates of a study's searches into arms: found by ENAS, found with a uniform policy, drawn at random.
 *
 * @param searches The searches.
 * @returns The arms of which something was trained.
 */
export function armsOf(searches: readonly SearchMaterial[]): Arm[] {
  const enas = searches.filter(({ name }) => name === "ENAS");
  const uniform = searches.filter(({ name }) => name !== "ENAS");
  const found = (list: readonly SearchMaterial[]) => list.flatMap(({ candidates }) => candidates.value ?? []);
  return [
    { name: "found by ENAS", candidates: found(enas) },
    { name: "found with a uniform policy", candidates: found(uniform) },
    { name: "drawn at random", candidates: enas.flatMap(({ control }) => control.value ?? []) },
  ].filter(({ candidates }) => candidates.some(({ standAlone }) => standAlone !== null));
}
