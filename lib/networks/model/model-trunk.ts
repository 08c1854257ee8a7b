import type { InputSize } from "../../graph/builder";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";
import { readModelFiles } from "./model-files";
import { modelOf } from "./saving";

/** The part of a saved model that makes features of an image: what was trained before, without the head that told its own classes. */
export interface ModelTrunk {
  /** Images `[batch, height, width, channels]`, float32, to features, `[batch, features]` or with rows and columns. Dispose of it. */
  readonly model: tf.LayersModel;
  readonly inputSize: InputSize;
  /** How many numbers it gives, by channel where it gives an image: those that a new head takes. */
  readonly features: number;
  /** The layer whose output these are. */
  readonly cutAt: string;
}

/** Layers that are models themselves. */
const containers = ["Functional", "Model", "Sequential"];

/**
 * Loads a layers model of TensorFlow.js, or of Keras by its converter, without its head: where its last layer with weights is dense, or
 * a convolution of one pixel, it and all that follows is left out; else all of it is kept.
 *
 * @param folder The folder, with a model.json.
 * @param cutAt The name of the layer whose output are the features instead; null: as said.
 * @throws {Problem} Where the folder holds no such model, it does not take one image of a fixed size, its head is within a model within
 *   it, or it has no layer of that name.
 */
export async function loadTrunk(folder: string, cutAt: string | null = null): Promise<ModelTrunk> {
  const { artifacts } = readModelFiles(folder);
  const whole = await modelOf(folder, artifacts);
  try {
    const inputSize = inputSizeOf(folder, whole);
    const { value, name } = cutAt === null ? featuresOf(folder, whole) : outputOfLayer(folder, whole, cutAt);
    const features = value.shape.at(-1);
    const fixed = value.shape.slice(1).every((size) => typeof size === "number");
    if (![2, 4].includes(value.rank) || !fixed || typeof features !== "number") {
      throw refuse(
        folder,
        `gives [${value.shape.map((size) => size ?? "null").join(", ")}] at its layer "${name}", expected features of a fixed number.`,
        "Name another layer by cutAt.",
      );
    }
    const model = tf.model({ inputs: whole.inputs, outputs: value });
    // What was left out is nobody's any more.
    const kept = new Set(model.layers);
    for (const layer of whole.layers) if (!kept.has(layer) && layer.weights.length > 0) layer.dispose();
    return { model, inputSize, features, cutAt: name };
  } catch (error) {
    whole.dispose();
    throw error;
  }
}

function inputSizeOf(folder: string, { inputs, outputs }: tf.LayersModel): InputSize {
  const [batch, height, width, channels, ...more] = (inputs[0]?.shape ?? []) as (number | null | undefined)[];
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw refuse(
      folder,
      `has ${inputs.length} inputs and ${outputs.length} outputs, expected one of each.`,
      "Save the part of it that takes one image.",
    );
  }
  if (batch !== null || !height || !width || !channels || more.length > 0) {
    throw refuse(
      folder,
      `takes [${inputs[0]!.shape.map((size) => size ?? "null").join(", ")}], expected [null, height, width, channels] with fixed sizes.`,
      "Give its input layer the shape of one image, channels last, and leave the batch open.",
    );
  }
  return { height, width, channels };
}

interface Features {
  readonly value: tf.SymbolicTensor;
  readonly name: string;
}

function featuresOf(folder: string, model: tf.LayersModel): Features {
  const last = [...model.layers].reverse().find(({ weights }) => weights.length > 0);
  const end = { value: model.outputs[0]!, name: model.layers.at(-1)!.name };
  if (last === undefined) return end;
  const kind = last.getClassName();
  const input = kind === "Dense" || kind === "Conv2D" ? (last.input as tf.SymbolicTensor) : null;
  const onePixel = input?.rank === 4 && input.shape[1] === 1 && input.shape[2] === 1;
  if (input !== null && (kind === "Dense" || onePixel)) {
    return { value: input, name: input.sourceLayer.name };
  }
  if (containers.includes(kind) && end.value.rank === 2) {
    throw refuse(
      folder,
      `ends in "${last.name}", a model within the model, in which its head may be.`,
      "Save it as one model of layers, or name by cutAt the layer whose output are the features.",
    );
  }
  return end;
}

function outputOfLayer(folder: string, model: tf.LayersModel, name: string): Features {
  const layer = model.layers.find((one) => one.name === name);
  if (layer === undefined) {
    const names = model.layers.map((one) => one.name);
    throw refuse(
      folder,
      `has no layer "${name}" to be cut at.`,
      `The last of its ${names.length} layers are ${names.slice(-8).join(", ")}.`,
    );
  }
  return { value: layer.output as tf.SymbolicTensor, name };
}

function refuse(folder: string, what: string, fix: string): Problem {
  return new Problem(`The model in ${folder} ${what}`, fix);
}
