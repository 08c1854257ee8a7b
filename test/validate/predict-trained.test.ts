import { deepEqual, equal, notDeepEqual } from "node:assert/strict";

import type { Prepared } from "../../lib/data/prepare/prepared";
import { tf } from "../../lib/runtime/tensorflow";
import { learnedGraph } from "../../lib/train/learned-network";
import { Learner } from "../../lib/train/learner";
import { trainNetwork } from "../../lib/train/train-network";
import { checkTraining } from "../../lib/train/training-options";
import { weightArrays } from "../../lib/train/stored-weights";
import { predictTrained } from "../../lib/validate/predict-trained";
import { graphFor, quickly, tinyFound, tinyImages } from "../train/helpers";

describe("predictTrained(trained, prepared, ids, options)", () => {
  it("predicts as the training did for its validation, without the auxiliary head", async () => {
    const images = await tinyImages();
    const found = tinyFound as Extract<typeof tinyFound, { kind: "found" }>;
    const graph = graphFor(images, { ...found, settings: { ...found.settings, auxiliary: true } });
    const options = { ...quickly, epochs: 1, flipPredictions: true, predictionBatch: 3 };
    const trained = await trainNetwork(graph, images, options);
    const prepared = images.prepared as Prepared;
    const { numTensors } = tf.memory();
    const logits = predictTrained(trained, prepared, images.validation, options);
    equal(tf.memory().numTensors, numTensors);
    const learner = new Learner(
      learnedGraph(graph, 1),
      images,
      checkTraining(options, 8),
      weightArrays(trained.weights),
    );
    deepEqual(logits.values, learner.predict(images.validation).values);
    const plain = predictTrained(trained, prepared, images.validation, { ...options, flipPredictions: false });
    notDeepEqual(plain.values, logits.values);
    learner.dispose();
    trained.weights.dispose();
  });
});
