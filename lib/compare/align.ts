import { decide, describeThreshold, type Decided, type ThresholdChoice } from "../evaluate/decide";
import { checkPredictions } from "../evaluate/check-predictions";
import { mergeViews } from "../evaluate/merge-views";
import { patientOf, type PredictionSet } from "../evaluate/predictions";
import { Problem } from "../runtime/problem";

/** What counts as one case: each image, or each patient with the mean of her images. */
export type ResampledUnit = "images" | "patients";

/** How models are put side by side. */
export interface AlignOptions {
  /** How each model's thresholds are chosen, on its own validation predictions or beforehand. */
  readonly threshold: ThresholdChoice;
  readonly unit: ResampledUnit;
}

/** What one model says of the cases that all models were tested on. */
export interface AlignedModel {
  readonly name: string;
  /** The seeds of its trainings, ascending. */
  readonly seeds: readonly number[];
  /** For each seed, the probability of malignant of each case: `[seeds][cases]`. */
  readonly probabilities: readonly (readonly number[])[];
  /** For each seed, what was decided on each case, 0 or 1: `[seeds][cases]`. */
  readonly decisions: readonly (readonly number[])[];
  /** The mean of the probabilities over seeds: `[cases]`. */
  readonly meanProbability: readonly number[];
  /** The decision by the mean probability, at the mean of the seeds' thresholds: `[cases]`. With one seed, its decision. */
  readonly meanDecision: readonly number[];
}

/** Models on the same cases, in the same order. */
export interface Alignment {
  readonly unit: ResampledUnit;
  /** The name of each case, `[cases]`. */
  readonly ids: readonly string[];
  /** The patient of each case, or the image itself where the patient is not known: `[cases]`. */
  readonly patients: readonly string[];
  /** The class of each case, `[cases]`: 0 benign, 1 malignant. */
  readonly labels: readonly number[];
  /** The fold in which each case is tested, `[cases]`. */
  readonly folds: readonly string[];
  /** The models, in the order in which they were given. */
  readonly models: readonly AlignedModel[];
  /** For each fold, by name, how many cases are held for validation; of the model that holds most. */
  readonly validation: ReadonlyMap<string, number>;
  readonly thresholdRule: string;
}

/**
 * Puts models side by side: all must have been tested on the same images, with the same classes and patients, in the same
 * folds. What differs would be the images' doing and not the models'. Seeds may differ: a baseline needs no more than one.
 *
 * @param sets The models' predictions, two or more, each model under a name of its own.
 * @throws {Problem} Where there are fewer than two models, two of one name, or predictions that are not fit to be evaluated;
 *   where two models differ in an image, its class, patient or fold, where an image is tested twice, or where all cases are of
 *   one class. The message names what differs.
 */
export function alignPredictions(sets: readonly PredictionSet[], { threshold, unit }: AlignOptions): Alignment {
  checkNames(sets);
  if (!["images", "patients"].includes(unit)) {
    throw new Problem(`The unit is "${unit}", expected "images" or "patients".`, "Give one of the two.");
  }
  const models = sets.map((set) => {
    checkPredictions(set);
    return readModel(set, threshold, unit);
  });
  const [first] = models;
  for (const other of models.slice(1)) checkSame(first!, other);
  const { name, cases } = first!;
  const labels = cases.map(({ label }) => label);
  const malignant = labels.filter((label) => label === 1).length;
  if (malignant === 0 || malignant === labels.length) {
    throw new Problem(
      `All ${labels.length} ${unit} that ${name} was tested on are ${malignant === 0 ? "benign" : "malignant"}; both classes are needed to compare models.`,
      "Compare on test parts with both classes.",
    );
  }
  const validation = new Map<string, number>();
  for (const set of sets) noteValidation(set, unit, validation);
  return {
    unit,
    ids: cases.map(({ id }) => id),
    patients: cases.map(patientOf),
    labels,
    folds: cases.map(({ fold }) => fold),
    models: models.map(({ aligned }) => aligned),
    validation,
    thresholdRule: describeThreshold(threshold, sets[0]!.heldBack),
  };
}

/**
 * Finds a model by its name.
 *
 * @throws {Problem} Where there is none of that name.
 */
export function modelOf({ models }: Pick<Alignment, "models">, name: string): AlignedModel {
  const model = models.find((one) => one.name === name);
  if (model !== undefined) return model;
  throw new Problem(
    `There is no model "${name}" among those that are compared: ${models.map((one) => one.name).join(", ")}.`,
    "Give the name as the predictions have it.",
  );
}

/** A model as it was read: its cases of one seed, in order of their names, and the rest side by side with them. */
interface ReadModel {
  readonly name: string;
  readonly cases: readonly Decided[];
  readonly aligned: AlignedModel;
}

