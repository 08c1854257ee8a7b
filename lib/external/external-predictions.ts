import { byFoldAndSeed, decide, type ThresholdChoice } from "../evaluate/decide";
import { outOfFold } from "../evaluate/out-of-fold";
import type { Prediction, PredictionSet } from "../evaluate/predictions";
import { meanPredictions } from "../evaluate/mean-predictions";
import { scaleTemperature } from "../evaluate/scale-temperature";
import { logistic } from "../statistics/logistic";
import { logitOf } from "../statistics/calibration-line";
import { Problem } from "../runtime/problem";

/** The network of one fold and seed, and what it brings along from its own images. */
export interface CarriedNetwork {
  readonly fold: string;
  readonly seed: number;
  /** What its logits are divided by. */
  readonly temperature: number;
  /** Malignant from this probability on, after scaling. */
  readonly threshold: number;
}

/** How thresholds come from a network's own images. */
export interface CarriedRule {
  readonly networks: readonly CarriedNetwork[];
  /** In words, as results must say. */
  readonly origin: string;
}

/**
 * Fits temperature and threshold of each network of a cross-validation on its own images, to be carried over to another set: on the
 * validation part, on inner folds, or, where all was learned from, on what the networks of the other folds say of their tested images.
 *
 * @param own What the networks say of the study's images.
 * @param rule How thresholds are chosen; default: the greatest Youden index.
 */
export function carryOver(own: PredictionSet, rule: ThresholdChoice = { kind: "youden" }): CarriedRule {
  const held = own.rows.some(({ part }) => part === "validation");
  const learned = held ? own : outOfFold(own);
  if (learned === null) {
    const networks = [...byFoldAndSeed(own.rows).values()].map(([row]) => ({
      ...{ fold: row!.fold, seed: row!.seed, temperature: 1, threshold: 0.5 },
    }));
    return { networks, origin: "0.5, fixed beforehand, without scaling: nothing was held back to choose by" };
  }
  const { set, temperatures } = scaleTemperature(learned);
  const { thresholds } = decide(set, rule);
  const networks = temperatures.map(({ fold, seed, temperature }) => {
    const { threshold } = thresholds.find((one) => one.fold === fold && one.seed === seed)!;
    return { fold, seed, temperature, threshold };
  });
  const where = held
    ? own.heldBack === "inner folds"
      ? "the inner folds of the training part"
      : "the validation part"
    : "what the networks of other folds say of their tested images";
  return { networks, origin: `temperature and threshold (${rule.kind}) of each network from ${where}` };
}

/** What all networks of a model say of another set. */
export interface ExternalPredictions {
  /** Each network by itself: in place of seeds there are networks, from 1, so that means and intervals are over them. */
  readonly each: PredictionSet;
  /** All together: the mean of their logits. */
  readonly together: PredictionSet;
  /** The same as probabilities that are to be taken at their word: scaled by temperatures, and not moved by thresholds. */
  readonly calibrated: PredictionSet;
}

/** The one "fold" of another set: all of it is tested. */
const external = "external";

/**
 * Applies temperatures and thresholds that were carried over to what networks say of another set. Logits are moved so that each network's
 * own threshold lies at a probability of 0.5, which changes no order within a network; only `calibrated` is not moved.
 *
 * @param set What each network says of every image of the other set.
 * @throws {Problem} Where a network has nothing carried over, or was not asked for the same images as the others.
 */
export function applyCarried(set: PredictionSet, rule: CarriedRule): ExternalPredictions {
  const groups = [...byFoldAndSeed(set.rows).values()];
  const networks = groups.map((own, index) => ({
    number: index + 1,
    carried: carriedBy(set.model, own[0]!, rule),
    own,
  }));
  const odd = networks.find(({ own }) => own.length !== groups[0]!.length);
  if (odd !== undefined) {
    throw new Problem(
      `${set.model}, ${odd.carried.fold}, seed ${odd.carried.seed}: ${odd.own.length} images of the other set are predicted, and ${groups[0]!.length} by the first network.`,
      "Run the external test again.",
    );
  }
  const { model, kind } = set;
  const about = { model, ...(kind === undefined ? {} : { kind }) };
  const each = networks.map(({ number, carried, own }) =>
    own.map((row) => ({ ...row, ...sayLogit(movedLogit(row, carried)), fold: external, seed: number })),
  );
  const scaled = networks.map(({ carried, own }) =>
    own.map((row) => ({ ...row, ...sayLogit(row.logit! / carried.temperature), fold: external, seed: 1 })),
  );
  return {
    each: { ...about, rows: each.flat() },
    together: { ...about, rows: meanPredictions(each).map((row) => ({ ...row, seed: 1 })) },
    calibrated: { ...about, rows: meanPredictions(scaled) },
  };
}

/**
 * Applies the same to what networks say of the study's own tested images, each by its own fold's.
 *
 * @returns `moved` by thresholds as well as temperatures, for measures of decisions; `calibrated` by temperatures alone.
 */
export function applyToOwn(own: PredictionSet, rule: CarriedRule): { moved: PredictionSet; calibrated: PredictionSet } {
  const tested = own.rows.filter(({ part }) => part === "test");
  const by = (of: (row: Prediction, carried: CarriedNetwork) => number): PredictionSet => ({
    ...own,
    rows: tested.map((row) => ({ ...row, ...sayLogit(of(row, carriedBy(own.model, row, rule))) })),
  });
  return { moved: by(movedLogit), calibrated: by((row, { temperature }) => row.logit! / temperature) };
}

function carriedBy(model: string, { fold, seed }: Prediction, { networks }: CarriedRule): CarriedNetwork {
  const carried = networks.find((one) => one.fold === fold && one.seed === seed);
  if (carried !== undefined) return carried;
  throw new Problem(
    `${model}, ${fold}, seed ${seed}: there is no temperature and threshold of its own images.`,
    "Run the cross-validation to its end, then the external test again.",
  );
}

const movedLogit = ({ logit }: Prediction, { temperature, threshold }: CarriedNetwork) =>
  logit! / temperature - logitOf(threshold);

const sayLogit = (logit: number) => ({ logit, probability: logistic(logit) });
