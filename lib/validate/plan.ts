import * as v from "valibot";

import { splitSetOptions, type SplitSetOptions } from "../data/sets/split-set";
import { preparationSchema } from "../data/prepare/configuration";
import { boxesOf } from "../segment/outlines-folder";
import { sampleOptions } from "../data/split/sample";
import { splitSchema, type Split } from "../data/split/split";
import { listOf, nullable, oneOf, passed, text, wholeNumber, asGiven } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { parseJson, writeJson } from "../runs/json";
import type { Json } from "../runs/state";
import { upgradeStored } from "../space/upgrade";
import { checkLayers } from "../train/layers-model/layers-specification";
import { buildSpecified, type NetworkSpecification } from "../train/specification";
import { trainingSchema, type TrainingOptions } from "../train/training-options";
import { folderNameOf } from "../files/folder-name";

const modelSchema = v.strictObject({
  /** Its name in tables and figures, unique in the plan: "ResNet-18". */
  name: text('a text: "ResNet-18"'),
  /**
   * What it stands for: `found` by a search; `control`, drawn by chance from the space that was searched; `hand-crafted`;
   * `own`, a model of the user's, whatever it has learned before; `trivial`, what every other one should beat.
   */
  kind: oneOf(["found", "control", "hand-crafted", "own", "trivial"]),
  network: network(),
  /**
   * Networks of single folds, by the fold's name, in place of `network`: where each fold has a search of its own, which has
   * not seen what the fold tests. Default: none.
   */
  networkOfFold: v.optional(v.record(v.string(), network()), {}),
  /** Options of its training over those of the plan; default: none. The seed is not among them: it is the plan's. */
  training: v.optional(asGiven(trainingSchema), {}),
  /**
   * The same of single folds, by the fold's name, over `training`: where each fold has chosen for itself how the model is trained,
   * on images that it does not test. Default: none.
   */
  trainingOfFold: v.optional(v.record(v.string(), asGiven(trainingSchema)), {}),
});

/** A model that is validated: a network, and how it is trained. @interface */
export type StudyModel = Readonly<v.InferInput<typeof modelSchema>>;

const choiceSchema = v.strictObject({
  /** What happens to images with errors; see `loadDataSet`. Default: "stop". */
  onError: v.optional(oneOf(["stop", "leave-out"]), "stop"),
  /** What happens to pixel-identical images with different labels; see `loadDataSet`. Default: "stop". */
  onContradiction: v.optional(oneOf(["stop", "leave-out", "keep"]), "stop"),
  /** What happens to images that two of several sets have; see `loadDataSet`. Left out: "stop". */
  onShared: v.optional(oneOf(["stop", "leave-out"])),
  /**
   * What happens to images of normal tissue: `stop` refuses the set, `leave-out` goes on without them, `benign` counts them as
   * benign. Default: "stop".
   */
  normal: v.optional(oneOf(["stop", "leave-out", "benign"]), "stop"),
  /**
   * What happens to images of which nothing says where the lesion is, where the preparation needs it: `stop` refuses the set,
   * `leave-out` goes on without them. Default: "stop".
   */
  withoutLesion: v.optional(oneOf(["stop", "leave-out"])),
  /**
   * Outlines that networks found which had not seen the patient, in the place of the expert's. Left out: the expert's.
   *
   * - `folder`: that of `crossFit` or `npm run segment`, with all folds.
   * - `of`: "all" images; or "test", those alone that a fold tests, while its networks learn from the expert's. An expert's outline
   *   tells the class by how it is drawn: networks that learned from it are far worse on outlines that were found.
   * - `boxes`: whose boxes regions are placed around: the "found" ones, or the "expert"'s. Left out: the found ones.
   */
  outlines: v.optional(
    v.strictObject({
      ...{ folder: text("a folder"), of: oneOf(["all", "test"]) },
      boxes: v.optional(oneOf(boxesOf)),
    }),
  ),
  /** A sample of them, as `sampleImages` draws it; null: all. Default: null. */
  sample: v.optional(nullable(asGiven(sampleOptions)), null),
});

const planSchema = v.strictObject({
  /** The data set's name: "bus-bra". */
  dataset: text('the name of a data set, "bus-bra"'),
  /** The folder with the data sets; null: `SONONAS_DATA`, else `data/`. Default: null. */
  dataRoot: v.optional(nullable(text("a folder")), null),
  /** Which of its images are used; default: all, without errors. */
  records: v.optional(choiceSchema, {}),
  /** How images become numbers; default: that of `prepare`. */
  preparation: v.optional(preparationSchema, {}),
  /** The folds, or how they are made; see `splitSet`. Default: the set's own, or five of whole patients. */
  split: v.optional(
    v.lazy<v.GenericSchema<Split | SplitSetOptions, Split | v.InferOutput<typeof splitSetOptions>>>((given) =>
      Array.isArray((given as Partial<Split> | undefined)?.folds) ? splitSchema : splitSetOptions,
    ),
    {},
  ),
  /** Which folds are used, from 1; null: all. Default: null. */
  folds: v.optional(nullable(listOf(wholeNumber({ from: 1 }), { least: 1, different: true })), null),
  /** The seeds: each model is trained once for each, on each fold. Default: 1. */
  seeds: v.optional(listOf(wholeNumber(), { least: 1, different: true }), [1]),
  models: listOf(modelSchema, { least: 1 }),
  /** How they are trained, apart from the seed; see `trainingDefaults`. Default: those. */
  training: v.optional(asGiven(trainingSchema), {}),
  /**
   * Which parts of a fold are predicted: "validation" leaves the test part shut, where a plan is there to choose by. Default:
   * "validation and test".
   */
  predicts: v.optional(oneOf(["validation and test", "validation"]), "validation and test"),
  /**
   * Threads of each process that trains, from 1. Results are the same to the bit only at the same number: it belongs to the
   * plan, and the number of processes does not. Null: the processors divided by the processes of the first call; the folder
   * keeps the number. Default: null.
   */
  threads: v.optional(nullable(wholeNumber({ from: 1 })), null),
});

