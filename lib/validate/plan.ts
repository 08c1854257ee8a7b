import type { LoadOptions } from "../data/sets/load";
import type { SplitSetOptions } from "../data/sets/split-set";
import { checkPreparation, type PreparationOptions } from "../data/prepare/configuration";
import type { SampleOptions } from "../data/split/sample";
import { parseSplit, type Split } from "../data/split/split";
import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { parseJson, writeJson } from "../runs/json";
import type { Json } from "../runs/state";
import { upgradeStored } from "../space/upgrade";
import { buildSpecified, type NetworkSpecification } from "../train/specification";
import { checkTraining, type TrainingOptions } from "../train/training-options";
import { folderNameOf } from "../files/folder-name";

/** A model that is validated: a network, and how it is trained. */
export interface StudyModel {
  /** Its name in tables and figures, unique in the plan: "ResNet-18". */
  readonly name: string;
  /**
   * What it stands for: `found` by a search; `control`, drawn by chance from the space that was searched; `hand-crafted`;
   * `trivial`, what every other one should beat.
   */
  readonly kind: "found" | "control" | "hand-crafted" | "trivial";
  /** The network. */
  readonly network: NetworkSpecification;
  /**
   * Networks of single folds, by the fold's name, in place of `network`: where each fold has a search of its own, which has
   * not seen what the fold tests. Default: none.
   */
  readonly networkOfFold?: Readonly<Record<string, NetworkSpecification>>;
  /** Options of its training over those of the plan; default: none. The seed is not among them: it is the plan's. */
  readonly training?: Partial<TrainingOptions>;
}

/** Which images of a set are used. */
export interface ImageChoice {
  /** What happens to images with errors; see `loadDataSet`. Default: "stop". */
  onError: LoadOptions["onError"];
  /** What happens to pixel-identical images with different labels; see `loadDataSet`. Default: "stop". */
  onContradiction: LoadOptions["onContradiction"];
  /** What happens to images of normal tissue: `stop` refuses the set, `leave-out` goes on without them. Default: "stop". */
  normal: "stop" | "leave-out";
  /** A sample of them, as `sampleImages` draws it; null: all. Default: null. */
  sample: (Partial<SampleOptions> & Pick<SampleOptions, "count">) | null;
}

/** A cross-validation: which models are trained on which images, how often. Plain data, to be kept as JSON. */
export interface ValidationPlan {
  /** The data set's name: "bus-bra". */
  readonly dataset: string;
  /** The folder with the data sets; null: `SONONAS_DATA`, else `data/`. Default: null. */
  readonly dataRoot: string | null;
  /** Which of its images are used; default: all, without errors. */
  readonly records: Partial<ImageChoice>;
  /** How images become numbers; default: that of `prepare`. */
  readonly preparation: Partial<PreparationOptions>;
  /** The folds, or how they are made; see `splitSet`. Default: the set's own, or five of whole patients. */
  readonly split: Split | Partial<SplitSetOptions>;
  /** Which folds are used, from 1; null: all. Default: null. */
  readonly folds: readonly number[] | null;
  /** The seeds: each model is trained once for each, on each fold. Default: 1. */
  readonly seeds: readonly number[];
  /** The models, at least one. */
  readonly models: readonly StudyModel[];
  /** How they are trained, apart from the seed; see `trainingDefaults`. Default: those. */
  readonly training: Partial<TrainingOptions>;
  /**
   * Threads of each process that trains, from 1. Results are the same to the bit only at the same number: it belongs to the
   * plan, and the number of processes does not. Null: the processors divided by the processes of the first call; the folder
   * keeps the number. Default: null.
   */
  readonly threads: number | null;
}

/** A plan of which everything but the data set and the models may be left out. */
export type GivenPlan = Pick<ValidationPlan, "dataset" | "models"> & Partial<ValidationPlan>;

const defaults: ValidationPlan = {
  dataset: "",
  dataRoot: null,
  records: {},
  preparation: {},
  split: {},
  folds: null,
  seeds: [1],
  models: [],
  training: {},
  threads: null,
};

const choiceDefaults: ImageChoice = { onError: "stop", onContradiction: "stop", normal: "stop", sample: null };

const modelDefaults: StudyModel = {
  name: "",
  kind: "hand-crafted",
  network: { kind: "hand-crafted", name: "" },
  networkOfFold: {},
  training: {},
};

const kinds: readonly StudyModel["kind"][] = ["found", "control", "hand-crafted", "trivial"];

/**
 * Fills a plan with its defaults and checks all of it that can be checked without the images. Each network is built once, as
 * plain data: what cannot be trained is refused before anything is.
 *
 * @param given The plan, of a program or of a file.
 * @returns The plan, as it comes back from a JSON file.
 * @throws {Problem} Where a key is unknown, a value out of its range, or a network cannot take the images.
 */
