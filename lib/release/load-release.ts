import { join } from "node:path";

import { hashFile } from "../files/checksum";
import type { Graph } from "../graph/graph";
import { withinFile } from "../files/within-file";
import { loadWeights } from "../networks/model/load-weights";
import { modelFile, readModelFiles } from "../networks/model/model-files";
import { weightsOfModel } from "../networks/weights/model-weights";
import type { WeightBank } from "../networks/weights/weight-bank";
import type { Picture } from "../pictures/picture";
import type { Json } from "../runs/state";
import { findOutlines } from "../segment/find-outlines";
import type { Outline } from "../segment/outline";
import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import { checkArchitecture } from "../space/architecture";
import { hashArchitecture } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { upgradeStored } from "../space/upgrade";
import { checkCard, type ReleaseCard } from "./card";
import { readFinder, type Finder } from "./finder-files";
import type { ModelInput } from "./make-input";
import { writeOnnxFiles } from "./onnx-files";
import { prepareInput, type LesionPlace } from "./prepare-input";
import { readGraph } from "./read-graph";
import { readReleaseFile, releaseFiles } from "./release-files";
import { writePage } from "./page/write-page";

/** What a released model says of one image. For research only. */
export interface ReleasePrediction {
  /** The probability of malignancy, 0 to 1, after calibration by the release's temperature. */
  readonly probability: number;
  /** The class: malignant from the threshold on. */
  readonly label: "benign" | "malignant";
  readonly threshold: number;
  /** What is unusual about the image, as sentences: the model may know nothing of such ones. */
  readonly warnings: readonly string[];
  /** The lesion as a segmentation found it, to be looked at; left out where it was given, or is not needed. */
  readonly outline?: Outline;
}

/** What to do about a file that is not as it was released. */
const again = "Get the release again.";

/** A released model, ready to be used. */
export interface LoadedRelease {
  readonly card: ReleaseCard;
  /** The model: normalised images `[batch, size, size, channels]`, float32, to logits `[batch, 2]`. */
  readonly model: tf.LayersModel;
  /**
   * The network as plain data, without its auxiliary head. Where a layer took a value twice, the second time is by a layer
   * that changes nothing, as TensorFlow.js's models need it.
   */
  readonly graph: Graph;
  /** The model's weights by the network's names, for `gradCam`; released with the model. */
  readonly weights: WeightBank;
  /** The architecture that was found; null for a hand-crafted network. */
  readonly architecture: Architecture | null;
  /** The network that finds the lesion where it is not given; null where the release has none. Released with the model. */
  readonly finder: Finder | null;
  /** Whether its files had their checksums; false where someone deleted those. */
  readonly checked: boolean;

  /**
   * Predicts one image. Throws a Problem where it cannot be read, its lesion is needed and not given, or the model gives no
   * number.
   *
   * @param image The picture, a file or in memory: gray levels from 0 to 1.
   * @param lesion Where its lesion is, where the model needs to know: `{ box }` or `{ mask }`; or `{ finder }`, a segmentation that
   *   finds it. A release with a finder of its own finds it where nothing is given.
   */
  predict(image: string | Picture, lesion?: Partial<LesionPlace>): Promise<ReleasePrediction>;

  /** Prepares one image as {@link LoadedRelease.predict} does, for a heat map for example. */
  prepareInput(image: string | Picture, lesion?: Partial<LesionPlace>): Promise<ModelInput>;

  /** Predicts what was prepared, as {@link LoadedRelease.predict} does. */
  predictInput(input: ModelInput): ReleasePrediction;

  /**
   * Writes the model for whoever has no TensorFlow.js: `model.onnx` with its card inside, which onnxruntime runs and most
   * tools read; `prepare.py`, which prepares images as this library does; and the cards. Throws a Problem where the folder
   * is not empty or cannot be written; nothing is then left.
   *
   * @param folder The folder; it must not exist yet, or be empty.
   */
  toOnnx(folder: string): Promise<void>;

  /**
   * Writes the model as a page for whoever has nothing but a browser: one HTML file that works from the disk, without a network.
   * Throws a Problem where another file is there, or it cannot be written.
   *
   * @param file The file, with the ending .html.
   * @param others Other releases that are asked beside it, to see whether they agree, such as those of other folds; default: none.
   * @returns How many bytes it has.
   */
  toPage(file: string, others?: readonly LoadedRelease[]): Promise<number>;

  dispose(): void;
}

/**
 * Loads a released model, ready to predict image files.
 *
 * @param folder The folder that `releaseModel` wrote.
 * @returns The model and all that belongs to it; whoever asked for it disposes of it.
 * @throws {Problem} Where a file is missing, damaged or of another format version, or where files do not belong together.
 */
