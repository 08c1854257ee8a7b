import * as v from "valibot";

import type { ImageRecord } from "../data/records/record";
import { resamplingOptions } from "../evaluate/bootstrap";
import { patientOf, type PredictionSet } from "../evaluate/predictions";
import { oneOf } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { areaInterval } from "../statistics/area-interval";
import { logitOf } from "../statistics/calibration-line";
import { clusteredAreas, varianceOfSum } from "../statistics/clustered-areas";
import { heldRate, rankRows, type RankedRows } from "../statistics/held-rates";
import { fitLogisticModel, testAddedColumn } from "../statistics/logistic-model";
import { normalQuantile } from "../statistics/normal-quantile";
import { resampleGroups } from "../statistics/resample-groups";
import { quantile } from "../statistics/summary";
import { alignPredictions, type Alignment } from "./align";

const readerOptions = v.strictObject({
  /** What counts as one case: patients, the default, each with her highest category and the mean of her images, or images. */
  unit: v.optional(oneOf(["patients", "images"]), "patients"),
  ...resamplingOptions,
});

/** How networks are held against a reader. @interface */
export type ReaderOptions = v.InferInput<typeof readerOptions>;

/** A value with its interval; null where it is not defined. */
export interface ReaderValue {
  readonly value: number | null;
  /** The lower end of its interval; null where there is none. */
  readonly low: number | null;
  /** The upper end; null with it. */
  readonly high: number | null;
}

/** A network beside the reader, at the reader's own rates. */
export interface BesideReader {
  readonly model: string;
  /** The network's sensitivity where it has the reader's specificity; thresholds within folds, read off the tested cases. */
  readonly sensitivity: ReaderValue;
  /** The same less the reader's sensitivity. */
  readonly sensitivityGain: ReaderValue;
  /** The network's specificity where it has the reader's sensitivity. */
  readonly specificity: ReaderValue;
  /** The same less the reader's specificity. */
  readonly specificityGain: ReaderValue;
}

/** What a reader does who calls all cases malignant from one category on. */
export interface ReaderPoint {
  /** "BI-RADS ≥ 4". */
  readonly name: string;
  readonly sensitivity: ReaderValue;
  readonly specificity: ReaderValue;
  readonly networks: readonly BesideReader[];
}

/** What a network adds to the reader. */
export interface AddedToReader {
  readonly model: string;
  /** The p-value of the network's logit beside the category in a logistic model; null where none can be fitted. */
  readonly p: number | null;
  /** The area within folds of both together, fitted on the other folds; null where that cannot be. */
  readonly area: ReaderValue;
  /** The same less the reader's own area. */
  readonly gain: ReaderValue;
  /** Why something is null, as a sentence; null where nothing is. */
  readonly reason: string | null;
}

