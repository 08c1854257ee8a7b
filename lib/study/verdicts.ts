import { armsOf, type Arm } from "../derive/arms";
import { judgeSearches, type JudgedSearch } from "../derive/judge-searches";
import { canonicalJson } from "../files/canonical-json";
import { writeAtomically } from "../files/write-atomically";
import { isPlainObject } from "../runs/json";
import { attempt } from "./attempt";
import { readJson } from "./kept-figures";
import { placeOf } from "./layout";
import type { Study } from "./open-study";
import { readSearches, type StudySearchMaterial } from "./study-searches";

/** What a study's searches were worth by their random controls. */
export interface StudyVerdicts {
  /** A verdict a search, with the hashes of what it was computed from. */
  readonly verdicts: readonly JudgedSearch[];
  /** The architectures by kind, for `derive.figuresOfArms`. */
  readonly arms: readonly Arm[];
  /** A sentence for each thing that is missing. */
  readonly missing: readonly string[];
}

/**
 * Judges the searches of a study by their random controls, and keeps the verdicts in `verdicts.json`. A verdict that is kept there
 * already is taken from there, as long as the derivation and the control that it was computed from are those of the folder; else it
 * is computed again.
 *
 * @param searches Its searches; default: as its folder has them.
 * @returns The verdicts, in the order of the searches.
 * @throws {Problem} Where the file cannot be written.
 */
export function keepVerdicts(
  study: Pick<Study, "path" | "settings">,
  searches: readonly StudySearchMaterial[] = readSearches(study),
): StudyVerdicts {
  const file = placeOf(study, "verdicts");
  const kept = readVerdicts(file);
  const missing = new Set<string>();
  const named = searches.map(({ name, slug, seed, found, control }) => {
    for (const part of [found, control]) if (part.missing !== null) missing.add(part.missing);
    return { name, slug, seed, found: found.value, control: control.value };
  });
  const verdicts = named.flatMap((search) => {
    const { name, seed, found, control } = search;
    const before = kept.find((one) => one.name === name && one.seed === seed);
    const same =
      before?.computedFrom.derivation === found?.outcome && before?.computedFrom.control === control?.outcome;
    if (before !== undefined && same) return [before];
    const { value, missing: wrong } = attempt(() => judgeSearches([search], study.settings.search.seeds[0]!));
    if (wrong !== null) missing.add(wrong);
    return value ?? [];
  });
  if (verdicts.length > 0 && canonicalJson(verdicts) !== canonicalJson(kept))
    writeAtomically(file, `${JSON.stringify(verdicts, null, 1)}\n`);
  return { verdicts, arms: armsOf(named), missing: [...missing] };
}

// What cannot be read is computed again.
function readVerdicts(file: string): JudgedSearch[] {
  const { value } = attempt(() => readJson(file));
  const isVerdict = (one: unknown) =>
    isPlainObject(one) && isPlainObject(one.verdict) && isPlainObject(one.computedFrom);
  return Array.isArray(value) && value.every(isVerdict) ? (value as JudgedSearch[]) : [];
}
