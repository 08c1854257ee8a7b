import * as v from "valibot";

import { nullable, passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { delongInterval } from "../statistics/delong";
import type { Prediction, PredictionSet } from "./predictions";

const checkingOptions = v.strictObject({
  /** The images that must each be tested for each seed, by id; null, the default: whichever there are. */
  expected: v.optional(nullable(passed<readonly string[]>("a list of ids", Array.isArray)), null),
});

/** What predictions are checked against. @interface */
export type CheckPredictionsOptions = v.InferInput<typeof checkingOptions>;

/** Below this area under the curve, and with an interval wholly below 0.5, labels may be the wrong way round. */
const suspicious = 0.4;

/**
 * Checks predictions before anything is computed of them. What would make a number wrong is refused; what is only odd is
 * pointed out.
 *
 * @returns What is odd, one sentence each, to be shown beside the results: images without a patient, the same probability
 *   for all images, logits that do not belong to their probabilities, an area under the curve far below 0.5.
 * @throws {Problem} Where there is nothing to test, a probability is not within 0 to 1, a label is neither 0 nor 1, an image
 *   stands twice in one fold and seed, its label or patient differs between rows, or an expected image is missing or
 *   another is there.
 */
export function checkPredictions(set: PredictionSet, options: CheckPredictionsOptions = {}): string[] {
  const { expected } = checkOptions("checkPredictions", checkingOptions, options);
  const { model, rows } = set;
  for (const row of rows) checkRow(model, row);
  checkRepeats(model, rows);
  const tested = rows.filter(({ part }) => part === "test");
  if (tested.length === 0) {
    throw new Problem(`${model}: none of the ${rows.length} predictions is of a test part.`, "Predict the test parts.");
  }
  if (expected !== null) checkExpected(model, tested, expected);
  return [
    ...noteTwoParts(model, rows),
    ...notePatients(model, tested),
    ...noteConstant(model, tested),
    ...noteLogits(model, rows),
    ...noteReversed(model, tested),
  ];
}

function checkRow(model: string, { id, label, probability, logit, seed, part, patient }: Prediction): void {
  const wrong = (what: string, value: unknown, expected: string, fix: string) =>
    new Problem(`${model}: the ${what} of the image "${id}" is ${String(value)}, expected ${expected}.`, fix);
  if (!(probability >= 0 && probability <= 1)) {
    throw wrong("probability", probability, "a number from 0 to 1", "Look whether training diverged, and train again.");
  }
  if (logit !== null && Number.isNaN(logit)) {
    throw wrong("logit", logit, "a number or null", "Look whether training diverged, and train again.");
  }
  // Types do not hold for what was read from a file or written in JavaScript.
  if ((label as unknown) !== 0 && (label as unknown) !== 1) {
    throw wrong("label", label, "0 for benign or 1 for malignant", "Leave out images of any other class.");
  }
  if (!Number.isSafeInteger(seed)) throw wrong("seed", seed, "a whole number", "Give the seed of the training.");
  if (!["validation", "test"].includes(part)) {
    throw wrong("part", part, '"validation" or "test"', "Leave out predictions of what was trained on.");
  }
  if (patient === "") throw wrong("patient", '""', "a name or null", "Give null where the patient is not known.");
}

function checkRepeats(model: string, rows: readonly Prediction[]): void {
  const seen = new Set<string>();
  const known = new Map<string, Prediction>();
  for (const row of rows) {
    const key = JSON.stringify([row.fold, row.seed, row.id]);
    if (seen.has(key)) {
      throw new Problem(
        `${model}: the image "${row.id}" is predicted twice in ${row.fold} with seed ${row.seed}.`,
        "An image stands once in a fold, in one part: look at how the predictions were put together.",
      );
    }
    seen.add(key);
    const first = known.get(row.id) ?? row;
    known.set(row.id, first);
    for (const field of ["label", "patient"] as const) {
      if (first[field] !== row[field]) {
        throw new Problem(
          `${model}: the ${field} of the image "${row.id}" is ${String(first[field])} in ${first.fold} and ${String(row[field])} in ${row.fold}.`,
          "Predictions of different versions of the data set do not belong together: predict again.",
        );
      }
    }
  }
}

function checkExpected(model: string, tested: readonly Prediction[], expected: readonly string[]): void {
  const wanted = new Set(expected);
  const foreign = tested.find(({ id }) => !wanted.has(id));
  if (foreign !== undefined) {
    throw new Problem(
      `${model}: the image "${foreign.id}" is tested in ${foreign.fold} and is not among the ${wanted.size} expected ones.`,
      "Use the split that the model was trained on.",
    );
  }
  for (const seed of new Set(tested.map((row) => row.seed))) {
    const found = new Set(tested.filter((row) => row.seed === seed).map(({ id }) => id));
    const missing = expected.filter((id) => !found.has(id));
    if (missing.length > 0) {
      throw new Problem(
        `${model}, seed ${seed}: ${missing.length} of ${wanted.size} images are not tested, "${missing[0]!}" for example.`,
        "Predict all folds; a result on the rest would be of other images than those of its neighbours.",
      );
    }
  }
}

// Not refused: a split may have been allowed to split patients across parts, and says so.
function noteTwoParts(model: string, rows: readonly Prediction[]): string[] {
  const keys = (part: Prediction["part"]) =>
    rows.flatMap((row) =>
      row.part === part && row.patient !== null ? [JSON.stringify([row.fold, row.seed, row.patient])] : [],
    );
  const validated = new Set(keys("validation"));
  const across = new Set(keys("test").filter((key) => validated.has(key)));
  return across.size === 0
    ? []
    : [
        `${model}: in ${across.size} ${across.size === 1 ? "case" : "cases"} a patient is both validated and tested in one fold; thresholds chosen so flatter the result.`,
      ];
}

function notePatients(model: string, tested: readonly Prediction[]): string[] {
  const without = new Set(tested.filter(({ patient }) => patient === null).map(({ id }) => id)).size;
  const all = new Set(tested.map(({ id }) => id)).size;
  return without === 0
    ? []
    : [
        `${model}: the patient of ${without} of ${all} tested images is not known; each counts as a patient of its own, and intervals are too narrow where they are not.`,
      ];
}

function noteConstant(model: string, tested: readonly Prediction[]): string[] {
  const [first] = tested;
  return tested.length > 1 && tested.every(({ probability }) => probability === first!.probability)
    ? [`${model}: the probability is ${first!.probability} for all images: the model does not tell them apart.`]
    : [];
}

function noteLogits(model: string, rows: readonly Prediction[]): string[] {
  const apart = rows.filter(
    ({ logit, probability }) => logit !== null && Math.abs(1 / (1 + Math.exp(-logit)) - probability) > 1e-3,
  ).length;
  return apart === 0
    ? []
    : [
        `${model}: ${apart} of ${rows.length} probabilities are not those of their logits, as they may be where probabilities were averaged.`,
      ];
}

function noteReversed(model: string, tested: readonly Prediction[]): string[] {
  const labels = tested.map(({ label }) => label);
  if (new Set(labels).size < 2) return [];
  const area = delongInterval(
    labels,
    tested.map(({ probability }) => probability),
  );
  return area.areaUnderCurve < suspicious && area.high < 0.5
    ? [
        `${model}: the area under the ROC curve is ${area.areaUnderCurve.toFixed(3)}, far below 0.5: benign images have the higher probabilities. Look whether labels or classes are the wrong way round.`,
      ]
    : [];
}
