import { costOf } from "../graph/cost";
import type { Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { buildHandCrafted } from "../graph/hand-crafted/registry";
import { planNetwork } from "../networks/run/plan";
import { disposeLoss, lossAndGradients } from "../networks/train/loss-and-gradients";
import { createWeights } from "../networks/weights/weight-bank";
import { systemClock, type Clock } from "../runtime/environment";
import { createRandom } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import { buildNetwork } from "../space/build";
import { presets } from "../space/presets";
import { sampleArchitecture } from "../space/sample";
import { costsOfUnits, type Work } from "./estimate-work";
import { checkStudySettings, type StudySettings } from "./study-settings";
import { timeOwnModels } from "./time-own-models";

/** How fast this machine trains: multiply-adds a second, a backward pass counting as two forward passes. */
export interface Speed {
  /** Of networks of a searched space. */
  readonly found: number;
  /** Of hand-crafted networks, which have larger convolutions. */
  readonly handCrafted: number;
}

/** Images of a step that is timed, and their size. */
const batch = 16;
const size = { height: 32, width: 32, channels: 1 };

/** Multiply-adds of a timed step at most, so that a large network of a slow machine takes seconds too. */
const mostOfStep = 1e11;

/**
 * Seconds of a process that are no arithmetic: Node, TensorFlow, images from the cache, cells that are compiled. On two cores the
 * smoke study on phantoms, of 18 processes, takes 165 to 210 s, of which arithmetic is less than a minute.
 */
export const startSeconds = 9;

/**
 * Measures how fast this machine trains, in one or two seconds: steps of a network of the space `small` and of a ResNet-18, both
 * of images of 32 × 32.
 *
 * @param clock Where the time comes from; default: this machine's clock.
 */
export function measureSpeed(clock: Clock = systemClock): Speed {
  const random = createRandom(1);
  const { space, settings } = presets.small;
  return {
    found: timeSteps(buildNetwork(sampleArchitecture(space, random), size, settings), 2, clock),
    handCrafted: timeSteps(buildHandCrafted("ResNet-18", size, { classes: 2 }), 1, clock),
  };
}

/** Says how long work takes. */
export function secondsOf({ found, handCrafted, processes, seconds = 0 }: Work, speed: Speed): number {
  return found / speed.found + handCrafted / speed.handCrafted + processes * startSeconds + seconds;
}

/** How fast this machine trains the networks of one study, in multiply-adds a second. */
export interface StudySpeed {
  /** Networks of its space, as the search has them. */
  readonly searched: number;
  /** The same as they are cross-validated. */
  readonly found: number;
  /** Hand-crafted networks by their names. */
  readonly handCrafted: ReadonlyMap<string, number>;
  /** Models of one's own by their names; each counts as many multiply-adds as a network of the space, as its units do. */
  readonly own: ReadonlyMap<string, number>;
}

/**
 * Measures how fast this machine trains the networks of a study: one step of each of them, at its size and with its batch, after one that
 * does not count. It takes seconds, at most about a minute. Models of one's own that are at an address are fetched first.
 *
 * @param clock Where the time comes from; default: this machine's clock.
 */
export async function measureStudySpeed(settings: StudySettings, clock: Clock = systemClock): Promise<StudySpeed> {
  const { search, network, preparation, handCrafted, training } = checkStudySettings(settings);
  const { space, network: searched } = search.options;
  const rows = preparation.size ?? 64;
  const channels = preparation.channels?.length ?? 1;
  const sizeOf = (side: number) => ({ height: side, width: side, channels });
  const architecture = sampleArchitecture(space, createRandom(1));
  const timed = (graph: Graph, batchSize: number) =>
    timeSteps(
      graph,
      1,
      clock,
      Math.max(1, Math.min(batchSize, Math.floor(mostOfStep / (3 * costOf(graph).multiplyAdds)))),
    );
  const inSearch = buildNetwork(architecture, sizeOf(search.size ?? rows), searched);
  const own = await timeOwnModels(settings, clock);
  const counted = own.size === 0 ? 0 : costsOfUnits(settings, { images: 1, folds: 1 }).found;
  return {
    searched: timed(inSearch, search.options.batchSize),
    found: timed(buildNetwork(architecture, sizeOf(rows), network ?? searched), training.batchSize),
    handCrafted: new Map(
      handCrafted.map((name) => [
        name,
        timed(buildHandCrafted(name, sizeOf(rows), { classes: 2 }), training.batchSize),
      ]),
    ),
    own: new Map([...own].map(([name, secondsAnImage]) => [name, (3 * counted) / secondsAnImage])),
  };
}

function timeSteps(graph: Graph, steps: number, clock: Clock, images: number = batch): number {
  const plan = planNetwork(graph);
  const weights = createWeights(namedWeightsOf(graph), createRandom(1));
  const [height, width, channels] = graph.nodes[0]!.shape as readonly [number, number, number];
  const pixels = tf.randomNormal<tf.Rank.R4>([images, height, width, channels], 0, 1, "float32", 1);
  const labels = tf.tensor2d(Array.from({ length: images }, (_, index) => [index % 2, 1 - (index % 2)]));
  const step = () => {
    const result = lossAndGradients(plan, weights.of, pixels, labels);
    result.loss.dataSync();
    disposeLoss(result);
  };
  try {
    step(); // the first is slower than all others
    const started = clock.seconds();
    for (let count = 0; count < steps; count++) step();
    const seconds = Math.max(1e-6, clock.seconds() - started);
    return (3 * images * steps * costOf(graph).multiplyAdds) / seconds;
  } finally {
    weights.dispose();
    tf.dispose([pixels, labels]);
  }
}