function checkNames(sets: readonly PredictionSet[]): void {
  if (sets.length < 2) {
    throw new Problem(
      `There are predictions of ${sets.length} models, expected at least two.`,
      "Give those of both models that are to be compared.",
    );
  }
  const names = sets.map(({ model }) => model);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Problem(
      `Two of the models are called "${twice}": results could not be told apart.`,
      "Give each model a name of its own; seeds and folds of one model belong into one set.",
    );
  }
}

function readModel(set: PredictionSet, threshold: ThresholdChoice, unit: ResampledUnit): ReadModel {
  const { cases } = decide(set, threshold);
  // Views are merged in a fixed order, so that the case is called by the same image for all models.
  const ordered = [...cases].sort(byId);
  const all = unit === "patients" ? mergeViews(ordered).sort(byId) : ordered;
  const seeds = [...new Set(all.map(({ seed }) => seed))].sort((a, b) => a - b);
  const bySeed = seeds.map((seed) => all.filter((one) => one.seed === seed));
  const [first] = bySeed;
  checkTestedOnce(set.model, first!);
  bySeed.slice(1).forEach((own, index) => {
    checkSame(
      { name: `${set.model}, seed ${seeds[0]}`, cases: first! },
      { name: `${set.model}, seed ${seeds[index + 1]}`, cases: own },
    );
  });
  const meanOver = (pick: (one: Decided) => number) =>
    first!.map((_, index) => bySeed.reduce((sum, own) => sum + pick(own[index]!), 0) / seeds.length);
  const meanProbability = meanOver(({ probability }) => probability);
  const meanThreshold = meanOver((one) => one.threshold);
  // Rounding of a mean must not turn a decision on which all seeds agree.
  const meanDecision = meanProbability.map((probability, index) => {
    const decided = bySeed.map((own) => own[index]!.decision);
    if (decided.every((one) => one === decided[0])) return decided[0]!;
    return probability >= meanThreshold[index]! ? 1 : 0;
  });
  return {
    name: set.model,
    cases: first!,
    aligned: {
      name: set.model,
      seeds,
      probabilities: bySeed.map((own) => own.map(({ probability }) => probability)),
      decisions: bySeed.map((own) => own.map(({ decision }) => decision)),
      meanProbability,
      meanDecision,
    },
  };
}

function checkTestedOnce(model: string, cases: readonly Decided[]): void {
  const twice = cases.find(({ id }, index) => index > 0 && cases[index - 1]!.id === id);
  if (twice === undefined) return;
  const folds = cases.filter(({ id }) => id === twice.id).map(({ fold }) => fold);
  throw new Problem(
    `${model}: the image "${twice.id}" is tested in ${folds.join(" and in ")}, and would count twice.`,
    "Compare one repetition of a cross-validation at a time.",
  );
}

function checkSame(first: Pick<ReadModel, "name" | "cases">, other: Pick<ReadModel, "name" | "cases">): void {
  const known = new Map(first.cases.map((one) => [one.id, one]));
  const found = new Set(other.cases.map(({ id }) => id));
  const differ = (what: string) =>
    new Problem(
      `${first.name} and ${other.name} cannot be compared: ${what}.`,
      "Test both on the same images, in the same folds of the same split.",
    );
  const missing = first.cases.filter(({ id }) => !found.has(id));
  if (missing.length > 0) {
    throw differ(
      `${missing.length} of ${first.cases.length} images are not tested by ${other.name}, "${missing[0]!.id}" for example`,
    );
  }
  for (const one of other.cases) {
    const same = known.get(one.id);
    if (same === undefined) throw differ(`the image "${one.id}" is not tested by ${first.name}`);
    for (const field of ["label", "patient", "fold"] as const) {
      if (same[field] === one[field]) continue;
      throw differ(
        `the ${field} of the image "${one.id}" is ${String(same[field])} for ${first.name} and ${String(one[field])} for ${other.name}`,
      );
    }
  }
}

function noteValidation({ rows, heldBack }: PredictionSet, unit: ResampledUnit, validation: Map<string, number>): void {
  // What inner folds predict is learned from, too.
  if (heldBack === "inner folds") return;
  const held = rows.filter(({ part }) => part === "validation");
  for (const fold of new Set(held.map((row) => row.fold))) {
    const own = held.filter((row) => row.fold === fold);
    const count = new Set(own.map((row) => (unit === "patients" ? patientOf(row) : row.id))).size;
    validation.set(fold, Math.max(count, validation.get(fold) ?? 0));
  }
}

// By code units, which is the same on every machine.
function byId(a: Decided, b: Decided): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
