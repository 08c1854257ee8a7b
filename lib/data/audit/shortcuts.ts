import { crossValidate, type FoldSummary } from "../../statistics/cross-validate";
import { mean, standardDeviation } from "../../statistics/summary";
import type { Inspection } from "../inspect/inspection";
import type { ImageRecord } from "../records/record";
import { boxGeometryOf, boxShareOf, grayLevelsOf, type SeenImage } from "./shortcut-features";

/** How well something that is no tissue tells malignant from benign. */
export interface Shortcut {
  /** What is looked at: "width, height, area and aspect ratio of the lesion's box". */
  readonly name: string;
  /** Benign and malignant images that have it. */
  readonly images: number;
  /** Share of these that always saying the more frequent class puts right, mean and standard deviation over the folds. */
  readonly majority: FoldSummary;
  /** Accuracy of a logistic regression on it, mean and standard deviation over the folds. */
  readonly accuracy: FoldSummary;
  /** Area under its ROC curve, mean and standard deviation over the folds; null where no fold has both classes. */
  readonly auc: FoldSummary | null;
}

/** Everything that is tried. Each gives numbers for an image, or null where the image has no such thing. */
const candidates: readonly { readonly name: string; readonly features: (one: SeenImage) => number[] | null }[] = [
  { name: "width, height, area and aspect ratio of the lesion's box", features: boxGeometryOf },
  { name: "area of the lesion's box as a share of the image", features: boxShareOf },
  { name: "width and height of the image", features: ({ seen }) => [seen.width, seen.height] },
  { name: "calipers and text found in the image", features: ({ seen }) => [seen.calipers, seen.textLines] },
  { name: "mean and spread of the gray levels", features: grayLevelsOf },
];

/**
 * Measures how well shortcuts tell malignant from benign, cross-validated: a logistic regression on numbers that are no
 * tissue. A network that is not better than these has learnt nothing worth having; one that is may still use them.
 *
 * @param inspections What was seen of them, in the same order.
 * @param folds The fold in which each image is tested, by id; images without one are left out.
 * @returns What was measured; without what does not differ between images, or is there for one class alone.
 */
export function measureShortcuts(
  records: readonly ImageRecord[],
  inspections: readonly Inspection[],
  folds: ReadonlyMap<string, number>,
): Shortcut[] {
  const cases = records.flatMap((record, index): SeenImage[] => {
    const seen = inspections[index]!.seen;
    return seen === null || record.label === "normal" || !folds.has(record.id) ? [] : [{ record, seen }];
  });
  return [...candidates, deviceCandidate(cases)].flatMap(({ name, features }) => {
    const own = cases.flatMap((one) => {
      const numbers = features(one);
      return numbers === null ? [] : [{ ...one, numbers }];
    });
    const labels = own.map(({ record }) => (record.label === "malignant" ? 1 : 0));
    const foldOf = own.map(({ record }) => folds.get(record.id)!);
    const differ = own.some(({ numbers }) => numbers.some((value, column) => value !== own[0]!.numbers[column]));
    if (!differ || !trainable(labels, foldOf)) return [];
    const { accuracy, areaUnderCurve } = crossValidate({
      features: own.map(({ numbers }) => numbers),
      labels,
      folds: foldOf,
    });
    return [{ name, images: own.length, majority: majorityOf(labels, foldOf), accuracy, auc: areaUnderCurve }];
  });
}

// One column for each device but the first.
function deviceCandidate(cases: readonly SeenImage[]): (typeof candidates)[number] {
  const devices = [...new Set(cases.map(({ record }) => record.device))]
    .filter((device) => device !== undefined)
    .sort();
  return {
    name: "the device",
    features: ({ record }) =>
      record.device === undefined || devices.length < 2
        ? null
        : devices.slice(1).map((device) => (device === record.device ? 1 : 0)),
  };
}

// Every fold's training part must have both classes.
function trainable(labels: readonly number[], folds: readonly number[]): boolean {
  const names = [...new Set(folds)];
  return (
    names.length > 1 &&
    names.every((name) => [0, 1].every((label) => labels.some((own, index) => own === label && folds[index] !== name)))
  );
}

function majorityOf(labels: readonly number[], folds: readonly number[]): FoldSummary {
  const shares = [...new Set(folds)].map((name) => {
    const inFold = labels.filter((_, index) => folds[index] === name);
    const others = labels.filter((_, index) => folds[index] !== name);
    const guess = others.filter((label) => label === 1).length > others.length / 2 ? 1 : 0;
    return inFold.filter((label) => label === guess).length / inFold.length;
  });
  return { mean: mean(shares), deviation: standardDeviation(shares, 0), folds: shares.length };
}
