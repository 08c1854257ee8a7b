import { resize } from "../../pictures/resize";
import { findFeatureNode } from "../../explain/feature-node";
import type { Graph, GraphNode } from "../../graph/graph";
import type { ActivationFunction, Layer, Shape } from "../../graph/layer";
import type { WeightNumbers } from "../../onnx/translate";
import { padsOf } from "../../onnx/windows";
import { Problem } from "../../runtime/problem";
import { normalisationOf, type NodeValues } from "./forward";

/** The layers of a head, through which a map is taken back to the last image. */
const headLayers: readonly Layer["kind"][] = [
  ...(["dropout", "flatten", "reshape", "dense", "activation", "batch normalisation", "layer normalisation"] as const),
  ...(["global average pool", "global max pool", "average pool", "add", "concatenate"] as const),
];

/**
 * Makes the map of what in an image speaks for a malignant lesion: the Grad-CAM of the log-odds as `gradCam` computes it, below 0
 * set to 0. As the last image of a network is the one before its head, the gradient has to pass the few layers of the head alone.
 *
 * @param graph The network, without an auxiliary head, that tells two classes apart.
 * @returns A function of what the nodes give, as `forwardOf` gives it, to the map in the input's size, row by row.
 * @throws {Problem} Where the network has no image before its head, or a head of other layers.
 */
export function mapByHead(graph: Graph, weights: WeightNumbers): (values: NodeValues) => Float32Array {
  const node = findFeatureNode(graph, null);
  const place = graph.nodes.indexOf(node);
  const head = graph.nodes.slice(place + 1);
  const other = head.find(({ layer }) => !headLayers.includes(layer.kind));
  if (other !== undefined) {
    throw new Problem(
      `${graph.name} has a ${other.layer.kind} in its head, through which no heat map is computed here.`,
      "In Node, gradCam does it.",
    );
  }
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  const [height, width] = graph.nodes[0]!.shape as [number, number];
  const [rows, columns, channels] = node.shape as [number, number, number];
  return (values) => {
    const gradients = new Map<string, Float64Array>([[graph.output, Float64Array.of(-1, 1)]]);
    for (const one of [...head].reverse()) {
      const gradient = gradients.get(one.name);
      if (gradient === undefined) continue;
      let start = 0;
      for (const input of one.inputs) {
        const given = { value: values.get(input)!, result: values.get(one.name)!, shape: shapes.get(input)! };
        // Behind the last image each value has one pixel: its parts stand behind each other.
        const part =
          one.layer.kind === "concatenate" ? gradient.subarray(start, (start += given.value.length)) : gradient;
        const own = passBack(one, part, given, weights);
        gradients.set(input, gradients.get(input)?.map((sum, at) => sum + own[at]!) ?? own);
      }
    }
    const [gradient, features] = [gradients.get(node.name)!, values.get(node.name)!];
    const sums = new Float64Array(channels);
    for (let at = 0; at < gradient.length; at++) sums[at % channels]! += gradient[at]!;
    const pixels = new Float32Array(rows * columns);
    for (let pixel = 0; pixel < pixels.length; pixel++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++)
        sum += sums[channel]! * features[pixel * channels + channel]!;
      pixels[pixel] = Math.max(0, sum / pixels.length);
    }
    return resize({ width: columns, height: rows, pixels }, width, height, { filter: "bilinear" }).pixels;
  };
}

interface Given {
  readonly value: Float32Array;
  readonly result: Float32Array;
  readonly shape: Shape;
}

/** Takes the gradient of what a layer gives back to what it takes. */
function passBack(
  { name, layer, shape: to }: GraphNode,
  gradient: Float64Array,
  { value, result, shape }: Given,
  weights: WeightNumbers,
): Float64Array {
  const [height, width, channels] = shape as [number, number, number];
  switch (layer.kind) {
    case "dense": {
      const kernel = weights(name, "kernel");
      return Float64Array.from(value, (_, place) =>
        gradient.reduce((sum, own, unit) => sum + own * kernel[place * gradient.length + unit]!, 0),
      );
    }
    case "activation":
      return Float64Array.from(value, (x, place) => gradient[place]! * slopeOf(layer.function, x, result[place]!));
    case "batch normalisation": {
      const { scale } = normalisationOf(name, layer.epsilon, weights);
      return gradient.map((own, place) => own * scale[place % scale.length]!);
    }
    case "layer normalisation":
      return throughNormalisation(value, gradient, weights(name, "gamma"), layer.epsilon);
    case "global average pool":
      return Float64Array.from(value, (_, place) => gradient[place % channels]! / (height * width));
    case "global max pool":
      return Float64Array.from(value, (x, place) =>
        x === result[place % channels]! ? gradient[place % channels]! : 0,
      );
    case "average pool": {
      const back = new Float64Array(value.length);
      const [top, left] = padsOf(layer, shape);
      const [rows, columns] = to as [number, number];
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const [up, before] = [row * layer.stride - top, column * layer.stride - left];
          const [firstRow, lastRow] = [Math.max(0, up), Math.min(height, up + layer.size)];
          const [firstColumn, lastColumn] = [Math.max(0, before), Math.min(width, before + layer.size)];
          const count = (lastRow - firstRow) * (lastColumn - firstColumn);
          for (let y = firstRow; y < lastRow; y++)
            for (let x = firstColumn; x < lastColumn; x++)
              for (let channel = 0; channel < channels; channel++)
                back[(y * width + x) * channels + channel]! +=
                  gradient[(row * columns + column) * channels + channel]! / count;
        }
      return back;
    }
    // Each part of a sum, and what only moves numbers.
    case "add":
    case "concatenate":
    case "dropout":
    case "flatten":
    case "reshape":
      return gradient;
    case "convolution":
    case "depthwise convolution":
    case "input":
    case "max pool":
    case "multiply":
    case "shift":
    case "upsample":
      throw new Error(`A ${layer.kind} stands in no head that was let through: a defect of the program.`);
  }
}

function slopeOf(name: ActivationFunction, x: number, y: number): number {
  const sigmoid = 1 / (1 + Math.exp(-x));
  switch (name) {
    case "relu":
      return x > 0 ? 1 : 0;
    case "relu6":
      return x > 0 && x < 6 ? 1 : 0;
    case "sigmoid":
      return y * (1 - y);
    case "tanh":
      return 1 - y * y;
    case "swish":
      return sigmoid * (1 + x * (1 - sigmoid));
    case "gelu":
      // The normal distribution, which is y / x, and x times its density.
      return (x === 0 ? 0.5 : y / x) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
  }
}

// The numbers of each pixel go to mean 0 and deviation 1 together, and so does their gradient.
function throughNormalisation(x: Float32Array, gradient: Float64Array, gamma: Float32Array, epsilon: number) {
  const [channels, back] = [gamma.length, new Float64Array(x.length)];
  for (let start = 0; start < x.length; start += channels) {
    const own = x.subarray(start, start + channels);
    const mean = own.reduce((sum, value) => sum + value, 0) / channels;
    const factor = 1 / Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels + epsilon);
    const normal = Float64Array.from(own, (value) => (value - mean) * factor);
    const scaled = normal.map((_, channel) => gradient[start + channel]! * gamma[channel]!);
    const level = scaled.reduce((sum, value) => sum + value, 0) / channels;
    const along = scaled.reduce((sum, value, channel) => sum + value * normal[channel]!, 0) / channels;
    for (let channel = 0; channel < channels; channel++)
      back[start + channel] = factor * (scaled[channel]! - level - normal[channel]! * along);
  }
  return back;
}
