import { deepEqual, equal, ok } from "node:assert/strict";

import { createWeights, type WeightBank } from "../../lib/networks/weights/weight-bank";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { LearnedState } from "../../lib/train/learned-state";
import { createOptimiser, type Optimiser } from "../../lib/train/optimiser";
import { createWeightAverage, type WeightAverage } from "../../lib/train/weight-average";
import { buildPlainCnn } from "../../lib/graph/hand-crafted/plain-cnn";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { checkTraining } from "../../lib/train/training-options";

/** A learner that learns nothing of images. */
class Plain extends LearnedState {
  readonly weights: WeightBank;
  protected readonly optimiser: Optimiser;
  protected readonly average: WeightAverage | null;

  constructor(decay: number | null) {
    super();
    const graph = buildPlainCnn({ height: 16, width: 16, channels: 1 });
    this.weights = createWeights(namedWeightsOf(graph), createRandom(1));
    this.optimiser = createOptimiser(this.weights, checkTraining({ seed: 1 }, 0).optimiser);
    this.average = decay === null ? null : createWeightAverage(this.weights, decay);
  }

  step(): void {
    const gradients = new Map([...this.kept("")].map(([key, { shape }]) => [key, tf.ones([...shape])]));
    this.optimiser.step(gradients, 0.1);
    for (const gradient of gradients.values()) gradient.dispose();
    this.average?.update();
  }

  /** The sum of all weights as they would be kept. */
  sumOfKept(): number {
    return this.withKept(() => sumOf(this.own()));
  }

  own(): Map<string, { readonly values: ArrayLike<number> }> {
    return new Map([...this.arrays()].filter(([key]) => key.startsWith("weights/")));
  }
}

const sumOf = (arrays: ReadonlyMap<string, { readonly values: ArrayLike<number> }>) =>
  [...arrays.values()].reduce((sum, { values }) => sum + Array.from(values).reduce((a, b) => a + b, 0), 0);

describe("LearnedState", () => {
  it("keeps averaged weights where averages are kept, for a moment only, and the weights themselves where not", () => {
    for (const decay of [null, 0.9]) {
      const learner = new Plain(decay);
      learner.step();
      const before = sumOf(learner.own());
      equal(learner.sumOfKept(), sumOf(learner.kept("")));
      equal(sumOf(learner.kept("")) === before, decay === null);
      equal(sumOf(learner.own()), before, "they are as they were");
      learner.dispose();
    }
  });

  it("goes on from what was copied out as if nothing had been", () => {
    const [one, other] = [new Plain(0.9), new Plain(0.9)];
    one.step();
    other.restore(one.arrays(), 1);
    for (const learner of [one, other]) learner.step();
    deepEqual(other.arrays(), one.arrays());
    for (const learner of [one, other]) learner.dispose();
  });

  it("releases everything, or all but the weights", () => {
    const before = tf.memory().numTensors;
    new Plain(0.9).dispose();
    equal(tf.memory().numTensors, before);
    const weights = new Plain(0.9).takeWeights();
    ok(tf.memory().numTensors > before);
    weights.dispose();
    equal(tf.memory().numTensors, before);
  });
});
