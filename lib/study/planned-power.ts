import { formatShare } from "../evaluate/decide";
import { patientOf } from "../evaluate/predictions";
import type { ImageRecord } from "../data/records/record";
import type { Fold } from "../data/split/split";
import { primarySchema } from "../compare/primary-endpoint";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { powerOfDifference } from "../statistics/equivalence";
import { planAreas, type ExpectedScores } from "../statistics/planned-areas";
import { namesOfTested } from "../train/test-door";
import { attempt, type Attempted } from "./attempt";
import type { StudySettings } from "./study-settings";

/** How often intervals of the primary endpoint hold the true difference. */
const confidence = 0.95;

/** What a study can find with its patients, before anything is trained. Plain data, kept in `study.json`. */
export interface PlannedPower {
  /** The model that the found one is going to be held against. */
  readonly reference: string;
  /** Patients that are going to be tested, each once in a fold. */
  readonly patients: number;
  /** Those with a malignant image. */
  readonly malignant: number;
  /** Folds with patients of both classes. */
  readonly folds: number;
  /** What is assumed of the two networks; see the setting `primary.expected`. */
  readonly expected: ExpectedScores;
  /** How the two areas then correlate over samples of patients. */
  readonly correlationOfAreas: number;
  /** The standard error of one area, and of the difference, over patients. */
  readonly standardError: { readonly area: number; readonly difference: number };
  readonly margin: number;
  /** The power that was asked for. */
  readonly power: number;
  readonly confidence: number;
  /** The smallest true difference that is told from 0 with that power. */
  readonly detectable: number;
  /** The chance to tell a true difference of the margin from 0. */
  readonly powerAtMargin: number;
  /** The chance to show equivalence within the margin where there is no difference. */
  readonly powerOfEquivalence: number;
  /** With how many patients a true difference of the margin would be told from 0 with that power. */
  readonly patientsForMargin: number;
  /** With how many equivalence would be shown with that power, where there is no difference. */
  readonly patientsForEquivalence: number;
}

/** What is counted of a study. */
interface Planned {
  readonly records: readonly Pick<ImageRecord, "id" | "patient" | "label">[];
  readonly split: { readonly folds: readonly Pick<Fold, "name" | "test">[] };
  readonly settings: Pick<StudySettings, "folds" | "primary">;
}

/**
 * Computes what a study can find with the patients of its test parts, by the primary endpoint that its settings state: from how many
 * there are of each class in each fold, and from the area and the correlation that the settings expect. No image and no prediction is
 * looked at. What seeds and another search would change is not in it; see `planAreas` and `powerOfDifference`.
 *
 * @returns What it can find; a sentence where no fold tests patients of both classes.
 * @throws {Problem} Where a setting of the endpoint is out of range.
 */
export function planPower({ records, split, settings }: Planned): Attempted<PlannedPower> {
  const { reference, margin, power, expected } = checkOptions("primary", primarySchema, settings.primary ?? {});
  const known = new Map(records.map((record) => [record.id, record]));
  const chosen = settings.folds?.map((number) => split.folds[number - 1]!) ?? split.folds;
  const malignantOf = chosen.map((fold) => {
    const classes = new Map<string, boolean>();
    for (const id of namesOfTested(fold)) {
      const record = known.get(id);
      if (record === undefined) continue;
      const name = patientOf({ id, patient: record.patient ?? null });
      classes.set(name, (classes.get(name) ?? false) || record.label === "malignant");
    }
    return classes;
  });
  const strata = malignantOf.map((classes) => {
    const ones = [...classes.values()].filter(Boolean).length;
    return { ones, zeros: classes.size - ones };
  });
  const folds = strata.filter(({ ones, zeros }) => ones > 0 && zeros > 0).length;
  return attempt(() => {
    if (folds === 0) {
      throw new Problem("No fold tests patients of both classes: there is no area to compare.", "Choose other folds.");
    }
    const {
      standardError: area,
      standardErrorOfDifference: difference,
      correlationOfAreas,
    } = planAreas(strata, expected);
    const found = powerOfDifference(difference, margin, power, confidence);
    const all = malignantOf.flatMap((classes) => [...classes]);
    const patients = new Set(all.map(([name]) => name)).size;
    const malignant = new Set(all.filter(([, own]) => own).map(([name]) => name)).size;
    return {
      ...{ reference, patients, malignant, folds, expected, correlationOfAreas },
      ...{ standardError: { area, difference }, margin, power, confidence },
      ...{ detectable: found.detectable, powerAtMargin: found.powerAtMargin },
      powerOfEquivalence: found.powerOfEquivalence,
      patientsForMargin: Math.ceil(found.casesForMargin * patients),
      patientsForEquivalence: Math.ceil(found.casesForEquivalence * patients),
    };
  });
}

/** Says what a study can find with its patients, in sentences with the assumptions. */
export function tellPower({ value: planned, missing }: Attempted<PlannedPower>): string[] {
  if (planned === null) return [`What the study can show cannot be told beforehand. ${missing}`];
  const { reference, patients, malignant, folds, expected, correlationOfAreas, standardError } = planned;
  const { margin, power, detectable, powerAtMargin, powerOfEquivalence, patientsForMargin } = planned;
  const many = (count: number) => count.toLocaleString("en-US");
  const share = (value: number) => formatShare(Number(value.toFixed(2)));
  return [
    `What it can show, before anything is trained: ${many(patients)} patients, ${many(malignant)} with a malignant lesion, are tested in ${folds} ${folds === 1 ? "fold" : "folds"}. A difference of ${detectable.toFixed(3)} in the area per patient to ${reference} is found with a power of ${share(power)}, one of ${String(margin)} with ${share(powerAtMargin)}; that there is none beyond ± ${String(margin)} is shown with ${share(powerOfEquivalence)}, where there is none.`,
    `${many(patientsForMargin)} patients would find a difference of ${String(margin)} with ${share(power)}, ${many(planned.patientsForEquivalence)} would show equivalence within it.`,
    `Assumed (setting primary.expected): both areas are ${expected.area}, and the scores of the two correlate by ${expected.correlation} among patients of one class, the areas then by ${correlationOfAreas.toFixed(2)}; the standard error of the difference is ${standardError.difference.toFixed(4)}. It is of patients alone: what other seeds or another search would change comes on top.`,
  ];
}
