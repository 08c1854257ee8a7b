import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { Problem } from "../../lib/runtime/problem";
import { tf } from "../../lib/runtime/tensorflow";
import { Interrupted } from "../../lib/runs/exit-codes";
import { openRun } from "../../lib/runs/open-run";
import type { Run } from "../../lib/runs/run";
import { hearSignals, type StopListener } from "../../lib/runs/stop";
import type { EpochRecord } from "../../lib/train/history";
import type { TrainingImages } from "../../lib/train/learner";
import type { NetworkSpecification } from "../../lib/train/specification";
import { weightArrays } from "../../lib/train/stored-weights";
import { trainNetwork } from "../../lib/train/train-network";
import type { TrainingOptions } from "../../lib/train/training-options";
import type { TrainingWatch } from "../../lib/train/watch-training";
import { temporaryFolder } from "../helpers/temporary";
import { graphFor, hashWeights, plainCnn, quickly, tinyFound, tinyImages } from "./helpers";

/** Asks to stop after some steps, as a signal would in the middle of an epoch. */
function stopAfter(steps: number): { stop: StopListener; watch: TrainingWatch } {
  let left = steps;
  const requested = () => (left <= 0 ? "SIGTERM" : null);
  return {
    stop: {
      get requested() {
        return requested();
      },
      check() {
        if (requested() !== null) throw new Interrupted("SIGTERM");
      },
      end: () => undefined,
    },
    watch: {
      begin: () => undefined,
      step() {
        left -= 1;
        return hearSignals();
      },
      epoch: () => undefined,
      end: () => undefined,
    },
  };
}

