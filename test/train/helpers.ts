import { createHash } from "node:crypto";

import { prepare } from "../../lib/data/prepare/prepare";
import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import type { Graph } from "../../lib/graph/graph";
import type { WeightBank } from "../../lib/networks/weights/weight-bank";
import type { TrainingImages } from "../../lib/train/learner";
import { buildSpecified, sizeOf, type NetworkSpecification } from "../../lib/train/specification";
import type { TrainingOptions } from "../../lib/train/training-options";

/** The smallest hand-crafted network. */
export const plainCnn: NetworkSpecification = { kind: "hand-crafted", name: "plain CNN" };

/** A small found one, with all that is random in it: dropout, drop-path, an auxiliary head. */
export const tinyFound: NetworkSpecification = {
  kind: "found",
  architecture: {
    kind: "micro",
    normal: [
      { x: { input: 0, operation: "separable 3×3" }, y: { input: 1, operation: "identity" } },
      { x: { input: 2, operation: "separable 5×5" }, y: { input: 0, operation: "average pool 3×3" } },
    ],
    reduction: [
      { x: { input: 1, operation: "separable 3×3" }, y: { input: 0, operation: "max pool 3×3" } },
      { x: { input: 2, operation: "identity" }, y: { input: 1, operation: "separable 5×5" } },
    ],
  },
  settings: { channels: 4, cells: 3, dropPath: 0.3, dropout: 0.2 },
};

/** A training that takes a second. */
export const quickly: Partial<TrainingOptions> = {
  epochs: 3,
  batchSize: 4,
  schedule: { kind: "constant", rate: 0.01 },
};

let known: Promise<TrainingImages> | null = null;

/** 24 easy phantoms of 16 × 16 pixels: 16 to learn from, 8 for validation, both classes in each. */
export function tinyImages(): Promise<TrainingImages> {
  known ??= makeImages();
  return known;
}

async function makeImages(): Promise<TrainingImages> {
  const set = makePhantomSet({ count: 24, size: 64, malignant: 0.5, difficulty: 0.1, seed: 5 });
  const { records } = await set.list("");
  const prepared = await prepare(records, { size: 16 });
  const of = (label: number) => prepared.ids.filter((_, place) => prepared.labels[place] === label);
  const cut = (ids: string[]) => Math.round((2 / 3) * ids.length);
  return {
    prepared,
    train: [0, 1].flatMap((label) => of(label).slice(0, cut(of(label)))),
    validation: [0, 1].flatMap((label) => of(label).slice(cut(of(label)))),
  };
}

/** Builds a network for images. */
export function graphFor({ prepared }: TrainingImages, network: NetworkSpecification = plainCnn): Graph {
  return buildSpecified(network, sizeOf(prepared));
}

/** Hashes all weights of a network, to the bit. */
export function hashWeights(weights: WeightBank): string {
  const hash = createHash("sha256");
  for (const key of weights.keys) {
    const values = Float32Array.from(weights.get(key).dataSync());
    hash.update(key).update(new Uint8Array(values.buffer));
  }
  return hash.digest("hex");
}
