import { existsSync } from "node:fs";

import type { FamilyComparison } from "../compare/compare-all";
import { readComparison, writeComparison } from "../compare/comparison-file";
import type { ComparisonRow } from "../compare/comparison-rows";
import type { ClaimPoint } from "../compare/judge-claim";
import type { PrimaryEndpoint } from "../compare/primary-endpoint";
import { publishAll } from "../evaluate/prediction-file";
import { hashPredictions } from "../evaluate/hash-predictions";
import type { PredictionSet } from "../evaluate/predictions";
import { writeAtomically } from "../files/write-atomically";
import { isPlainObject } from "../runs/json";
import { placeOf, type StudyPlace } from "./layout";
import { damaged, keepFigures, readFigures, readJson } from "./kept-figures";
import type { StudyFigure, StudyTable } from "./report/parts";

/** Models side by side, as a study keeps them. */
export interface StudyComparison {
  /** The models, in `comparison.csv`. */
  readonly rows: readonly ComparisonRow[];
  /** The tests between them, in `family.json`; null: none were kept. */
  readonly family: FamilyComparison | null;
  /** The primary endpoint, in `claims.json`; null or left out: not judged, as by earlier versions. */
  readonly primary?: PrimaryEndpoint | null;
  /** What they say of the paper's claim, in `claims.json`, which is secondary; empty: not judged. */
  readonly claims: readonly ClaimPoint[];
  /** Figures, each in `figures/NAME.json`, thinned to what can be seen. */
  readonly figures: readonly StudyFigure[];
  /** Tables, each in `tables/NAME.csv`. */
  readonly tables: readonly StudyTable[];
  /** The hashes of the predictions that all of this was computed from, by model; null: versions before 0.2 did not keep them. */
  readonly computedFrom: Readonly<Record<string, string>> | null;
}

/** A comparison to be kept: in place of the hashes stand the models with what they said. */
export interface GivenComparison extends Omit<StudyComparison, "computedFrom"> {
  readonly models: readonly { readonly predictions: PredictionSet }[];
}

/**
 * Keeps a study's comparison in its folder, for its report and for other programs, with the predictions of the tested images and the
 * hashes of all predictions that it was computed from.
 *
 * @throws {Problem} Where a name is none of lower-case letters, digits and hyphens, or a file cannot be written.
 */
export function keepComparison(study: StudyPlace, comparison: GivenComparison): void {
  const { models, rows, family, claims, primary = null } = comparison;
  const computedFrom = Object.fromEntries(
    models.map(({ predictions }) => [predictions.model, hashPredictions(predictions)]),
  );
  const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
  keepFigures(study, comparison);
  publishAll(
    placeOf(study, "predictions"),
    models.map(({ predictions }) => predictions),
  );
  writeComparison(placeOf(study, "comparison"), rows);
  writeAtomically(placeOf(study, "family"), json(family));
  writeAtomically(placeOf(study, "claims"), json({ primary, claims, computedFrom }));
}

/**
 * Reads what {@link keepComparison} kept.
 *
 * @returns The comparison; null where none was kept.
 * @throws {Problem} Where a file is damaged.
 */
export function readComparisonFiles(study: StudyPlace): StudyComparison | null {
  const file = placeOf(study, "comparison");
  if (!existsSync(file)) return null;
  return {
    rows: readComparison(file),
    family: readFamily(placeOf(study, "family")),
    ...readClaims(placeOf(study, "claims")),
    ...readFigures(study),
  };
}

/**
 * Reads the tests between a study's models.
 *
 * @returns They; null where none were made.
 * @throws {Problem} Where the file is damaged.
 */
export function readFamily(file: string): FamilyComparison | null {
  const data = readJson(file);
  if (data === null) return null;
  const good =
    isPlainObject(data) &&
    typeof data.reference === "string" &&
    Array.isArray(data.family) &&
    Array.isArray(data.members) &&
    isPlainObject(data.best);
  if (!good) throw damaged(file);
  return data as unknown as FamilyComparison;
}

function readClaims(file: string): Pick<StudyComparison, "primary" | "claims" | "computedFrom"> {
  const data = readJson(file);
  if (data === null) return { primary: null, claims: [], computedFrom: null };
  const { primary = null, claims, computedFrom = null } = isPlainObject(data) ? data : { claims: data };
  if (primary !== null && !(isPlainObject(primary) && typeof primary.sentence === "string")) throw damaged(file);
  const isClaim = (one: unknown) =>
    isPlainObject(one) &&
    typeof one.point === "string" &&
    typeof one.because === "string" &&
    ["holds", "does not hold", "cannot be told"].includes(one.verdict as string);
  if (!Array.isArray(claims) || !claims.every(isClaim)) throw damaged(file);
  if (computedFrom !== null && !isPlainObject(computedFrom)) throw damaged(file);
  return {
    primary: primary as PrimaryEndpoint | null,
    claims: claims as ClaimPoint[],
    computedFrom: computedFrom as StudyComparison["computedFrom"],
  };
}
