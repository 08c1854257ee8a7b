import { computeNormalisation } from "../../data/prepare/normalise";
import { loadTrunk, type ModelTrunk } from "../../networks/model/model-trunk";
import { bankOf, type WeightBank } from "../../networks/weights/weight-bank";
import { Problem } from "../../runtime/problem";
import { createRandom, type RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import type { LearnedNetwork, LearningOptions } from "../learned-network";
import { requireNumber, type StepBatch, type StepResult } from "../learning-step";
import { differencesOf } from "../predict";
import type { CheckedLayers } from "./layers-specification";

/** A layers model that can be trained, and what it costs. */
export interface LayersLearned extends LearnedNetwork {
  /** Numbers that training changes, the new head's among them. */
  readonly parameters: number;
  /** Multiplications with a following addition for one image, of its convolutions and dense layers. */
  readonly multiplyAdds: number;
}

/** A model's dropout, whose seed TensorFlow.js reads at each call. */
interface Dropping {
  seed?: number;
}

/**
 * Loads a layers model with a new head of two classes, to be trained by TensorFlow.js, layer by layer. While its first epochs are frozen,
 * its batch normalisations take the statistics that it was saved with; afterwards all of its layers learn, whatever it was saved as.
 *
 * @param folder The folder with its files.
 * @param layers What was said of it.
 * @param given The channels of the images that it will be given, and the seed of the new head.
 * @throws {Problem} Where the model cannot be cut, or takes another number of channels than it is to be given.
 */
export async function loadLayersNetwork(
  folder: string,
  layers: CheckedLayers,
  given: { readonly channels: readonly string[]; readonly seed: number },
): Promise<LayersLearned> {
  const { channels, seed } = given;
  const trunk = await loadTrunk(folder, layers.cutAt);
  try {
    const taken = layers.channels ?? channels;
    requireChannels(folder, trunk, layers, taken);
    return networkOf(
      trunk,
      layers,
      taken.map((name) => channels.indexOf(name)),
      createRandom(seed).split("weights"),
    );
  } catch (error) {
    trunk.model.dispose();
    throw error;
  }
}

function networkOf(
  trunk: ModelTrunk,
  layers: CheckedLayers,
  planes: readonly number[],
  random: RandomGenerator,
): LayersLearned {
  const { model, inputSize, features } = trunk;
  const { frozenEpochs, normalisation } = layers;
  const own = normalisation === "training images" ? null : normalisation;
  const head = headOf(trunk, layers.dropout, random);
  for (const layer of everyLayer(model)) layer.trainable = true;
  const variablesOf = (of: tf.LayersModel, place: string, which: "weights" | "trainableWeights") =>
    of[which].map((weight, index): [string, tf.Variable] => {
      const variable = weight.read() as tf.Variable | undefined;
      return [`${place}/${index}/${weight.originalName}`, variable!];
    });
  const all = new Map([...variablesOf(model, "trunk", "weights"), ...variablesOf(head, "head", "weights")]);
  const keys = new Map([...all].map(([key, variable]) => [variable.name, key]));
  const ofHead = variablesOf(head, "head", "trainableWeights").map(([, variable]) => variable);
  const learned = [...variablesOf(model, "trunk", "trainableWeights").map(([, variable]) => variable), ...ofHead];
  const drops = [...everyLayer(model), ...everyLayer(head)].filter((layer) => layer.getClassName() === "Dropout");
  let disposed = false;
  const weights: WeightBank = {
    ...bankOf(all, false),
    dispose() {
      if (disposed) return;
      disposed = true;
      head.dispose();
      model.dispose();
    },
  };

  // What it is given: the channels that it takes, at its size, normalised as it was trained.
  const prepareImages = (images: tf.Tensor4D): tf.Tensor4D => {
    const same = planes.length === images.shape[3] && planes.every((plane, index) => plane === index);
    const chosen: tf.Tensor4D = same ? images : tf.gather(images, [...planes], 3);
    const fits = images.shape[1] === inputSize.height && images.shape[2] === inputSize.width;
    const sized = fits ? chosen : tf.image.resizeBilinear(chosen, [inputSize.height, inputSize.width], false, true);
    return own === null ? sized : tf.div(tf.sub(sized, tf.tensor1d([...own.mean])), tf.tensor1d([...own.deviation]));
  };
  const logitsOf = (images: tf.Tensor4D, training: { readonly trunk: boolean; readonly head: boolean }) => {
    const made = model.apply(prepareImages(images), { training: training.trunk }) as tf.Tensor;
    return head.apply(made, { training: training.head }) as tf.Tensor2D;
  };

  return {
    ...{ name: model.name, weights },
    parameters: learned.reduce((sum, { size }) => sum + size, 0),
    multiplyAdds: everyLayer(model).reduce((sum, layer) => sum + multiplyAddsOf(layer), 0) + 2 * features,
    normalisationOf: (prepared, train) => (own === null ? computeNormalisation(prepared, train) : null),
    learn(batch, options) {
      const { step, stepsPerEpoch } = options.place;
      const frozen = Math.floor(step / stepsPerEpoch) < frozenEpochs;
      drops.forEach((layer, index) => {
        (layer as unknown as Dropping).seed = Math.floor(options.dropout.split(index).uniform(1, 2 ** 31));
      });
      const forward = (images: tf.Tensor4D) => logitsOf(images, { trunk: !frozen, head: true });
      return learnByLayers(forward, batch, frozen ? ofHead : learned, keys, { ...options, name: model.name });
    },
    logits: (images) => tf.tidy(() => tf.clone(logitsOf(images, { trunk: false, head: false }))),
  };
}

function learnByLayers(
  forward: (images: tf.Tensor4D) => tf.Tensor2D,
  { images, classes, targets, weights }: StepBatch,
  variables: readonly tf.Variable[],
  keys: ReadonlyMap<string, string>,
  options: LearningOptions & { readonly name: string },
): StepResult {
  const count = classes.length;
  let logits = new Float32Array();
  const { value, grads } = tf.tidy(() =>
    tf.variableGrads(() => {
      const given = forward(images);
      logits = Float32Array.from(given.dataSync());
      const each = tf.neg(tf.sum(tf.mul(tf.logSoftmax(given), tf.tensor2d(targets, [count, 2])), 1));
      const weighted = weights === null ? each : tf.mul(each, tf.tensor1d(weights));
      return tf.mean<tf.Scalar>(weighted);
    }, [...variables]),
  );
  try {
    const [loss] = value.dataSync();
    requireNumber("loss", loss!, options);
    const gradients = new Map(Object.entries(grads).map(([name, gradient]) => [keys.get(name)!, gradient]));
    const norm = options.optimiser.step(gradients, options.rate);
    requireNumber("norm of the gradients", norm, options);
    const right = differencesOf(logits).filter(
      (difference, image) => (difference > 0 ? 1 : 0) === classes[image],
    ).length;
    return { loss: loss!, right, images: count, norm, rate: options.rate };
  } finally {
    tf.dispose([value, ...Object.values(grads)]);
  }
}

// The usual start of a dense layer (Glorot and Bengio, 2010), by our own seed.
function headOf({ model, features }: ModelTrunk, dropout: number, random: RandomGenerator): tf.LayersModel {
  const [, ...shape] = model.outputs[0]!.shape as number[];
  const dense = tf.layers.dense({ units: 2, name: "new_head" });
  const input = tf.input({ shape });
  const flat =
    shape.length === 1
      ? input
      : (tf.layers.globalAveragePooling2d({ dataFormat: "channelsLast" }).apply(input) as tf.SymbolicTensor);
  const kept = dropout === 0 ? flat : (tf.layers.dropout({ rate: dropout }).apply(flat) as tf.SymbolicTensor);
  const head = tf.model({ inputs: input, outputs: dense.apply(kept) as tf.SymbolicTensor });
  const bound = Math.sqrt(6 / (features + 2));
  const own = random.split("new head");
  const start = Float32Array.from({ length: 2 * features }, () => own.uniform(-bound, bound));
  tf.tidy(() => {
    dense.setWeights([tf.tensor2d(start, [features, 2]), tf.zeros([2])]);
  });
  return head;
}

/** A layer of TensorFlow.js's. */
type StockLayer = tf.LayersModel["layers"][number];

function everyLayer({ layers }: { readonly layers: readonly StockLayer[] }): StockLayer[] {
  return layers.flatMap((layer) =>
    Array.isArray((layer as unknown as { layers?: unknown }).layers)
      ? everyLayer(layer as unknown as tf.LayersModel)
      : [layer],
  );
}

function multiplyAddsOf(layer: StockLayer): number {
  const kind = layer.getClassName();
  const kernels = layer.weights
    .filter(({ shape }) => shape.length > 1)
    .map(({ shape }) => shape.map((size) => size ?? 1));
  const product = (shape: readonly number[]) => shape.reduce((one, other) => one * other, 1);
  if (kind === "Dense") return kernels.reduce((sum, shape) => sum + product(shape), 0);
  if (!["Conv2D", "DepthwiseConv2D", "SeparableConv2D"].includes(kind)) return 0;
  const [, rows, columns] = layer.outputShape as (number | null)[];
  return kernels.reduce((sum, shape) => sum + product(shape), 0) * (rows ?? 1) * (columns ?? 1);
}

function requireChannels(
  folder: string,
  { inputSize }: ModelTrunk,
  layers: CheckedLayers,
  given: readonly string[],
): void {
  const { channels } = inputSize;
  if (given.length !== channels) {
    throw new Problem(
      `The model in ${folder} takes ${channels} ${channels === 1 ? "channel" : "channels"}, and is given ${given.length}: ${given.join(", ")}.`,
      `Say what each of its channels is given: channels: [${Array.from({ length: channels }, () => '"gray"').join(", ")}], for example.`,
    );
  }
  const { normalisation } = layers;
  if (normalisation === "training images" || normalisation.mean.length === channels) return;
  throw new Problem(
    `The model in ${folder} takes ${channels} channels, and its normalisation has ${normalisation.mean.length} means.`,
    "Give one mean and one deviation for each of its channels.",
  );
}
