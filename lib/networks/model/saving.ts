import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { hashFile } from "../../files/checksum";
import { fileProblem } from "../../files/explain-failure";
import { writeFolder } from "../../files/write-folder";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";
import { prepareLayers } from "../layers/choose-layers";
import { checkTopology } from "./check-topology";
import { checksumsFile, modelFile, readModelFiles } from "./model-files";
import type { ModelArtifacts } from "./model-files";

/** A model that was loaded. */
export interface LoadedModel {
  /** The model; whoever loaded it disposes of it. */
  readonly model: tf.LayersModel;
  /** Whether its files had their checksums; false where the folder has none, as one that TensorFlow.js itself saved. */
  readonly checked: boolean;
}

/** The part of TensorFlow.js's own format that does not grow with the weights, in bytes; there to ask for free space. */
const roomForLayers = 2 ** 20;

/**
 * Saves a model whole or not at all, in TensorFlow.js's own format (model.json and weights.bin), with checksums beside it.
 * Any TensorFlow.js loads the folder, by `tf.loadLayersModel("file://…/model.json")`.
 *
 * @param folder The folder; it must not exist yet, or be empty.
 * @param model The model, which stays as it is. What its optimiser has gathered is not saved.
 * @throws {Problem} Where the folder has files already, or cannot be written. Nothing is then left.
 */
export async function saveModel(folder: string, model: tf.LayersModel): Promise<void> {
  await writeFolder(folder, 4 * model.countParams() + roomForLayers, async (staging) => {
    try {
      await model.save(`file://${staging}`);
      const sums: Record<string, string> = {};
      for (const name of [modelFile, "weights.bin"]) sums[name] = await hashFile(join(staging, name), "sha256");
      writeFileSync(join(staging, checksumsFile), `${JSON.stringify(sums, null, 2)}\n`);
    } catch (error) {
      throw fileProblem(folder, "written", error);
    }
  });
}

/**
 * Loads a model that `saveModel`, TensorFlow.js itself or the converter for Keras saved. From here on, fast kernels
 * compute TensorFlow.js's layers in this process, unless `useLayers` chose otherwise.
 *
 * @param folder The folder, with a model.json.
 * @throws {Problem} Where a file is missing, damaged or cut off, or where it is no layers model.
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const { artifacts, checked } = readModelFiles(folder);
  return { model: await modelOf(folder, artifacts), checked };
}

/**
 * Makes a model of what was read of a folder.
 *
 * @returns The model; whoever asked for it disposes of it.
 * @throws {Problem} Where TensorFlow.js cannot make one of it: a layer that it does not know, a weight that is missing.
 */
export async function modelOf(folder: string, artifacts: ModelArtifacts): Promise<tf.LayersModel> {
  checkTopology(folder, artifacts.modelTopology);
  prepareLayers();
  try {
    return await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0]!.replace(/[.\s]+$/, "");
    throw new Problem(
      `${folder} cannot be loaded as a layers model: ${reason}.`,
      "Save it again with layers that TensorFlow.js has itself.",
    );
  }
}