export async function loadRelease(folder: string): Promise<LoadedRelease> {
  const file = join(folder, releaseFiles.card);
  const card = withinFile(file, () => checkCard(readReleaseFile(folder, releaseFiles.card), file), again);
  const graph = readGraph(readReleaseFile(folder, releaseFiles.network), join(folder, releaseFiles.network));
  const architecture = withinFile(join(folder, releaseFiles.architecture), () => readArchitecture(folder, card), again);
  await checkTogether(folder, card, graph);
  const { artifacts, checked } = withinFile(join(folder, modelFile), () => readModelFiles(folder), again);
  const model = withinFile(join(folder, modelFile), () => loadWeights(folder, graph, artifacts), again);
  try {
    const weights = weightsOfModel(graph, model);
    const finder = card.finder === undefined ? null : readFinder(folder, card.finder);
    return makeRelease({ card, model, graph, weights, architecture, finder, checked });
  } catch (error) {
    model.dispose();
    throw error;
  }
}

const numbersOf = (weights: WeightBank) => (node: string, weight: string) =>
  weights.of(node, weight).dataSync<"float32">();

const forPage = ({ card, graph, weights }: Pick<LoadedRelease, "card" | "graph" | "weights">) => ({
  ...{ card, graph },
  weights: numbersOf(weights),
});

const finderForPage = (finder: Finder) => ({
  ...{ graph: finder.graph, weights: numbersOf(finder.weights) },
  find: (picture: Picture) => findOutlines(finder, [{ id: "The page's own image", picture }])[0]!,
});

type Parts = Omit<LoadedRelease, "predict" | "prepareInput" | "predictInput" | "toOnnx" | "toPage" | "dispose">;

function makeRelease(parts: Parts): LoadedRelease {
  const { card, model, finder } = parts;
  const own = finder === null ? {} : { finder };
  const prepared = (image: string | Picture, lesion: Partial<LesionPlace>) =>
    prepareInput(image, { ...own, ...lesion }, card);
  let disposed = false;
  const requireLoaded = () => {
    if (disposed) throw new Problem(`${card.name} was disposed of.`, "Load it again by loadRelease.");
  };
  const predictInput = ({ values, warnings, outline }: ModelInput): ReleasePrediction => {
    requireLoaded();
    const probability = probabilityOf(card, model, values);
    const { threshold } = card;
    const said = {
      probability,
      label: probability >= threshold ? "malignant" : "benign",
      threshold,
      warnings,
    } as const;
    return outline === undefined ? said : { ...said, outline };
  };
  return {
    ...parts,
    predict: async (image, lesion = {}) => predictInput(await prepared(image, lesion)),
    predictInput,
    prepareInput: (image, lesion = {}) => prepared(image, lesion),
    async toOnnx(folder) {
      requireLoaded();
      await writeOnnxFiles(folder, parts);
    },
    async toPage(file, others = []) {
      requireLoaded();
      const predict = async (picture: Picture, lesion: Partial<LesionPlace>) =>
        predictInput(await prepareInput(picture, lesion, card));
      return writePage(file, {
        ...{ ...forPage(parts), others: others.map(forPage), predict },
        finder: finder === null ? null : finderForPage(finder),
      });
    },
    dispose() {
      if (!disposed) {
        model.dispose();
        finder?.weights.dispose();
      }
      disposed = true;
    },
  };
}

function probabilityOf({ name, preparation, temperature }: ReleaseCard, model: tf.LayersModel, values: Float32Array) {
  const { size, channels } = preparation;
  const [benign, malignant] = tf.tidy(() => {
    const logits = model.predict(tf.tensor4d(values, [1, size, size, channels.length])) as tf.Tensor;
    return [...logits.dataSync<"float32">()];
  });
  // The softmax of two classes.
  const probability = 1 / (1 + Math.exp((benign! - malignant!) / temperature));
  if (!Number.isNaN(probability)) return probability;
  throw new Problem(
    `${name} gives the logits ${benign!} and ${malignant!}, which make no probability.`,
    "Its weights are damaged: get the release again.",
  );
}

function readArchitecture(folder: string, { network }: ReleaseCard): Architecture | null {
  if (network.architectureHash === null) return null;
  const architecture = upgradeStored(
    readReleaseFile(folder, releaseFiles.architecture) as Json,
  ) as unknown as Architecture;
  if (hashArchitecture(checkArchitecture(architecture)) === network.architectureHash) return architecture;
  throw mixed(folder, `${releaseFiles.architecture} holds another architecture than ${releaseFiles.card} names`);
}

async function checkTogether(folder: string, { network, preparation }: ReleaseCard, graph: Graph): Promise<void> {
  const { size, channels } = preparation;
  const [taken, given] = [graph.nodes[0]!.shape.join(", "), [size, size, channels.length].join(", ")];
  if (taken !== given) throw mixed(folder, `the network takes [${taken}], and the preparation gives [${given}]`);
  // Also where there are no checksums: weights of another training load as well, and give other numbers.
  if ((await hashFile(join(folder, "weights.bin"), "sha256")) !== network.weightsHash)
    throw mixed(folder, `weights.bin is not the file that ${releaseFiles.card} names`);
}

function mixed(folder: string, what: string): Problem {
  return new Problem(`The files in ${folder} do not belong together: ${what}.`, "Get all files of one release again.");
}
