import { basename, resolve } from "node:path";

import * as v from "valibot";

import type { InputSize } from "../../graph/builder";
import { nullable, text, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";
import { readModelFiles } from "./model-files";
import { modelOf } from "./saving";
import { takeOffSoftmax } from "./take-off-softmax";

const ownModelOptions = v.strictObject({
  /** What it is called in tables. Default: the name of its folder. */
  name: v.optional(nullable(text()), null),
  /** How many classes it must tell apart. Default: null, any number from 2. */
  classes: v.optional(nullable(wholeNumber({ from: 2 })), null),
});

/**
 * How {@link loadOwnModel} takes a model.
 *
 * @interface
 */
export type OwnModelOptions = v.InferInput<typeof ownModelOptions>;

/** A model of the user's own, as one more network. */
export interface OwnModel {
  readonly name: string;
  /** Images `[batch, height, width, channels]`, float32, to logits `[batch, classes]`. Dispose of it when done. */
  readonly model: tf.LayersModel;
  readonly inputSize: InputSize;
  readonly classes: number;
  /** Whether it ended in a softmax, which was taken off: all networks here give logits, and the loss applies its own. */
  readonly tookOffSoftmax: boolean;
  /** Whether its files had their checksums; false for a folder that `saveModel` did not write. */
  readonly checked: boolean;
}

/**
 * Loads a model that the user saved, as one more network to train or compare. It is a layers model of TensorFlow.js, or of
 * Keras by its converter: one image in, one score for each class out. A softmax at its end is taken off. It is trained by
 * fast kernels like every model from here on, unless `useLayers` chose otherwise.
 *
 * @param folder Its folder, with a model.json.
 * @throws {Problem} Where the folder holds no such model: other inputs or outputs, a sigmoid at the end, values that are
 *   not numbers.
 */
export async function loadOwnModel(folder: string, options: OwnModelOptions = {}): Promise<OwnModel> {
  const settings = checkOptions("loadOwnModel", ownModelOptions, options);
  const { artifacts, checked } = readModelFiles(folder);
  const { topology, activation } = takeOffSoftmax(artifacts.modelTopology as object);
  const model = await modelOf(folder, { ...artifacts, modelTopology: topology });
  try {
    const { inputSize, classes } = checkEnds(folder, model, settings.classes);
    if (![null, "linear", "softmax", "logSoftmax", "log_softmax"].includes(activation)) {
      throw new Problem(
        `The model in ${folder} ends in ${activation}, expected logits or a softmax.`,
        "Give its last layer the activation linear or softmax, train it, and save it again.",
      );
    }
    checkValues(folder, model, inputSize);
    const name = settings.name ?? basename(resolve(folder));
    return { name, model, inputSize, classes, tookOffSoftmax: activation === "softmax", checked };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function checkEnds(folder: string, model: tf.LayersModel, expected: number | null) {
  const [inputs, outputs] = [model.inputs, model.outputs];
  const refuse = (what: string, fix: string) => new Problem(`The model in ${folder} ${what}`, fix);
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw refuse(
      `has ${inputs.length} inputs and ${outputs.length} outputs, expected one of each.`,
      "Save the part of it that takes one image and gives one score for each class.",
    );
  }
  const [input, output] = [inputs[0]!, outputs[0]!];
  const [batch, height, width, channels, ...more] = input.shape as (number | null | undefined)[];
  if (batch !== null || !height || !width || !channels || more.length > 0) {
    throw refuse(
      `takes ${sayShape(input.shape)}, expected [null, height, width, channels] with fixed sizes.`,
      "Give its input layer the shape of one image, channels last, and leave the batch open.",
    );
  }
  if (input.dtype !== "float32") {
    throw refuse(`takes numbers of type ${input.dtype}, expected float32.`, "Give its input layer that dtype.");
  }
  const [, classes, ...rest] = output.shape as (number | null | undefined)[];
  if (!classes || rest.length > 0) {
    throw refuse(
      `gives ${sayShape(output.shape)}, expected [null, classes].`,
      "End it in a dense layer with one unit for each class.",
    );
  }
  if (classes < 2 || (expected !== null && classes !== expected)) {
    throw refuse(
      `gives ${classes} ${classes === 1 ? "score" : "scores"} for an image, expected one for each of ${expected ?? "2 or more"} classes.`,
      "End it in a dense layer with one unit for each class.",
    );
  }
  return { inputSize: { height, width, channels } satisfies InputSize, classes };
}

// One image tells what the description does not: probabilities from a layer that is not known to give them, or NaN.
function checkValues(folder: string, model: tf.LayersModel, { height, width, channels }: InputSize): void {
  const scores = tf.tidy(() => {
    const image = tf.linspace(-1, 1, height * width * channels).reshape([1, height, width, channels]);
    return [...(model.predict(image) as tf.Tensor).dataSync()];
  });
  if (!scores.every((score) => Number.isFinite(score))) {
    throw new Problem(
      `The model in ${folder} gives ${scores.find((score) => !Number.isFinite(score))} for an image of numbers from -1 to 1.`,
      "Its weights are damaged or its training failed: train it again.",
    );
  }
  const sum = scores.reduce((total, score) => total + score, 0);
  if (Math.abs(sum - 1) < 1e-5 && scores.every((score) => score >= 0)) {
    throw new Problem(
      `The model in ${folder} gives probabilities, by something else than a softmax at its end, expected logits.`,
      "Save it without what makes probabilities of the scores.",
    );
  }
}

const sayShape = (shape: readonly (number | null)[]) => `[${shape.map((size) => size ?? "null").join(", ")}]`;
