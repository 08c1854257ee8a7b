import * as v from "valibot";

import { decide, formatShare } from "../evaluate/decide";
import { mergeViews } from "../evaluate/merge-views";
import type { PredictionSet } from "../evaluate/predictions";
import { number, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { judgeDifference, powerOfDifference, type DifferenceVerdict, type Power } from "../statistics/equivalence";
import { alignPredictions, modelOf, type Alignment, type AlignedModel } from "./align";
import { formatDifference, formatValue } from "./format-difference";
import { areaOverPatients, testPatients } from "./patient-test";

/** What is asked before anything is trained: the one comparison that a study is judged by. */
export const primarySchema = v.strictObject({
  /** The model that the found one is held against; default: "plain CNN". */
  reference: v.optional(text("a model's name"), "plain CNN"),
  /** How large a difference of the area matters, above 0 and below 1; smaller ones are taken as none. Default: 0.01. */
  margin: v.optional(number({ above: 0, below: 1 }), 0.01),
  /** How often a difference is to be found where there is one, between 0 and 1; default: 0.8. */
  power: v.optional(number({ above: 0, below: 1 }), 0.8),
  /**
   * What is assumed of the two models where the study's power is computed before anything is trained. On BUS-BRA gray levels gave areas
   * of .92 and .91, whose difference had a standard error of .004: scores that correlate by some .92.
   */
  expected: v.optional(
    v.strictObject({
      /** The area under the ROC curve per patient of either, above 0.5 and below 1; default: 0.92. */
      area: v.optional(number({ above: 0.5, below: 1 }), 0.92),
      /** How the two scores correlate among patients of one class, from 0 and below 1; default: 0.9. */
      correlation: v.optional(number({ from: 0, below: 1 }), 0.9),
    }),
    {},
  ),
});

const judgeOptions = v.strictObject({
  /** The model that is judged, by its name. */
  found: text("a model's name"),
  ...v.omit(primarySchema, ["expected"]).entries,
  /** How often intervals hold the true value, between 0 and 1; default: 0.95. */
  confidence: v.optional(number({ above: 0, below: 1 }), 0.95),
});

/** How the primary endpoint is judged. @interface */
export type PrimaryOptions = v.InferInput<typeof judgeOptions>;

/** The area of one model, over patients within folds, with its interval. */
export interface PrimaryArea {
  readonly model: string;
  readonly seeds: number;
  /** The mean over seeds. */
  readonly value: number;
  /** The lower end of its interval; null where there is none. */
  readonly low: number | null;
  /** The upper end; null with it. */
  readonly high: number | null;
}

/** The primary endpoint of a study. Plain data, to be kept as JSON. */
export interface PrimaryEndpoint {
  readonly found: PrimaryArea;
  readonly reference: PrimaryArea;
  /** Patients, each tested once: the mean over her images, malignant where any of them is. */
  readonly patients: number;
  readonly malignant: number;
  readonly folds: number;
  /** Found minus reference. */
  readonly difference: number;
  /** The lower end of its interval; null where there is none. */
  readonly low: number | null;
  /** The upper end; null with it. */
  readonly high: number | null;
  readonly p: number | null;
  readonly confidence: number;
  readonly margin: number;
  /** The interval of two one-sided tests; null where there is none. */
  readonly equivalence: { readonly low: number; readonly high: number; readonly p: number } | null;
  /** What can be said of the found model. */
  readonly verdict: DifferenceVerdict;
  /** Whether the difference is shown to be smaller than the margin, also where it is told from 0. */
  readonly equivalent: boolean;
  /** What patients of this number can show; null where the standard error is unknown. */
  readonly power: (Power & { readonly asked: number }) | null;
  /** What to know of the numbers, one sentence each: what the interval leaves out, which rule was taken. */
  readonly notes: readonly string[];
  /** All of it in one sentence. */
  readonly sentence: string;
}

/**
 * Judges the primary endpoint of a study: the difference between the found model and a named reference in the area under the ROC
 * curve, with patients as cases, each the mean over her images, and compared within folds alone. The difference is better or worse
 * where its interval lies on one side of 0; else equivalent within the margin, or not worse by it, where that is shown; else it
 * cannot be told. See `judgeDifference`.
 *
 * @param sets The models' predictions, the two among them.
 * @throws {Problem} Where one of the two is not there, they were not tested on the same images, or an option cannot be such.
 */
export function judgePrimary(sets: readonly PredictionSet[], options: PrimaryOptions): PrimaryEndpoint {
  const settings = checkOptions("judgePrimary", judgeOptions, options);
  const { found, reference, margin, power, confidence } = settings;
  const named = { models: sets.map(({ model }) => ({ name: model }) as AlignedModel) };
  for (const name of [found, reference]) modelOf(named, name);
  const pair = sets.filter(({ model }) => model === found || model === reference);
  const alignment = alignPredictions(pair, { threshold: { kind: "fixed", at: 0.5 }, unit: "patients" });
  const [own, other] = [modelOf(alignment, found), modelOf(alignment, reference)];
  const test = testPatients(alignment, other, own, { measure: "areaUnderCurve", confidence });
  const { difference, low, high, p, standardError, degreesOfFreedom } = test;
  const judged =
    standardError === null
      ? null
      : judgeDifference({ difference, standardError, degreesOfFreedom, margin, confidence });
  // Patients who all fare alike leave nothing open.
  const same = standardError === null && p === 1;
  const verdict = judged?.verdict ?? (same ? "equivalent within the margin" : "cannot be told");
  const endpoint: Omit<PrimaryEndpoint, "sentence"> = {
    found: areaOf(alignment, own, confidence),
    reference: areaOf(alignment, other, confidence),
    patients: new Set(alignment.patients).size,
    malignant: new Set(alignment.patients.filter((_, row) => alignment.labels[row] === 1)).size,
    folds: new Set(alignment.folds).size,
    difference,
    low,
    high,
    p,
    confidence,
    margin,
    equivalence: judged === null ? null : { ...judged.equivalenceInterval, p: judged.equivalenceP },
    verdict,
    equivalent: judged?.equivalent ?? same,
    power:
      standardError === null ? null : { ...powerOfDifference(standardError, margin, power, confidence), asked: power },
    notes: notesOn(pair, alignment, test),
  };
  return { ...endpoint, sentence: tellPrimary(endpoint) };
}

/**
 * Says a primary endpoint in one sentence.
 *
 * @returns "Per patient and within folds, the area under the curve of ENAS is 0.924 [0.906, 0.939] and that of plain CNN 0.913 [...]:
 *   +0.011 [+0.004, +0.019], ENAS is better ...".
 */
function tellPrimary(endpoint: Omit<PrimaryEndpoint, "sentence">): string {
  const { found, reference, patients, malignant, difference, low, high, confidence, margin, verdict, equivalent } =
    endpoint;
  const area = ({ value, low: from, high: to }: PrimaryArea) => formatValue(value, from, to);
  const within = `less than ${String(margin)}`;
  const said: Record<DifferenceVerdict, string> = {
    better: `${found.model} is better${equivalent ? `, by ${within}` : ""}`,
    worse: `${found.model} is worse${equivalent ? `, by ${within}` : ""}`,
    "equivalent within the margin": `the two are equivalent: they differ by ${within}`,
    "not worse by the margin": `${found.model} is not worse by ${String(margin)} or more; whether it is better cannot be told`,
    "cannot be told": "which is better cannot be told, and neither that they are equivalent",
  };
  return `Primary endpoint: over ${patients.toLocaleString("en-US")} patients, ${malignant.toLocaleString("en-US")} with a malignant lesion, the area under the curve within folds is ${area(found)} for ${found.model} and ${area(reference)} for ${reference.model}, a difference of ${formatDifference({ estimate: difference, low, high })} (${formatShare(confidence)}): ${said[verdict]}.`;
}

function areaOf(alignment: Alignment, model: AlignedModel, confidence: number): PrimaryArea {
  return { model: model.name, seeds: model.seeds.length, ...areaOverPatients(alignment, model, confidence) };
}

function notesOn(
  sets: readonly PredictionSet[],
  { patients, folds }: Alignment,
  { leavesOut, reason }: ReturnType<typeof testPatients>,
): string[] {
  const { cases } = decide(sets[0]!, { kind: "fixed", at: 0.5 });
  const seed = Math.min(...cases.map((one) => one.seed));
  const labels = new Map<string, Set<number>>();
  for (const { patient, id, label, seed: own } of cases) {
    if (own !== seed) continue;
    const name = patient ?? `image ${id}`;
    labels.set(name, (labels.get(name) ?? new Set()).add(label));
  }
  const both = [...labels.values()].filter((own) => own.size > 1).length;
  const views = mergeViews(cases.filter((one) => one.seed === seed)).length;
  const placed = new Map<string, Set<string>>();
  patients.forEach((patient, row) => placed.set(patient, (placed.get(patient) ?? new Set()).add(folds[row]!)));
  const across = [...placed.values()].filter((own) => own.size > 1).length;
  const single = [...new Set(folds)].filter((fold) => {
    const own = cases.filter((one) => one.fold === fold && one.seed === seed);
    return new Set(own.map(({ label }) => label)).size < 2;
  });
  return [
    ...(leavesOut === null ? [] : [leavesOut]),
    ...(reason === null ? [] : [reason]),
    ...(both === 0
      ? []
      : [`${both} of ${labels.size} patients have benign and malignant images: they count as malignant.`]),
    ...(across === 0
      ? []
      : [
          `${across} of ${placed.size} patients are tested in several folds: each counts once in each (${views} cases), and varies as one.`,
        ]),
    ...(single.length === 0
      ? []
      : [`Nothing can be compared in ${single.join(", ")}, where all images are of one class.`]),
  ];
}