/**
 * A cross-validation: which models are trained on which images, how often. Plain data, to be kept as JSON.
 *
 * @interface
 */
export type ValidationPlan = Readonly<Omit<v.InferOutput<typeof planSchema>, "models">> & {
  readonly models: readonly StudyModel[];
};

/** A plan of which everything but the data set and the models may be left out. @interface */
export type GivenPlan = Readonly<v.InferInput<typeof planSchema>>;

/**
 * Fills a plan with its defaults and checks all of it that can be checked without the images. Each network is built once, as
 * plain data: what cannot be trained is refused before anything is.
 *
 * @returns The plan, as it comes back from a JSON file.
 * @throws {Problem} Where a key is unknown, a value out of its range, or a network cannot take the images.
 */
export function checkPlan(given: GivenPlan): ValidationPlan {
  // As text and back: what a file would change is refused, and the caller's objects are not kept. Files may be older.
  const plain = upgradeStored(parseJson(writeJson(given as unknown as Json, "The plan"))) as unknown as GivenPlan;
  const plan = checkOptions("A validation plan", planSchema, plain);
  const { models, preparation, training } = plan;
  refuseSeed("The plan", training);
  const size = { height: preparation.size, width: preparation.size, channels: preparation.channels.length };
  for (const model of models) checkModel(model, size, preparation.channels);
  checkNames(models);
  return plan;
}

/**
 * Puts together how a model of a plan is trained on a fold.
 *
 * @returns The options: the fold's own over the model's over the plan's.
 */
export function trainingOf(
  plan: Pick<ValidationPlan, "training">,
  { training, trainingOfFold = {} }: Pick<StudyModel, "training" | "trainingOfFold">,
  { fold, seed }: { readonly fold: string; readonly seed: number },
): Partial<TrainingOptions> {
  const own = Object.hasOwn(trainingOfFold, fold) ? trainingOfFold[fold] : {};
  return { ...plan.training, ...training, ...own, seed };
}

/**
 * Says which network of a model is trained on a fold.
 *
 * @returns The fold's own, or the one of all folds.
 */
export function networkOf(model: StudyModel, fold: string): NetworkSpecification {
  const own = model.networkOfFold ?? {};
  return Object.hasOwn(own, fold) ? own[fold]! : model.network;
}

/** Tells a split from how one is made. */
export function isSplit(split: ValidationPlan["split"] | SplitSetOptions): split is Split {
  return Array.isArray(split.folds);
}

function checkModel(model: StudyModel, size: Parameters<typeof buildSpecified>[1], channels: readonly string[]): void {
  const { name, network, networkOfFold = {}, training = {}, trainingOfFold = {} } = model;
  for (const one of [training, ...Object.values(trainingOfFold)]) refuseSeed(`The model "${name}"`, one);
  for (const one of [network, ...Object.values(networkOfFold)]) {
    if (one.kind === "layers model") {
      checkLayers(one, channels);
      continue;
    }
    const { output, nodes } = buildSpecified(one, size);
    const classes = nodes.find((node) => node.name === output)!.shape.at(-1)!;
    if (classes !== 2)
      throw new Problem(
        `The network of "${name}" tells ${classes} classes apart, expected 2: benign and malignant.`,
        "Correct it.",
      );
  }
}

function checkNames(models: readonly StudyModel[]): void {
  const taken = new Map<string, string>();
  for (const { name } of models) {
    const folder = folderNameOf(name);
    const other = taken.get(folder);
    if (other !== undefined) {
      throw new Problem(
        `The models "${other}" and "${name}" would share the folder "${folder}".`,
        "Give them names that differ in letters or digits.",
      );
    }
    taken.set(folder, name);
  }
}

function refuseSeed(owner: string, training: Partial<TrainingOptions>): void {
  if (training.seed === undefined) return;
  throw new Problem(
    `${owner} has training.seed: ${training.seed}, but a plan's seeds are those of its key "seeds".`,
    `Leave it out, and give seeds: [${training.seed}].`,
  );
}

function network() {
  return passed<NetworkSpecification>(
    'a network: { kind: "hand-crafted", name: "ResNet-18" }',
    (given) => typeof given === "object" && given !== null,
  );
}
