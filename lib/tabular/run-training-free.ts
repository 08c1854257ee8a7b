import { computeNormalisation } from "../data/prepare/normalise";
import { prepare } from "../data/prepare/prepare";
import { createBatches } from "../data/batches/batches";
import { dataRoot, processorSeconds } from "../runtime/environment";
import { createRandom } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import { naswot, synflow } from "../search/training-free";
import { buildNetwork } from "../space/build";
import { sizeOf } from "../train/specification";
import { architectureOf, keepNetworks } from "./drawn-networks";
import { keepFolds } from "./folds";
import { readProtocol, stepOf } from "./protocol";
import { round } from "./row";
import type { StepOptions, StepWork } from "./run-step";
import { appendTrainingFree, readTrainingFree } from "./training-free-scores";

/** Images that rectifiers are compared on, and their side in pixels. */
const [images, size] = [32, 32];

/**
 * Scores the networks of the sets that a step of a benchmark's protocol names without any training: by `synflow` and by `naswot`, the
 * latter on images that the first inner fold learns from. What is in the table of scores is not done again.
 *
 * @param folder The benchmark's folder.
 * @param step The step's name.
 * @returns How much of it is done, in networks.
 * @throws {Problem} Where there is no such step, or the images are not those of the folds.
 */
export async function runTrainingFree(
  folder: string,
  step: string,
  { dataRoot: root = dataRoot() }: Pick<StepOptions, "dataRoot"> = {},
): Promise<StepWork> {
  const protocol = readProtocol(folder);
  const { trainingFree } = stepOf(protocol, step);
  if (trainingFree.length === 0) return { total: 0, done: 0 };
  const wanted = keepNetworks(folder, protocol).filter(({ set }) => trainingFree.includes(set));
  const known = new Set(readTrainingFree(folder).map(({ set, place }) => `${set} ${place}`));
  const missing = wanted.filter(({ set, place }) => !known.has(`${set} ${place}`));
  if (missing.length === 0) return { total: wanted.length, done: wanted.length };
  const { split, records } = await keepFolds(folder, protocol, root);
  const prepared = await prepare(records, { ...protocol.preparation, size });
  const { train } = split.folds[0]!;
  const random = createRandom(protocol.seed).split("training-free");
  const batch = createBatches({
    ...{ prepared, ids: train.slice(0, images), batchSize: images },
    normalisation: computeNormalisation(prepared, train),
  }).batchAt(0, 0);
  const rows = missing.map((network) => {
    const before = processorSeconds();
    const { settings } = protocol.sets[network.set]!;
    const graph = buildNetwork(architectureOf(protocol, network), sizeOf(prepared), settings);
    return {
      ...{ set: network.set, place: network.place },
      synflow: round(synflow(graph, random), 4),
      naswot: round(naswot(graph, batch.images, random), 4),
      cpuSeconds: round(processorSeconds() - before, 3),
      protocol: protocol.hash,
    };
  });
  tf.dispose([batch.images, batch.labels]);
  appendTrainingFree(folder, rows);
  return { total: wanted.length, done: wanted.length };
}
