import { existsSync } from "node:fs";
import { basename, join } from "node:path";

import { hashOf } from "../../files/checksum";
import { readWhole } from "../../files/read-whole";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";

/** The file of a model's folder that TensorFlow.js loads; it names those with the weights. */
export const modelFile = "model.json";

/** The file with the checksums of the others, which TensorFlow.js knows nothing of. */
export const checksumsFile = "checksums.json";

/** Layers and weights, as TensorFlow.js's loaders hand them on and `tf.io.fromMemory` takes them. */
export type ModelArtifacts = ReturnType<typeof tf.io.getModelArtifactsForJSONSync>;

/** The most bytes of a model's file: 500 million weights. */
const mostBytes = 2 * 2 ** 30;

type ModelJson = Parameters<typeof tf.io.getModelArtifactsForJSONSync>[0];
type WeightsManifest = ModelJson["weightsManifest"];

/** What a model's folder holds. */
export interface ModelFiles {
  readonly artifacts: ModelArtifacts;
  /** Whether every file had its checksum; false for a folder without {@link checksumsFile}. */
  readonly checked: boolean;
}

/**
 * Reads the folder of a saved layers model, and checks it: that every file has its checksum, where there are any, and that
 * the files have as many bytes as the weights need.
 *
 * @param folder The folder, with a model.json.
 * @throws {Problem} Where a file is missing, damaged or cut off, or where it is no layers model.
 */
export function readModelFiles(folder: string): ModelFiles {
  const read = (name: string) => readChecked(folder, name, "saved", "save the model again");
  const model = parseModel(folder, read(modelFile));
  const weights = Buffer.concat(model.weightsManifest.flatMap((group) => group.paths).map(read));
  const specifications = model.weightsManifest.flatMap((group) => group.weights);
  const needed = specifications.reduce((sum, weight) => sum + bytesOf(weight), 0);
  if (weights.length !== needed) {
    throw new Problem(
      `The weights in ${folder} are ${weights.length} bytes, and its ${modelFile} needs ${needed}.`,
      "Files are cut off or belong to another model: save it again, or get all files again.",
    );
  }
  const data = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length);
  return {
    artifacts: tf.io.getModelArtifactsForJSONSync(model, specifications, data),
    checked: existsSync(join(folder, checksumsFile)),
  };
}

/**
 * Reads a file of a saved folder, and checks that it is as its checksum says, where the folder has checksums.
 *
 * @param was What became of it, as the message should say: "saved".
 * @param again What brings a good one: "save the model again".
 * @throws {Problem} Where it is missing, or not as it was.
 */
export function readChecked(folder: string, name: string, was: string, again: string): Buffer {
  const path = join(folder, name);
  const bytes = readWhole(path, mostBytes);
  const sums = join(folder, checksumsFile);
  if (!existsSync(sums)) return bytes;
  // Of sums that are none, no file is as they say.
  const known = (parse(readWhole(sums, mostBytes)) ?? {}) as Readonly<Record<string, unknown>>;
  if (known[name] === hashOf(bytes)) return bytes;
  throw new Problem(
    `${path} is not as it was ${was}: its checksum in ${checksumsFile} is another.`,
    `It is damaged or was changed: ${again}; to use it all the same, delete ${checksumsFile}.`,
  );
}

function parseModel(folder: string, bytes: Buffer): ModelJson {
  const model = parse(bytes) as Partial<ModelJson> | null | undefined;
  const path = join(folder, modelFile);
  if (model?.format === "graph-model") {
    throw new Problem(
      `${path} is a graph model, expected a layers model.`,
      "Convert it with tensorflowjs_converter --output_format tfjs_layers_model.",
    );
  }
  if (
    typeof model?.modelTopology !== "object" ||
    (model.modelTopology as object | null) === null ||
    !isManifest(model.weightsManifest)
  ) {
    throw new Problem(
      `${path} is not a layers model: it lacks the layers or the list of weights.`,
      "Save one with model.save of TensorFlow.js, or convert one of Keras.",
    );
  }
  for (const name of model.weightsManifest.flatMap((group) => group.paths)) {
    if (name === basename(name) && name !== "..") continue;
    throw new Problem(`${path} names a file outside of its folder: ${JSON.stringify(name)}.`, "Save the model again.");
  }
  return model as ModelJson;
}

function isManifest(manifest: unknown): manifest is WeightsManifest {
  const isGroup = (group: unknown) => {
    const { paths, weights } = (group ?? {}) as { paths?: unknown; weights?: unknown };
    const isWeight = (weight: unknown) => Array.isArray((weight as { shape?: unknown } | null)?.shape);
    const isName = (name: unknown) => typeof name === "string";
    return Array.isArray(paths) && paths.every(isName) && Array.isArray(weights) && weights.every(isWeight);
  };
  return Array.isArray(manifest) && manifest.every(isGroup);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Bytes of one number, where they are not four. */
const numberBytes: Readonly<Record<string, number>> = { bool: 1, uint8: 1, uint16: 2, float16: 2 };

function bytesOf({ shape, dtype, quantization }: WeightsManifest[number]["weights"][number]): number {
  return shape.reduce((product, size) => product * size, numberBytes[quantization?.dtype ?? dtype] ?? 4);
}
