import { join } from "node:path";

import type { Normalisation } from "../data/prepare/normalise";
import { hashOf } from "../files/checksum";
import { writeAtomically } from "../files/write-atomically";
import type { Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { buildUNet } from "../graph/u-net";
import { createWeights, type WeightBank } from "../networks/weights/weight-bank";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { decodeState, encodeState } from "../runs/checkpoint";
import { openRun } from "../runs/open-run";
import { readRun } from "../runs/read-run";
import type { Run } from "../runs/run";
import type { Json } from "../runs/state";
import { listenForStop } from "../runs/stop";
import { bestPrefix, runEpochs } from "../train/run-epochs";
import { setWeights } from "../train/stored-weights";
import { durationFile, readDuration, weightsFile } from "../train/train-in-run";
import type { TrainingWatch } from "../train/watch-training";
import { SegmentationLearner, type SegmentationImages } from "./segmentation-learner";
import { checkSegmentation, type CheckedSegmentation, type SegmentationOptions } from "./segmentation-options";
import { watchSegmentation, type SegmentationRecord } from "./segmentation-record";

/** What a training in a folder needs. */
export interface SegmentationTask {
  readonly images: SegmentationImages;
  /** How it is trained; default: all by default. */
  readonly options?: SegmentationOptions;
  /** What shows how far it is; default: a bar and curves. null: nothing. */
  readonly watch?: TrainingWatch<SegmentationRecord> | null;
}

/** A network that has learned to outline lesions. */
export interface TrainedSegmentation {
  readonly options: CheckedSegmentation;
  readonly graph: Graph;
  /** Its weights, moving means and variances included; the caller disposes them. */
  readonly weights: WeightBank;
  readonly normalisation: Normalisation;
  /** The names of the images that it has seen: those that it learned from, and those by which its weights were chosen. */
  readonly seen: readonly string[];
  /** What was measured, epoch by epoch. */
  readonly history: readonly SegmentationRecord[];
  /** The epoch whose weights were kept, from 1. */
  readonly keptEpoch: number;
  /** Seconds that it took, without interruptions. */
  readonly seconds: number;
}

/** What is kept of a training beside its weights. */
type About = Omit<TrainedSegmentation, "graph" | "weights" | "seconds">;

/**
 * Trains a network to outline lesions, in a folder of its own. Where the folder has a training of the same task that was cut off, it
 * goes on, to the bit as if it had not been; where it has a finished one, nothing is done again.
 *
 * @returns The trained network; the caller disposes its weights.
 * @throws {Problem} Where the folder belongs to another task or to another process, or options or images do not fit.
 * @throws {Interrupted} Where the cell is interrupted or the process asked to end; all is saved, and the same call goes on.
 */
export async function trainSegmentation(folder: string, task: SegmentationTask): Promise<TrainedSegmentation> {
  const { images } = task;
  const { prepared, train, validation } = images;
  const options = checkSegmentation(task.options ?? {});
  if (validation.length === 0 && options.keep !== "last") {
    throw new Problem(
      "The weights with the best Dice coefficient are to be kept, but there are no validation images to tell them by.",
      'Give validation images, or keep: "last".',
    );
  }
  if (prepared.size !== options.preparation.size) {
    throw new Problem(
      `Images of ${prepared.size} × ${prepared.size} pixels were given to a segmentation that is prepared at ${options.preparation.size}.`,
      "Prepare them by prepareMasks, with the same options.",
    );
  }
  const run = openRun(folder, {
    kind: "segmentation",
    configuration: options,
    inputs: { data: prepared.hash, split: hashOf(JSON.stringify({ train, validation })) },
  });
  const stop = listenForStop();
  try {
    if (run.finished) return readTrained(run);
    const graph = graphOf(options);
    const watch = task.watch === undefined ? watchSegmentation(graph.name) : task.watch;
    const learner = new SegmentationLearner(graph, images, options);
    try {
      const rules = {
        ...{ epochs: options.epochs, earlyStopping: null },
        keep: options.keep === "last" ? null : ({ validationDice }: SegmentationRecord) => validationDice!,
      };
      const { best, history, keptEpoch, seconds } = await runEpochs(learner, rules, { run, stop, watch });
      const arrays = best.size > 0 ? withoutPrefix(best) : learner.kept("");
      const about: About = {
        ...{ options, normalisation: learner.normalisation, seen: [...train, ...validation], history, keptEpoch },
      };
      run.writeFile(weightsFile, encodeState({ json: about as unknown as Json, arrays }));
      writeAtomically(join(run.folder, durationFile), `${JSON.stringify({ seconds })}\n`);
      run.finish({ epochs: history.length, keptEpoch }, "remove");
    } finally {
      learner.dispose();
    }
    return readTrained(run);
  } finally {
    stop.end();
    run.close();
  }
}

/**
 * Reads the network of a training that is done from its folder.
 *
 * @returns What {@link trainSegmentation} gave; the caller disposes its weights.
 * @throws {Problem} Where the training is not done, or is of something else.
 */
export function loadSegmentation(folder: string): TrainedSegmentation {
  const run = readRun(folder);
  if (run.kind !== "segmentation" || !run.finished) {
    const what = run.finished ? `is a ${run.kind}` : "is not done";
    throw new Problem(`The run in ${folder} ${what}, expected a segmentation that is done.`, "Give the folder of one.");
  }
  return readTrained(run);
}

function readTrained(run: Pick<Run, "folder" | "readFile">): TrainedSegmentation {
  const place = join(run.folder, weightsFile);
  const bytes = run.readFile(weightsFile);
  if (bytes === null)
    throw new Problem(`${place} is missing from a finished training.`, "Remove the folder to train again.");
  const { json, arrays } = decodeState(bytes, place);
  const about = json as unknown as About;
  const graph = graphOf(about.options);
  const weights = createWeights(namedWeightsOf(graph), createRandom(0));
  try {
    setWeights(weights, arrays);
  } catch (error) {
    weights.dispose();
    throw error;
  }
  return { ...about, graph, weights, seconds: readDuration(run) };
}

function graphOf({ network, preparation: { size } }: CheckedSegmentation): Graph {
  return buildUNet({ height: size, width: size, channels: 1 }, network);
}

function withoutPrefix<Value>(arrays: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...arrays].map(([key, value]) => [key.slice(bestPrefix.length), value]));
}