/** Networks held against the recorded categories of a reader. Plain data. */
export interface ReaderComparison {
  readonly unit: "patients" | "images";
  readonly cases: number;
  readonly malignant: number;
  readonly patients: number;
  /** Cases without a category, which are left out here. */
  readonly leftOut: number;
  /** The reader's area within folds, by categories. */
  readonly area: ReaderValue;
  /** The areas of the networks over the same cases. */
  readonly areas: readonly ({ readonly model: string } & ReaderValue)[];
  /** The reader's operating points: from 3, 4 and 5 on. */
  readonly points: readonly ReaderPoint[];
  /** Cases of category 4 alone, where a biopsy is decided on: the areas of the networks there. */
  readonly undecided: {
    readonly cases: number;
    readonly malignant: number;
    readonly areas: readonly ({ readonly model: string } & ReaderValue)[];
  };
  readonly added: readonly AddedToReader[];
  /** What to know of the comparison, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads a BI-RADS category as a number that grows with suspicion.
 *
 * @returns 1 to 5, 4.25 to 4.75 for 4a to 4c; null for what is no reading: 0 (incomplete), 6 (known beforehand), anything else.
 */
export function suspicionOf(birads: string | undefined): number | null {
  const found = /^\s*([1-5])\s*([abc])?\s*$/i.exec(birads ?? "");
  if (found === null) return null;
  const [, digit, letter] = found;
  return Number(digit) + (letter === undefined ? 0 : 0.25 * (1 + "abc".indexOf(letter.toLowerCase())));
}

/**
 * Holds networks against a reader, whose BI-RADS categories a data set records: at his own operating points, over the cases of category
 * 4, and together with him. He saw the whole picture, and the examination around it; a network sees one crop. Intervals are by a
 * bootstrap over patients within folds, the same for all, or by Obuchowski's estimator for areas.
 *
 * @param sets The networks' predictions.
 * @param records The images' records, those that are tested among them.
 * @throws {Problem} Where fewer than half of the tested cases have a category, one class has none, or an option cannot be such.
 */
export function compareWithReader(
  sets: readonly PredictionSet[],
  records: readonly Pick<ImageRecord, "id" | "birads">[],
  options: ReaderOptions = {},
): ReaderComparison {
  const { unit, replicates, confidence, seed } = checkOptions("compareWithReader", readerOptions, options);
  const whole = alignPredictions(sets.length === 1 ? [...sets, { ...sets[0]!, model: "–" }] : sets, {
    threshold: { kind: "fixed", at: 0.5 },
    unit,
  });
  const category = categoriesOf(sets[0]!, records, unit);
  const rows = whole.ids.flatMap((_, row) => (category(whole, row) === null ? [] : [row]));
  if (2 * rows.length < whole.ids.length) {
    throw new Problem(
      `${rows.length} of ${whole.ids.length} tested ${unit} have a BI-RADS category: too few for a reader to stand beside networks.`,
      "Give the categories as the set's table has them: 2 to 5, 4a to 4c.",
    );
  }
  const reader = rows.map((row) => category(whole, row)!);
  const pick = <Item>(list: readonly Item[]) => rows.map((row) => list[row]!);
  const [labels, patients, folds] = [pick(whole.labels), pick(whole.patients), pick(whole.folds)];
  if (new Set(labels).size < 2) {
    throw new Problem(
      `All of the ${rows.length} ${unit} with a category are of one class.`,
      "Hold networks against a reader where both classes were read.",
    );
  }
  const models = whole.models
    .slice(0, sets.length)
    .map(({ name, probabilities }) => ({ name, scores: probabilities.map(pick) }));
  const cases: Cases = { labels, patients, folds, reader };
  const areaOf = (scores: readonly number[], from: Cases = cases): ReaderValue => {
    const found = areaInterval({ labels: from.labels, groups: from.patients, strata: from.folds }, scores, confidence);
    return found === null ? none : { value: found.areaUnderCurve, low: found.low, high: found.high };
  };
  const meanOf = (scores: readonly (readonly number[])[]) =>
    scores[0]!.map((_, row) => scores.reduce((sum, own) => sum + own[row]! / scores.length, 0));
  const areasOver = (from: Cases, kept: (list: readonly number[]) => number[]) =>
    models.map(({ name, scores }) => ({ model: name, ...areaOf(kept(meanOf(scores)), from) }));
  const four = reader.flatMap((value, row) => (Math.floor(value) === 4 ? [row] : []));
  const inFour = <Item>(list: readonly Item[]) => four.map((row) => list[row]!);
  const undecided = {
    labels: inFour(labels),
    patients: inFour(patients),
    folds: inFour(folds),
    reader: inFour(reader),
  };
  const leftOut = whole.ids.length - rows.length;
  const several = models.some(({ scores }) => scores.length > 1);
  return {
    unit,
    cases: rows.length,
    malignant: labels.filter((label) => label === 1).length,
    patients: new Set(patients).size,
    leftOut,
    area: areaOf(reader),
    areas: areasOver(cases, (list) => [...list]),
    points: measurePoints(cases, models, { replicates, confidence, seed }),
    undecided: {
      cases: four.length,
      malignant: undecided.labels.filter((label) => label === 1).length,
      areas: areasOver(undecided, inFour),
    },
    added: models.map(({ name, scores }) => addToReader(name, cases, meanOf(scores), confidence)),
    notes: [
      "The reader saw the whole picture and what was known of the examination; a network sees one crop. Whoever recorded the category may have known later findings: the set does not say.",
      "Thresholds of networks are read off the tested cases, within folds, to have the reader's rates: that flatters them a little.",
      ...(several ? ["Networks with several seeds count with the mean of their probabilities."] : []),
      ...(leftOut === 0
        ? []
        : [
            `${leftOut} of ${whole.ids.length} ${unit} have no category between 1 and 5 and are left out, of the networks too.`,
          ]),
    ],
  };
}

const none: ReaderValue = { value: null, low: null, high: null };

interface Cases {
  readonly labels: readonly number[];
  readonly patients: readonly string[];
  readonly folds: readonly string[];
  readonly reader: readonly number[];
}

interface Scored {
  readonly name: string;
  /** `[seeds][cases]`. */
  readonly scores: readonly (readonly number[])[];
}

// Of a patient the highest category of her tested images in that fold counts, as it would in the clinic.
function categoriesOf(
  { rows }: PredictionSet,
  records: readonly Pick<ImageRecord, "id" | "birads">[],
  unit: "patients" | "images",
): (alignment: Alignment, row: number) => number | null {
  const known = new Map(records.map(({ id, birads }) => [id, suspicionOf(birads)]));
  const keyOf = (name: string, fold: string) => JSON.stringify([name, fold]);
  const highest = new Map<string, number>();
  for (const one of rows) {
    const value = one.part === "test" ? (known.get(one.id) ?? null) : null;
    if (value === null) continue;
    const key = keyOf(unit === "patients" ? patientOf(one) : one.id, one.fold);
    highest.set(key, Math.max(value, highest.get(key) ?? 0));
  }
  return ({ ids, patients, folds }, row) =>
    highest.get(keyOf(unit === "patients" ? patients[row]! : ids[row]!, folds[row]!)) ?? null;
}

function measurePoints(
  { labels, patients, folds, reader }: Cases,
  models: readonly Scored[],
  { replicates, confidence, seed }: { readonly replicates: number; readonly confidence: number; readonly seed: number },
): ReaderPoint[] {
  const ranked = models.map(({ scores }) => scores.map((own) => rankRows(labels, own, folds)));
  const thresholds = [3, 4, 5];
  const measure = (weights: ArrayLike<number>) =>
    thresholds.flatMap((from) => {
      const [sensitivity, specificity] = ratesOf(labels, reader, from, weights);
      return [sensitivity, specificity, ...ranked.flatMap((own) => besideAt(own, weights, sensitivity, specificity))];
    });
  const found = measure(labels.map(() => 1));
  const drawn = found.map((): number[] => []);
  const weights = new Uint16Array(labels.length);
  const random = createRandom(seed).split("reader");
  resampleGroups({ groups: patients, strata: folds, replicates, random }, (rows) => {
    weights.fill(0);
    for (const row of rows) weights[row]!++;
    measure(weights).forEach((value, index) => {
      if (!Number.isNaN(value)) drawn[index]!.push(value);
    });
  });
  const value = (index: number): ReaderValue => {
    const list = drawn[index]!;
    if (Number.isNaN(found[index]!)) return none;
    if (10 * list.length < 9 * replicates || new Set(patients).size < 2) return { ...none, value: found[index]! };
    const tail = (1 - confidence) / 2;
    return { value: found[index]!, low: quantile(list, tail), high: quantile(list, 1 - tail) };
  };
  const width = 2 + 4 * models.length;
  return thresholds.map((from, place) => ({
    name: `BI-RADS ≥ ${from}`,
    sensitivity: value(place * width),
    specificity: value(place * width + 1),
    networks: models.map(({ name }, index) => {
      const first = place * width + 2 + 4 * index;
      return {
        model: name,
        sensitivity: value(first),
        sensitivityGain: value(first + 1),
        specificity: value(first + 2),
        specificityGain: value(first + 3),
      };
    }),
  }));
}

function ratesOf(labels: readonly number[], reader: readonly number[], from: number, weights: ArrayLike<number>) {
  const counts = [0, 0, 0, 0];
  labels.forEach((label, row) => (counts[2 * label + (reader[row]! >= from ? 1 : 0)]! += weights[row]!));
  const [cleared, alarms, missed, found] = counts as [number, number, number, number];
  return [found / (found + missed), cleared / (cleared + alarms)] as const;
}

function besideAt(
  seeds: readonly RankedRows[],
  weights: ArrayLike<number>,
  sensitivity: number,
  specificity: number,
): number[] {
  const rate = (held: "sensitivity" | "specificity", at: number) =>
    Number.isNaN(at) ? NaN : seeds.reduce((sum, own) => sum + heldRate(own, weights, held, at) / seeds.length, 0);
  const [hits, cleared] = [rate("specificity", specificity), rate("sensitivity", sensitivity)];
  return [hits, hits - sensitivity, cleared, cleared - specificity];
}

function addToReader(model: string, cases: Cases, probabilities: readonly number[], confidence: number): AddedToReader {
  const { labels, patients, folds, reader } = cases;
  const logits = probabilities.map(logitOf);
  const alone = fitLogisticModel({ labels, columns: [reader] });
  const both = fitLogisticModel({ labels, columns: [reader, logits] });
  const p = alone === null || both === null ? null : testAddedColumn(alone, both);
  const lacking = { model, p, area: none, gain: none };
  const names = [...new Set(folds)];
  if (names.length < 2) {
    return {
      ...lacking,
      reason: "There is one fold only: both together could only be fitted to what they are measured on.",
    };
  }
  const joined = new Array<number>(labels.length).fill(0);
  for (const name of names) {
    const rest = labels.flatMap((_, row) => (folds[row] === name ? [] : [row]));
    const pick = (list: readonly number[]) => rest.map((row) => list[row]!);
    const single = new Set(pick(labels)).size < 2;
    const fit = single ? null : fitLogisticModel({ labels: pick(labels), columns: [pick(reader), pick(logits)] });
    if (fit === null) return { ...lacking, reason: `Without ${name}, no logistic model of both fits best.` };
    const [own, network] = fit.coefficients;
    folds.forEach((fold, row) => {
      if (fold === name) joined[row] = own!.value * reader[row]! + network!.value * logits[row]!;
    });
  }
  const { areas, covariance, reason } = clusteredAreas({ labels, groups: patients, strata: folds }, [joined, reader]);
  const [area, single] = areas as [number, number];
  const interval = areaInterval({ labels, groups: patients, strata: folds }, joined, confidence);
  const variance = covariance === null ? 0 : varianceOfSum(covariance, [1, -1]);
  const half = variance > 0 ? normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance) : null;
  const gain = area - single;
  return {
    model,
    p,
    area: { value: area, low: interval?.low ?? null, high: interval?.high ?? null },
    gain: { value: gain, low: half === null ? null : gain - half, high: half === null ? null : gain + half },
    reason: p === null ? "No logistic model of both fits best." : reason,
  };
}
