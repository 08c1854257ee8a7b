import { checkPreparation, preparationDefaults } from "../../lib/data/prepare/configuration";
import { preparations } from "../../lib/data/prepare/presets";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import type { Graph } from "../../lib/graph/graph";
import type { WeightBank } from "../../lib/networks/weights/weight-bank";
import { tf } from "../../lib/runtime/tensorflow";
import { createRandom } from "../../lib/runtime/random";
import type { Clock } from "../../lib/runtime/environment";
import { formatVersion, releaseClasses, type FinderCard, type ReleaseCard } from "../../lib/release/card";
import type { ReleaseContents } from "../../lib/release/release-model";
import { weightsOfGraph } from "../networks/helpers";
import { microSpace } from "../helpers/spaces";

/** A found network of images of 16 × 16 with two planes, and an auxiliary head, which is not released. */
export const exampleArchitecture = sampleArchitecture(microSpace(2), createRandom(2));
export const exampleGraph = buildNetwork(
  exampleArchitecture,
  { height: 16, width: 16, channels: 2 },
  { cells: 2, channels: 4, auxiliary: true, logitsBias: true },
);

/** Random weights that give probabilities far from 0 and 1, in which a difference would be seen. */
export function calmWeights(graph: Graph): WeightBank {
  const weights = weightsOfGraph(graph);
  const kernel = weights.of(graph.output, "kernel");
  const less = tf.tidy(() => tf.mul(kernel, 0.01));
  kernel.assign(less);
  less.dispose();
  return weights;
}

/** The clock of a release. */
export const exampleClock: Clock = { now: () => new Date("2026-11-23T22:00:00Z"), seconds: () => 0 };

/** What is released; whoever asks for it disposes its weights. */
export function exampleContents(given: Partial<ReleaseContents> = {}): ReleaseContents {
  return {
    name: "Example",
    version: "1.0.0",
    graph: exampleGraph,
    weights: calmWeights(exampleGraph),
    architecture: exampleArchitecture,
    preparation: { size: 16, channels: ["gray", "size"] },
    normalisation: { mean: [0.4, 0.2], deviation: [0.25, 0.1] },
    temperature: 1.7,
    threshold: 0.37,
    thresholdOrigin: "Youden's index on 50 validation images",
    intendedUse: "To test releases",
    data: { name: "Phantoms", hash: "a".repeat(64), licence: "CC0", images: 120, patients: null },
    results: [
      { measure: "AUC", value: 0.912, low: 0.871, high: 0.945, images: 50 },
      { measure: "sensitivity | at 0.37", value: 0.9, low: null, high: null, images: 50 },
    ],
    seeds: [1, 2],
    ...given,
  };
}

/** A card with everything in it. */
export function exampleCard(given: Partial<ReleaseCard> = {}): ReleaseCard {
  return {
    format: "sononas release",
    formatVersion,
    date: "2026-11-23",
    name: "Example",
    version: "1.0.0",
    licence: "MIT",
    intendedUse: "To test cards",
    outOfScope: "Patients",
    preparation: preparationDefaults,
    normalisation: { mean: [0.5], deviation: [0.2] },
    classes: releaseClasses,
    temperature: 1,
    threshold: 0.5,
    thresholdOrigin: "fixed before",
    data: { name: "Phantoms", hash: "0".repeat(64), licence: "CC0", images: 100, patients: 80 },
    testData: { name: "Other phantoms", hash: null, licence: null, images: 50, patients: null },
    results: [{ measure: "AUC", value: 0.9 }],
    calibration: "Brier score 0.1",
    externalResult: "None worse",
    failureModes: "Cysts",
    seeds: [1],
    hardware: "2 processors",
    trainingSeconds: 90,
    commit: "abc",
    citation: "None",
    network: {
      name: "CNN3",
      parameters: 10,
      multiplyAdds: 20,
      weightBytes: 40,
      weightsHash: "1".repeat(64),
      architectureHash: null,
    },
    software: { sononas: "0.1.0" },
    ...given,
  };
}

/** What is said of a finder of images of 32 × 32. */
export const exampleFinderCard: FinderCard = {
  sure: { expectedDice: 0.81, origin: "chosen on others" },
  data: { name: "Phantoms", hash: null, licence: "CC0", images: 16, patients: 9 },
  testData: { name: "Others", hash: null, licence: "CC0", images: 8, patients: 5 },
  results: [{ images: 8, Dice: "0.871 [0.840, 0.902]" }],
  preparation: checkPreparation({ ...preparations.wholeImage, size: 32 }),
  normalisation: { mean: [0.4], deviation: [0.2] },
  flipPredictions: true,
  network: { name: "U-Net", parameters: 100, multiplyAdds: 1000, weightBytes: 210, weightsHash: "2".repeat(64) },
};
