import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { decodeState, encodeState } from "../runs/checkpoint";
import { Problem } from "../runtime/problem";
import { describeDifferences, findDifferences } from "../runs/differences";
import { openRun } from "../runs/open-run";
import { readRun } from "../runs/read-run";
import type { Run } from "../runs/run";
import type { Json } from "../runs/state";
import { hearSignals, listenForStop } from "../runs/stop";
import { createSlicedSupernet, type Numbers, type SlicedSupernet } from "../networks/supernet/sliced-supernet";
import { createRandom } from "../runtime/random";
import { processorSeconds } from "../runtime/environment";
import { sizeOf } from "../train/specification";
import { inputsOf } from "./open-search";
import type { SearchImages } from "./searcher";
import { checkSupernet, type SupernetOptions } from "./supernet-options";
import { SupernetTrainer } from "./supernet-trainer";

/** A supernet that is trained. */
export interface TrainedSupernet {
  readonly supernet: SlicedSupernet;
  /** The weights that architectures are scored with, by key: last ones or averages, as the options say. */
  readonly numbers: Numbers;
  /** Processor seconds of its training; null where its folder does not say. */
  readonly processorSeconds: number | null;
}

/** What shows how far a training is, step by step. */
export type StepWatch = (done: number, total: number, note: string) => Promise<void>;

const weightsFile = "weights.bin";
const durationFile = "duration.json";

/**
 * Trains a supernet in a folder of its own by architectures that nothing has chosen, so that any strategy may use it afterwards
 * (Guo and others, "Single path one-shot neural architecture search with uniform sampling", ECCV 2020). Where the folder has a
 * training of the same task that was cut off, it goes on, to the bit as if it had not been; where it has a finished one, nothing is
 * done again.
 *
 * @param folder The run's folder.
 * @param images The images; of the search-validation part nothing is used here.
 * @param given How.
 * @param watch What shows how far it is; null: nothing.
 * @returns The supernet.
 * @throws {Problem} Where the folder belongs to another task or to another process, options or images do not fit, or a loss is no
 *   number any more.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function trainSupernet(
  folder: string,
  images: SearchImages,
  given: SupernetOptions,
  watch: StepWatch | null = null,
): Promise<TrainedSupernet> {
  const options = checkSupernet(given);
  const trainer = new SupernetTrainer(images, options);
  const run = openRun(folder, {
    kind: "supernet",
    configuration: options as unknown as Json,
    inputs: { ...inputsOf(images) },
  });
  const stop = listenForStop();
  try {
    if (run.finished) return readTrained(run, trainer.supernet);
    const { stepsPerEpoch } = trainer;
    const total = options.epochs * stepsPerEpoch;
    const saved = run.latest();
    let { step, seconds } = (saved?.state.json ?? { step: 0, seconds: 0 }) as { step: number; seconds: number };
    if (saved !== null) trainer.restore(saved.state.arrays, step / stepsPerEpoch);
    const before = seconds - processorSeconds();
    while (step < total) {
      const sums = { loss: 0, right: 0, images: 0 };
      // An epoch takes seconds: one that is interrupted is done again.
      for (const end = step + stepsPerEpoch; step < end; step++) {
        const result = trainer.learnStep(step);
        sums.loss += result.loss * result.images;
        sums.right += result.right;
        sums.images += result.images;
        await (watch?.(step + 1, total, `loss ${result.loss.toPrecision(4)}`) ?? hearSignals());
        stop.check();
      }
      const epoch = step / stepsPerEpoch;
      trainer.closeEpoch(epoch);
      run.record({ epoch, trainingLoss: sums.loss / sums.images, trainingAccuracy: sums.right / sums.images });
      seconds = before + processorSeconds();
      run.saveCheckpoint(step, { json: { step, seconds }, arrays: trainer.arrays() });
    }
    const arrays = new Map(
      [...trainer.kept()].map(([key, values]) => [key, { shape: [values.length], values }] as const),
    );
    run.writeFile(weightsFile, encodeState({ json: null, arrays }));
    // Not by the run, which seals what it writes: equal trainings have equal seals, however long they took.
    writeAtomically(join(run.folder, durationFile), `${JSON.stringify({ processorSeconds: seconds })}\n`);
    run.finish({ epochs: options.epochs }, "remove");
    return readTrained(run, trainer.supernet);
  } finally {
    stop.end();
    run.close();
  }
}

/**
 * Opens a supernet whose training is done.
 *
 * @param folder The run's folder.
 * @param images The images that it was trained on, for their size.
 * @param given How it was trained.
 * @throws {Problem} Where the training is not done, was of another space or by other options, or its folder is damaged.
 */
export function openSupernet(
  folder: string,
  images: Pick<SearchImages, "prepared">,
  given: SupernetOptions,
): TrainedSupernet {
  const options = checkSupernet(given);
  const { space, network, seed, normalisationPerWidth, entangledKernels } = options;
  const run = readRun(folder);
  const differences = findDifferences(run.configuration, options);
  if (run.kind !== "supernet" || differences.length > 0)
    throw new Problem(
      `${folder} holds ${run.kind === "supernet" ? `a supernet of another space, version or training: ${describeDifferences(differences)}` : `a run of the kind "${run.kind}", expected a supernet`}.`,
      "Give the folder of a supernet with the options that it was trained by.",
    );
  if (!run.finished)
    throw new Problem(`The supernet in ${folder} is not done.`, "Train it to its end: the call that began it goes on.");
  const random = createRandom(seed).split("supernet").split("weights");
  return readTrained(
    run,
    createSlicedSupernet(space, sizeOf(images.prepared), network, random, { normalisationPerWidth, entangledKernels }),
  );
}

function readTrained(run: Pick<Run, "folder" | "readFile">, supernet: SlicedSupernet): TrainedSupernet {
  const bytes = run.readFile(weightsFile);
  if (bytes === null)
    throw new Problem(`${weightsFile} is missing from ${run.folder}.`, "Remove the folder to train again.");
  const { arrays } = decodeState(bytes, weightsFile);
  const numbers = new Map([...arrays].map(([key, { values }]) => [key, Float32Array.from(values)]));
  const told = run.readFile(durationFile);
  const duration = told === null ? null : (JSON.parse(new TextDecoder().decode(told)) as { processorSeconds: number });
  return { supernet, numbers, processorSeconds: duration?.processorSeconds ?? null };
}
