import * as v from "valibot";

import { withoutAuxiliary, type Graph } from "../graph/graph";
import { checkImages, type WeightSource } from "../networks/model/stock-forward";
import { resize } from "../pictures/resize";
import { flag, nullable, oneOf, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import { findFeatureNode } from "./feature-node";
import type { HeatMaps } from "./heat-maps";
import { runNodes } from "./run-nodes";

const gradCamOptions = v.strictObject({
  /** The node whose values are mapped; default: null, the last one with rows and columns before the head. */
  node: v.optional(nullable(text()), null),
  /** The class that is explained, from 0, or the one that the network predicts for each image; default: `predicted`. */
  target: v.optional(v.union([wholeNumber(), v.literal("predicted")]), "predicted"),
  /**
   * What is differentiated. `logit`: the class's logit, as in the paper. `log-odds`: the logit of its probability, that is
   * the class's logit less the log of the summed exponentials of the others; with two classes the difference of the two
   * logits, on which the probability depends alone. Default: `logit`.
   */
  score: v.optional(oneOf(["logit", "log-odds"]), "logit"),
  /** Whether values below 0, which speak against the class, become 0, as in the paper; default: true. */
  rectified: v.optional(flag(), true),
  /** Images that are computed at once, from 1; the result does not depend on it. Default: 16. */
  batchSize: v.optional(wholeNumber({ from: 1 }), 16),
});

/** What a Grad-CAM is made of. @interface */
export type GradCamOptions = v.InferInput<typeof gradCamOptions>;

type Settings = v.InferOutput<typeof gradCamOptions>;

/** Maps of what in each image speaks for a class. */
export interface GradCam extends HeatMaps {
  readonly node: string;
  /** Rows and columns of the node's values: the true resolution of the maps. */
  readonly resolution: readonly [height: number, width: number];
  /** The class that each image's map explains, from 0. */
  readonly targets: readonly number[];
  /** The score that was differentiated, for each image: `GradCamOptions.score`. */
  readonly scores: readonly number[];
}

/**
 * Maps what in images speaks for a class, by Grad-CAM (Selvaraju et al., "Grad-CAM: visual explanations from deep networks
 * via gradient-based localization", ICCV 2017, section 3): the channels of a layer, each weighted by the mean of the
 * score's gradient over its pixels, summed; below 0 set to 0; raised to the size of the image (bilinear). It takes the
 * network as it predicts: moving statistics, no dropout.
 *
 * The values are in units of the score, and not scaled: in a network that ends in a mean over the image and a dense layer,
 * those at the node's own pixels, not rectified, add up to the logit without its bias, and each is then exactly its pixel's
 * part of it (class activation mapping). Bring them to a colour bar by `scaleHeatMaps`.
 *
 * @param weights Its weights, `bank.of`.
 * @param images The images, normalised as the network takes them, `[batch, height, width, channels]`. float32. They stay.
 * @returns The maps as plain numbers; no tensor is left.
 * @throws {Problem} Where the images do not fit, a node or class is none, or the network gives no finite numbers.
 */
export function gradCam(
  graph: Graph,
  weights: WeightSource,
  images: tf.Tensor4D,
  options: GradCamOptions = {},
): GradCam {
  const settings = checkOptions("gradCam", gradCamOptions, options);
  const network = withoutAuxiliary(graph);
  checkImages(network, images);
  const classes = network.nodes.find(({ name }) => name === network.output)!.shape[0]!;
  if (settings.target !== "predicted" && settings.target >= classes) {
    throw new Problem(
      `gradCam has target: ${settings.target}, expected "predicted" or a class from 0 to ${classes - 1}.`,
      "0 is benign, 1 is malignant.",
    );
  }
  const { name: node, shape } = findFeatureNode(network, settings.node);
  const [count, height, width] = images.shape;
  const [rows, columns] = [shape[0]!, shape[1]!];
  const values = new Float32Array(count * height * width);
  const targets: number[] = [];
  const scores: number[] = [];
  for (let start = 0; start < count; start += settings.batchSize) {
    const found = tf.tidy(() => {
      const length = Math.min(settings.batchSize, count - start);
      return mapBatch(network, weights, tf.slice(images, start, length), node, settings);
    });
    if (!found.maps.every(Number.isFinite) || !found.scores.every(Number.isFinite)) {
      throw new Problem(
        `${graph.name} gives a score or a gradient that is not a finite number, for an image from place ${start}.`,
        "Its weights or the images are damaged: look at its predictions.",
      );
    }
    for (let image = 0; image < found.targets.length; image++) {
      const pixels = found.maps.subarray(image * rows * columns, (image + 1) * rows * columns);
      const raised = resize({ width: columns, height: rows, pixels }, width, height, { filter: "bilinear" });
      values.set(raised.pixels, (start + image) * height * width);
    }
    targets.push(...found.targets);
    scores.push(...found.scores);
  }
  return { values, images: count, height, width, node, resolution: [rows, columns], targets, scores };
}

function mapBatch(
  { nodes, output }: Graph,
  weights: WeightSource,
  images: tf.Tensor4D,
  node: string,
  { target, score, rectified }: Settings,
) {
  const place = nodes.findIndex(({ name }) => name === node);
  const before = new Map<string, tf.Tensor>([[nodes[0]!.name, images]]);
  runNodes(nodes.slice(0, place + 1), weights, before);
  const features = before.get(node)!;
  const logitsOf = (value: tf.Tensor) => {
    const values = new Map(before).set(node, value);
    runNodes(nodes.slice(place + 1), weights, values);
    return values.get(output) as tf.Tensor2D;
  };
  const logits = logitsOf(features);
  const [count, classes] = logits.shape;
  const chosen = target === "predicted" ? tf.argMax(logits, 1) : tf.fill([count], target, "int32");
  const isTarget = tf.cast(tf.oneHot(chosen as tf.Tensor1D, classes), "float32");
  const scoreOf = (given: tf.Tensor): tf.Tensor => {
    const own = tf.sum(tf.mul(given, isTarget), 1);
    if (score === "logit") return own;
    // A logit that is this much smaller adds nothing to the others' sum.
    return tf.sub(own, tf.logSumExp(tf.sub(given, tf.mul(isTarget, 1e9)), 1));
  };
  // As no image depends on another, the sum's gradient holds the gradient of each.
  const gradient = tf.grad((value) => tf.sum(scoreOf(logitsOf(value))))(features);
  const channelWeights = tf.mean(gradient, [1, 2], true);
  const sums = tf.sum(tf.mul(channelWeights, features), -1);
  return {
    maps: (rectified ? tf.relu(sums) : sums).dataSync().slice() as Float32Array,
    targets: [...chosen.dataSync()],
    scores: [...scoreOf(logits).dataSync()],
  };
}
