import { deepEqual, equal, ok } from "node:assert/strict";

import { createBatches } from "../../lib/data/batches/batches";
import { createWeights } from "../../lib/networks/weights/weight-bank";
import { planNetwork } from "../../lib/networks/run/plan";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { checkSupernet, type SupernetOptions } from "../../lib/search/supernet-options";
import { SupernetTrainer } from "../../lib/search/supernet-trainer";
import { buildNetwork } from "../../lib/space/build";
import { learnFromBatch } from "../../lib/train/learning-step";
import { createOptimiser } from "../../lib/train/optimiser";
import { rateAt } from "../../lib/train/schedule";
import { setWeights } from "../../lib/train/stored-weights";
import { targetsOf } from "../../lib/train/targets";
import { tinySearchImages, tinySupernet } from "./helpers";

const size = { height: 16, width: 16, channels: 1 };
const make = (other: Partial<SupernetOptions> = {}) =>
  new SupernetTrainer(tinySearchImages(), checkSupernet({ ...tinySupernet, ...other }));
const numbersOf = (trainer: SupernetTrainer) =>
  new Map([...trainer.supernet.numbers].map(([key, values]) => [key, values.slice()]));

describe("a trainer of a supernet", function () {
  this.timeout(60_000);

  it("makes the step that the stand-alone network makes with the same weights and moments, and moves nothing else", () => {
    const architecture = {
      kind: "shape" as const,
      ...{ stem: "3×3" as const, head: "mean" as const, downsampling: ["max pool", "mean pool"] as const },
      stages: [8, 16, 32].map((width) => ({
        ...{
          width,
          depth: 2,
          operation: "convolution" as const,
          kernel: 3 as const,
          residual: false,
          excitation: false,
        },
      })) as never,
    };
    // A space of one architecture within a larger supernet: its widths are the first of those that there are.
    const trainer = make({
      sampling: "uniform",
      network: { dropout: 0 },
      augment: {},
      optimiser: { kind: "momentum", bound: 5 },
    });
    Object.assign(trainer, { draw: () => architecture });
    const options = checkSupernet(tinySupernet);
    const graph = buildNetwork(architecture, size, { dropout: 0 });
    const own = createWeights(namedWeightsOf(graph), createRandom(1));
    const taken = trainer.supernet.take(architecture);
    setWeights(
      own,
      new Map(
        own.keys.map((key) => [
          key,
          { shape: taken.weights.get(key).shape, values: taken.weights.get(key).dataSync() as Float32Array },
        ]),
      ),
    );
    taken.weights.dispose();
    const optimiser = createOptimiser(own, { kind: "momentum", momentum: 0.9, nesterov: true, decay: 5e-4, bound: 5 });
    const { prepared, train } = tinySearchImages();
    const batches = createBatches({
      ...{ prepared, ids: train, batchSize: options.batchSize, shuffle: true, dropLast: true },
      ...{
        normalisation: trainer.normalisation,
        random: createRandom(options.seed).split("supernet").split("batches"),
      },
    });
    for (const step of [0, 1]) {
      const before = numbersOf(trainer);
      trainer.learnStep(step);
      const batch = batches.batchAt(0, step);
      const classes = batch.labels.dataSync();
      learnFromBatch(
        planNetwork(graph),
        own,
        { images: batch.images, classes, targets: targetsOf(classes, 2, 0), weights: null },
        {
          ...{ optimiser, auxiliaryWeight: 0, onStatistics: null, name: "alone", cause: "", dropout: createRandom(1) },
          rate: rateAt(options.schedule, step, { epochs: options.epochs, stepsPerEpoch: trainer.stepsPerEpoch }),
          place: { step, stepsPerEpoch: trainer.stepsPerEpoch },
        },
      );
      tf.dispose([batch.images, batch.labels]);
      const after = trainer.supernet.take(architecture);
      for (const key of own.keys.filter((each) => own.isTrainable(each)))
        deepEqual([...after.weights.get(key).dataSync()], [...own.get(key).dataSync()], key);
      after.weights.dispose();
      for (const [key, values] of trainer.supernet.numbers) {
        const inside = new Set([...after.slices.values()].find((slice) => slice.key === key)?.places);
        values.forEach((value, place) => {
          ok(inside.has(place) || value === before.get(key)![place], `${key} ${place}`);
        });
      }
    }
    optimiser.dispose();
    own.dispose();
  });

  it("goes on from what it had learned, to the bit, with averages and the means of last epochs", () => {
    const other = { weightAverage: 0.5, lastEpochs: 2, epochs: 3, optimiser: { kind: "adamw" as const } };
    const whole = make(other);
    const epoch = (trainer: SupernetTrainer, number: number) => {
      for (let step = 0; step < trainer.stepsPerEpoch; step++)
        trainer.learnStep((number - 1) * trainer.stepsPerEpoch + step);
      trainer.closeEpoch(number);
    };
    epoch(whole, 1);
    epoch(whole, 2);
    const resumed = make(other);
    resumed.restore(whole.arrays(), 2);
    epoch(whole, 3);
    epoch(resumed, 3);
    deepEqual(resumed.arrays(), whole.arrays());
    deepEqual(resumed.kept(), whole.kept());
    const [key] = [...whole.kept().keys()].filter((each) => each.endsWith("kernel"));
    equal(whole.kept().get(key!)!.length, whole.supernet.numbers.get(key!)!.length);
  });

  it("keeps the weights themselves where no averages are asked for", () => {
    const trainer = make({ epochs: 1 });
    for (let step = 0; step < trainer.stepsPerEpoch; step++) trainer.learnStep(step);
    trainer.closeEpoch(1);
    deepEqual(trainer.kept(), trainer.supernet.numbers);
  });

  it("leaves no tensors behind", () => {
    const trainer = make();
    trainer.learnStep(0);
    const before = tf.memory().numTensors;
    trainer.learnStep(1);
    equal(tf.memory().numTensors, before);
  });
});