describe("trainNetwork(graph, images, options, around)", () => {
  const folder = temporaryFolder();
  let images: TrainingImages;
  before(async () => {
    images = await tinyImages();
  });
  const open = (name: string): Run =>
    openRun(join(folder.path, name), { kind: "test", configuration: null, inputs: {} });
  const metricsOf = (run: Run) => run.metrics().map(({ time: _, ...rest }) => rest);

  it("learns phantoms: the loss falls and validation images are told apart", async () => {
    const trained = await trainNetwork(graphFor(images), images, {
      ...{ epochs: 15, batchSize: 8, schedule: { kind: "one-cycle", rate: 0.05 } },
    });
    const { history } = trained;
    ok(
      history.at(-1)!.trainingLoss < 0.6 * history[0]!.trainingLoss,
      JSON.stringify(history.map((one) => one.trainingLoss)),
    );
    ok(history.at(-1)!.validationArea! > 0.7);
    deepEqual(
      history.map(({ epoch }) => epoch),
      Array.from({ length: 15 }, (_, index) => index + 1),
    );
    equal(trained.keptEpoch, 15);
    equal(trained.stoppedEarly, false);
    trained.weights.dispose();
  });

  const resumed: Record<string, { options: Partial<TrainingOptions>; network: NetworkSpecification }> = {
    "momentum with variation": { options: { augment: { shift: 2, flipHorizontal: 0.5 } }, network: plainCnn },
    "AdamW, averaged weights, early stopping, mixup and dropout": {
      options: {
        ...{ optimiser: { kind: "adamw" }, weightAverage: 0.9, mixup: 0.3, keep: "loss", classWeights: "balanced" },
        ...{ earlyStopping: { by: "loss", patience: 2 }, schedule: { kind: "cosine", rate: 0.01 } },
      },
      network: plainCnn,
    },
    "more benign images than there are, with variation": {
      options: { benignShare: 0.8, augment: { shift: 2, gamma: [0.7, 1.4] } },
      network: plainCnn,
    },
    "a found network with drop-path, keeping its best area": {
      options: { keep: "area under the curve", labelSmoothing: 0.1, balancedBatches: true, flipPredictions: true },
      network: tinyFound,
    },
  };
  for (const [name, { options, network }] of Object.entries(resumed)) {
    it(`goes on in the middle of an epoch to the bit as if it had not stopped: ${name}`, async () => {
      const train = (run: Run, around = {}) =>
        trainNetwork(graphFor(images, network), images, { ...quickly, ...options }, { run, ...around });
      const whole = open("whole");
      const expected = await train(whole);
      // After 3 steps of an epoch of 4, then after 2 more, which is in the next epoch, then in the one after.
      for (const steps of [3, 2, 4]) {
        const run = open("parts");
        await rejects(train(run, stopAfter(steps)), Interrupted);
        run.close();
      }
      const run = open("parts");
      equal(run.resumed!.step, 9);
      const found = await train(run);
      equal(hashWeights(found.weights), hashWeights(expected.weights));
      deepEqual(found.history, expected.history);
      deepEqual(metricsOf(run), metricsOf(whole));
      deepEqual([found.keptEpoch, found.stoppedEarly], [expected.keptEpoch, expected.stoppedEarly]);
      run.close();
      whole.close();
      found.weights.dispose();
      expected.weights.dispose();
    });
  }

  it("keeps the weights of the best epoch", async () => {
    // The second epoch's rate is far too high: the first is the best.
    const options: Partial<TrainingOptions> = {
      ...{ epochs: 4, batchSize: 4, keep: "loss", seed: 3, optimiser: { kind: "adam", bound: 0 } },
      schedule: { kind: "constant", rate: 0.02, warmUp: 20 },
    };
    const best = await trainNetwork(graphFor(images), images, options);
    const losses = best.history.map(({ validationLoss }) => validationLoss!);
    equal(best.keptEpoch, 1 + losses.indexOf(Math.min(...losses)));
    // The same training, ended there, has these weights as its last ones.
    const short = await trainNetwork(graphFor(images), images, { ...options, epochs: best.keptEpoch, keep: "last" });
    equal(hashWeights(best.weights), hashWeights(short.weights));
    best.weights.dispose();
    short.weights.dispose();
  });

  it("stops early after as many epochs without a better value as patience says, and restores the best", async () => {
    const trained = await trainNetwork(graphFor(images), images, {
      ...{ epochs: 30, batchSize: 8, keep: "accuracy", earlyStopping: { by: "accuracy", patience: 2 } },
      schedule: { kind: "constant", rate: 1e-7 },
    });
    // At such a rate the accuracy hardly changes, so that the first epochs lead.
    const values = trained.history.map(({ validationAccuracy }) => validationAccuracy!);
    const first = values.indexOf(Math.max(...values)) + 1;
    equal(trained.keptEpoch, first);
    equal(trained.history.length, first + 2);
    equal(trained.stoppedEarly, true);
    trained.weights.dispose();
  });

  it("starts from saved weights, and leaves them in place where the rate is next to nothing", async () => {
    const first = await trainNetwork(graphFor(images), images, quickly);
    const start = weightArrays(first.weights);
    const next = await trainNetwork(
      graphFor(images),
      images,
      {
        ...quickly,
        epochs: 1,
        seed: 9,
        schedule: { kind: "constant", rate: 1e-30 },
        optimiser: { kind: "momentum", decay: 0 },
      },
      { start },
    );
    for (const key of next.weights.keys)
      if (next.weights.isTrainable(key)) deepEqual(weightArrays(next.weights).get(key), start.get(key), key);
    first.weights.dispose();
    next.weights.dispose();
  });

  it("refuses a diverging training without leaving tensors, and keeps the last checkpoint", async () => {
    const run = open("diverging");
    const good = await trainNetwork(graphFor(images), images, { ...quickly, epochs: 1 }, { run });
    const hash = hashWeights(good.weights);
    good.weights.dispose();
    const { numTensors } = tf.memory();
    await rejects(
      trainNetwork(
        graphFor(images),
        images,
        { ...quickly, schedule: { kind: "constant", rate: 1e30 }, optimiser: { kind: "momentum", bound: 0 } },
        { run },
      ),
      (error: unknown) =>
        error instanceof Problem && /became (NaN|-?Infinity) in epoch 2, .*rate of 1\.00e\+30/.test(error.message),
    );
    equal(tf.memory().numTensors, numTensors);
    // From the checkpoint of the first epoch it goes on with a better rate.
    equal(run.latest()!.step, 4);
    const again = await trainNetwork(graphFor(images), images, { ...quickly, epochs: 1 }, { run });
    equal(hashWeights(again.weights), hash);
    again.weights.dispose();
    run.close();
  });

  it("says where it is: one step at a time, one record an epoch, in the metrics too", async () => {
    const told: string[] = [];
    const run = open("told");
    const watch: TrainingWatch = {
      begin: (done, total, history) => void told.push(`begin ${done}/${total} ${history.length}`),
      step(note) {
        told.push(note.replace(/[\d.e-]+$/, "x"));
        return Promise.resolve();
      },
      epoch: (history: readonly EpochRecord[]) => void told.push(`epoch ${history.length}`),
      end: (history) => void told.push(`end ${history.length}`),
    };
    const trained = await trainNetwork(
      graphFor(images),
      images,
      { ...quickly, epochs: 1, batchSize: 8 },
      { run, watch },
    );
    deepEqual(told, ["begin 0/2 0", "loss x", "loss x", "epoch 1", "end 1"]);
    deepEqual(metricsOf(run), JSON.parse(JSON.stringify(trained.history)));
    run.close();
    trained.weights.dispose();
  });

  it("refuses options that do not fit before anything is made", async () => {
    const { numTensors } = tf.memory();
    await rejects(trainNetwork(graphFor(images), images, { epochs: 0 }), /epochs: 0/);
    await rejects(
      trainNetwork(graphFor(images), { ...images, validation: [] }, { keep: "loss" }),
      /no validation images/,
    );
    await rejects(trainNetwork(graphFor(images), { ...images, train: ["nobody"] }, {}), /nobody/);
    equal(tf.memory().numTensors, numTensors);
  });
});
