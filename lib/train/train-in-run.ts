import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { namedWeightsOf } from "../graph/named-weights";
import type { Graph } from "../graph/graph";
import { createWeights, type WeightBank } from "../networks/weights/weight-bank";
import { createRandom } from "../runtime/random";
import { Problem } from "../runtime/problem";
import { decodeState, encodeState } from "../runs/checkpoint";
import { readRun } from "../runs/read-run";
import { openRun } from "../runs/open-run";
import type { Run } from "../runs/run";
import type { Json, StoredArray } from "../runs/state";
import { listenForStop } from "../runs/stop";
import { upgradeStored } from "../space/upgrade";
import type { TargetImages } from "./auxiliary-targets";
import type { TrainingImages } from "./learner";
import { buildSpecified, sizeOf, type NetworkSpecification } from "./specification";
import { setWeights, weightArrays } from "./stored-weights";
import { trainNetwork, type Trained } from "./train-network";
import { checkTraining, type TrainingOptions } from "./training-options";
import { watchTraining, type TrainingWatch } from "./watch-training";
import { hashOf } from "../files/checksum";

/** What a training in a folder needs. */
export interface TrainingTask {
  readonly network: NetworkSpecification;
  readonly images: TrainingImages;
  /** How it is trained; see `trainingDefaults`. */
  readonly options: Partial<TrainingOptions>;
  /** Weights to start with, by key; default: null, fresh ones. */
  readonly start?: ReadonlyMap<string, StoredArray> | null;
  /** What shows how far it is; default: a bar and curves with the network's name. null: nothing. */
  readonly watch?: TrainingWatch | null;
}

/** The file of a run's folder with what was learned. */
export const weightsFile = "weights.bin";

/** The file with how long it took. */
export const durationFile = "duration.json";

/**
 * Trains a network in a folder of its own. Where the folder has a training of the same task that was cut off, it goes on, to
 * the bit as if it had not been; where it has a finished one, nothing is done again.
 *
 * @returns The trained network; the caller disposes its weights.
 * @throws {Problem} Where the folder belongs to another task or to another process, or options or images do not fit.
 * @throws {Interrupted} Where the cell is interrupted or the process asked to end; all is saved, and the same call goes on.
 */
export async function trainInRun(folder: string, task: TrainingTask): Promise<Trained> {
  const { network, images, options, start = null } = task;
  const { prepared, train, validation } = images;
  const graph = buildSpecified(network, sizeOf(prepared));
  const run = openRun(folder, {
    kind: "training",
    configuration: { network, training: checkTraining(options, validation.length) } as unknown as Json,
    inputs: {
      data: prepared.hash,
      split: hashOf(JSON.stringify({ train, validation })),
      ...(images.targets === undefined ? {} : { targets: hashOf(JSON.stringify(whatIsTold(images.targets))) }),
      start: start === null ? "none" : hashOf(encodeState({ json: null, arrays: start })),
    },
    upgrade: upgradeStored,
  });
  const stop = listenForStop();
  try {
    if (run.finished) return readTrained(run, graph);
    const watch = task.watch === undefined ? watchTraining(graph.name) : task.watch;
    const trained = await trainNetwork(graph, images, options, { run, stop, watch, start });
    const { normalisation, history, keptEpoch, stoppedEarly, seconds } = trained;
    const about = { normalisation, history, keptEpoch, stoppedEarly } as unknown as Json;
    run.writeFile(weightsFile, encodeState({ json: about, arrays: weightArrays(trained.weights) }));
    // Not by the run, which seals what it writes: equal trainings have equal seals, however long they took.
    writeAtomically(join(run.folder, durationFile), `${JSON.stringify({ seconds })}\n`);
    // The weights are in a file of their own now: a checkpoint of a large network takes a hundred megabytes.
    run.finish({ epochs: history.length, keptEpoch, stoppedEarly }, "remove");
    return trained;
  } finally {
    stop.end();
    run.close();
  }
}

function whatIsTold({ outlines, birads, histology }: TargetImages) {
  return { outlines: outlines?.hash ?? null, birads: [...birads], histology: [...histology] };
}

/**
 * Reads the network of a training that is done from its folder.
 *
 * @param graph The network: that of the training's specification, at the size of its images.
 * @returns What {@link trainInRun} gave; the caller disposes its weights.
 * @throws {Problem} Where the training is not done, or was of another network.
 */
export function loadTrained(folder: string, graph: Graph): Trained {
  const run = readRun(folder);
  if (run.finished) return readTrained(run, graph);
  throw new Problem(`The training in ${folder} is not done.`, "Run it to its end: the call that began it goes on.");
}

function readTrained(run: Pick<Run, "folder" | "readFile">, graph: Graph): Trained {
  const bytes = run.readFile(weightsFile);
  if (bytes === null) {
    throw new Problem(
      `${join(run.folder, weightsFile)} is missing from a finished training.`,
      "Remove the folder to train again.",
    );
  }
  const { json, arrays } = decodeState(bytes, join(run.folder, weightsFile));
  const weights: WeightBank = createWeights(namedWeightsOf(graph), createRandom(0));
  try {
    setWeights(weights, arrays);
  } catch (error) {
    weights.dispose();
    throw error;
  }
  const about = json as unknown as Omit<Trained, "graph" | "weights" | "seconds">;
  return { graph, weights, ...about, seconds: readDuration(run) };
}

/** Reads how long a training took, in seconds. No result depends on it: where the file is gone, 0. */
export function readDuration(run: Pick<Run, "readFile">): number {
  const bytes = run.readFile(durationFile);
  if (bytes === null) return 0;
  const { seconds } = JSON.parse(new TextDecoder().decode(bytes)) as { seconds: number };
  return seconds;
}