export function checkPlan(given: GivenPlan): ValidationPlan {
  // As text and back: what a file would change is refused, and the caller's objects are not kept. Files may be older.
  const plain = upgradeStored(parseJson(writeJson(given as unknown as Json, "The plan"))) as unknown as GivenPlan;
  const filled = withDefaults<ValidationPlan>("A validation plan", plain, defaults);
  const { dataset, folds, seeds, models, training, threads } = filled;
  check("dataset", dataset, typeof dataset === "string" && dataset !== "", 'the name of a data set, "bus-bra"');
  check("threads", threads, threads === null || isWhole(threads, 1), "a whole number from 1, or null");
  check("seeds", seeds, isList(seeds, 0), "a list of different whole numbers from 0, at least one");
  check("folds", folds, folds === null || isList(folds, 1), "null or a list of different whole numbers from 1");
  check("models", models, Array.isArray(models) && models.length > 0, "a list of at least one model");
  refuseSeed("The plan", training);
  const preparation = checkPreparation(filled.preparation);
  const plan: ValidationPlan = {
    ...filled,
    preparation,
    records: checkChoice(filled.records),
    split: checkSplit(filled.split),
    models: models.map((model) => withDefaults<StudyModel>(`The model "${model.name}"`, model, modelDefaults)),
  };
  const size = { height: preparation.size, width: preparation.size, channels: preparation.channels.length };
  for (const model of plan.models) checkModel(model, size);
  checkNames(plan.models);
  // Whether there are validation images is known once the folds are: trainings that need them are refused then.
  for (const model of plan.models) checkTraining(trainingOf(plan, model, seeds[0]!), 1);
  return plan;
}

/**
 * Puts together how a model of a plan is trained.
 *
 * @param plan The plan.
 * @param model The model.
 * @param seed The seed.
 * @returns The options: the model's over the plan's.
 */
export function trainingOf(
  plan: Pick<ValidationPlan, "training">,
  model: Pick<StudyModel, "training">,
  seed: number,
): Partial<TrainingOptions> {
  return { ...plan.training, ...model.training, seed };
}

/**
 * Says which network of a model is trained on a fold.
 *
 * @param model The model.
 * @param fold The fold's name.
 * @returns The fold's own, or the one of all folds.
 */
export function networkOf(model: StudyModel, fold: string): NetworkSpecification {
  const own = model.networkOfFold ?? {};
  return Object.hasOwn(own, fold) ? own[fold]! : model.network;
}

/**
 * Tells a split from how one is made.
 *
 * @param split One of both.
 * @returns Whether it is a split.
 */
export function isSplit(split: Split | Partial<SplitSetOptions>): split is Split {
  return Array.isArray(split.folds);
}

function checkModel(model: StudyModel, size: Parameters<typeof buildSpecified>[1]): void {
  const { name, kind, network, networkOfFold = {}, training = {} } = model;
  check("a model's name", name, typeof name === "string" && name.trim() !== "", 'a text: "ResNet-18"');
  check(`the kind of "${name}"`, kind, kinds.includes(kind), kinds.join(", "));
  refuseSeed(`The model "${name}"`, training);
  for (const one of [network, ...Object.values(networkOfFold)]) {
    const { output, nodes } = buildSpecified(one, size);
    const classes = nodes.find((node) => node.name === output)!.shape.at(-1)!;
    check(`the classes of "${name}"`, classes, classes === 2, "2: benign and malignant");
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

function checkChoice(given: Partial<ImageChoice>): ImageChoice {
  const choice = withDefaults<ImageChoice>("A plan's records", given, choiceDefaults);
  const { onError, onContradiction, normal } = choice;
  check("records.onError", onError, ["stop", "leave-out"].includes(onError), "stop or leave-out");
  check(
    "records.onContradiction",
    onContradiction,
    ["stop", "leave-out", "keep"].includes(onContradiction),
    "stop, leave-out or keep",
  );
  check("records.normal", normal, ["stop", "leave-out"].includes(normal), "stop or leave-out");
  return choice;
}

function checkSplit(split: ValidationPlan["split"]): ValidationPlan["split"] {
  if (isSplit(split)) return parseSplit(split, "The split of a validation plan");
  return withDefaults<SplitSetOptions>("A plan's split", split, {
    folds: 5,
    validation: 0.2,
    seed: 1,
    allowTornGroups: null,
  });
}

function refuseSeed(owner: string, training: Partial<TrainingOptions>): void {
  if (training.seed === undefined) return;
  throw new Problem(
    `${owner} has training.seed: ${training.seed}, but a plan's seeds are those of its key "seeds".`,
    `Leave it out, and give seeds: [${training.seed}].`,
  );
}

const isWhole = (value: unknown, least: number) => Number.isSafeInteger(value) && (value as number) >= least;

const isList = (list: unknown, least: number) =>
  Array.isArray(list) &&
  list.length > 0 &&
  list.every((value) => isWhole(value, least)) &&
  new Set(list).size === list.length;

function check(name: string, value: unknown, good: boolean, expected: string): void {
  if (good) return;
  throw new Problem(`The plan has ${name}: ${JSON.stringify(value)}, expected ${expected}.`, "Correct it.");
}
