import type { Graph, GraphNode } from "../../graph/graph";
import type { ActivationFunction, Layer, Shape, Window } from "../../graph/layer";
import type { WeightNumbers } from "../../onnx/translate";
import { padsOf } from "../../onnx/windows";
import { convolution, depthwise, type ConvolutionWeights } from "./convolve";

/** What the nodes of a network give for one image, by their names, row by row. */
export type NodeValues = ReadonlyMap<string, Float32Array>;

/** Computes a layer from what it takes. */
type LayerFunction = (inputs: readonly Float32Array[]) => Float32Array;

/**
 * Makes a network ready to predict one image after the other in plain loops, where there is no TensorFlow.js: in a page. Batch
 * normalisation uses its moving mean and variance, and is done with the convolution before it wherever nothing else takes that.
 *
 * @param graph The network, without an auxiliary head.
 * @param weights Its weights.
 * @returns A function of the normalised image, `[height, width, channels]` row by row, that gives what every node gives. What a
 *   convolution gives that was joined with its normalisation is not among it.
 */
export function forwardOf(graph: Graph, weights: WeightNumbers): (image: Float32Array) => NodeValues {
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  const takers = new Map<string, GraphNode[]>();
  for (const node of graph.nodes)
    for (const input of node.inputs) takers.set(input, [...(takers.get(input) ?? []), node]);
  const joined = new Map<string, string>();
  const steps = graph.nodes.flatMap((node) => {
    if (joined.has(node.name)) return [];
    const [next, ...others] = takers.get(node.name) ?? [];
    const isConvolution = node.layer.kind === "convolution" || node.layer.kind === "depthwise convolution";
    const norm = isConvolution && others.length === 0 && next?.layer.kind === "batch normalisation" ? next : null;
    if (norm !== null) joined.set(norm.name, node.name);
    const from = node.inputs.map((input) => shapes.get(input)!);
    return [{ name: norm?.name ?? node.name, inputs: node.inputs, run: layerOf(node, from, weights, norm) }];
  });
  return (image) => {
    const values = new Map<string, Float32Array>();
    for (const { name, inputs, run } of steps)
      values.set(name, inputs.length === 0 ? image : run(inputs.map((input) => values.get(input)!)));
    return values;
  };
}

// Makes the function of one layer, of inputs of given shapes; with a batch normalisation that is done with it, unless that is null.
function layerOf(
  { name, layer, shape }: GraphNode,
  from: readonly Shape[],
  weights: WeightNumbers,
  norm: GraphNode | null,
): LayerFunction {
  const weight = (own: string) => weights(name, own);
  const one =
    (run: (x: Float32Array) => Float32Array): LayerFunction =>
    (inputs) =>
      run(inputs[0]!);
  const first = from[0] ?? [];
  switch (layer.kind) {
    case "input":
    case "dropout":
    case "flatten":
    case "reshape":
      return one((x) => x);
    case "convolution":
      return one(convolution(layer, convolutionWeights(layer, shape, weights, name, norm), first, shape));
    case "depthwise convolution":
      return one(depthwise(layer, convolutionWeights(layer, shape, weights, name, norm), first, shape));
    case "batch normalisation": {
      const { scale, shift } = normalisationOf(name, layer.epsilon, weights);
      return one((x) => scaleChannels(x, scale, shift));
    }
    case "layer normalisation": {
      const [gamma, beta] = [weight("gamma"), weight("beta")];
      return one((x) => normaliseRows(x, gamma, beta, layer.epsilon));
    }
    case "activation": {
      const run = activationOf(layer.function);
      return one((x) => {
        const changed = new Float32Array(x.length);
        for (let place = 0; place < x.length; place++) changed[place] = run(x[place]!);
        return changed;
      });
    }
    case "max pool":
      return one(pool(layer, first, shape, "largest"));
    case "average pool":
      return one(pool(layer, first, shape, "mean"));
    case "global average pool":
      return one((x) => overPixels(x, first, (sum, value) => sum + value, 0, 1 / (first[0]! * first[1]!)));
    case "global max pool":
      return one((x) => overPixels(x, first, Math.max, -Infinity, 1));
    case "add":
      return add;
    case "multiply":
      // A gate of one pixel is repeated.
      return ([x, y]) => x!.map((value, place) => value * y![place % y!.length]!);
    case "concatenate":
      return (inputs) => concatenate(inputs, from, shape);
    case "dense": {
      const [kernel, bias] = [weight("kernel"), layer.bias ? weight("bias") : new Float32Array(layer.units)];
      return one((x) => dense(x, kernel, bias));
    }
    case "upsample":
      return one((x) => upsample(x, first, layer.factor));
    case "shift":
      return one((x) => shiftByOne(x, first));
  }
}

// A normalisation after a convolution is another convolution.
function convolutionWeights(
  layer: Extract<Layer, { kind: "convolution" | "depthwise convolution" }>,
  shape: Shape,
  weights: WeightNumbers,
  name: string,
  norm: GraphNode | null,
): ConvolutionWeights {
  const kernel = Float64Array.from(weights(name, layer.kind === "convolution" ? "kernel" : "depthwise_kernel"));
  const outputs = shape[2]!;
  const bias = layer.bias ? Float64Array.from(weights(name, "bias")) : new Float64Array(outputs);
  if (norm?.layer.kind !== "batch normalisation") return { kernel, bias };
  const { scale, shift } = normalisationOf(norm.name, norm.layer.epsilon, weights);
  return {
    kernel: kernel.map((value, place) => value * scale[place % outputs]!),
    bias: bias.map((value, output) => value * scale[output]! + shift[output]!),
  };
}

/** By what a batch normalisation multiplies each channel, and what it adds. */
export function normalisationOf(name: string, epsilon: number, weights: WeightNumbers) {
  const [gamma, beta] = [weights(name, "gamma"), weights(name, "beta")];
  const [mean, variance] = [weights(name, "moving_mean"), weights(name, "moving_variance")];
  const scale = Float64Array.from(gamma, (value, channel) => value / Math.sqrt(variance[channel]! + epsilon));
  return { scale, shift: scale.map((value, channel) => beta[channel]! - mean[channel]! * value) };
}

function scaleChannels(x: Float32Array, scale: Float64Array, shift: Float64Array): Float32Array {
  const [channels, changed] = [scale.length, new Float32Array(x.length)];
  for (let start = 0; start < x.length; start += channels)
    for (let channel = 0; channel < channels; channel++)
      changed[start + channel] = x[start + channel]! * scale[channel]! + shift[channel]!;
  return changed;
}

function add(inputs: readonly Float32Array[]): Float32Array {
  const sum = inputs[0]!.slice();
  for (const input of inputs.slice(1)) for (let place = 0; place < sum.length; place++) sum[place]! += input[place]!;
  return sum;
}

function normaliseRows(x: Float32Array, gamma: Float32Array, beta: Float32Array, epsilon: number): Float32Array {
  const [channels, normal] = [gamma.length, new Float32Array(x.length)];
  for (let start = 0; start < x.length; start += channels) {
    let [sum, squares] = [0, 0];
    for (let channel = 0; channel < channels; channel++) sum += x[start + channel]!;
    const mean = sum / channels;
    for (let channel = 0; channel < channels; channel++) squares += (x[start + channel]! - mean) ** 2;
    const factor = 1 / Math.sqrt(squares / channels + epsilon);
    for (let channel = 0; channel < channels; channel++)
      normal[start + channel] = (x[start + channel]! - mean) * factor * gamma[channel]! + beta[channel]!;
  }
  return normal;
}

function activationOf(name: ActivationFunction): (value: number) => number {
  const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
  switch (name) {
    case "relu":
      return (value) => (value > 0 ? value : 0);
    case "relu6":
      return (value) => (value > 6 ? 6 : value > 0 ? value : 0);
    case "sigmoid":
      return sigmoid;
    case "tanh":
      return Math.tanh;
    case "swish":
      return (value) => value * sigmoid(value);
    case "gelu":
      return (value) => 0.5 * value * (1 + errorFunction(value * Math.SQRT1_2));
  }
}

// Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26; off by 1.5e-7 at most.
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

function pool(window: Window, from: Shape, to: Shape, kind: "largest" | "mean") {
  const [height, width, channels] = from as [number, number, number];
  const [rows, columns] = to as [number, number];
  const { size, stride } = window;
  const [top, left] = padsOf(window, from);
  return (x: Float32Array): Float32Array => {
    const pooled = new Float32Array(rows * columns * channels);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [up, before] = [row * stride - top, column * stride - left];
        const [firstRow, lastRow] = [Math.max(0, up), Math.min(height, up + size)];
        const [firstColumn, lastColumn] = [Math.max(0, before), Math.min(width, before + size)];
        const share = 1 / ((lastRow - firstRow) * (lastColumn - firstColumn));
        const target = (row * columns + column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          let found = kind === "largest" ? -Infinity : 0;
          for (let y = firstRow; y < lastRow; y++)
            for (let z = firstColumn; z < lastColumn; z++) {
              const value = x[(y * width + z) * channels + channel]!;
              if (kind === "mean") found += value;
              else if (value > found) found = value;
            }
          pooled[target + channel] = kind === "mean" ? found * share : found;
        }
      }
    return pooled;
  };
}

function overPixels(
  x: Float32Array,
  shape: Shape,
  join: (one: number, other: number) => number,
  start: number,
  factor: number,
): Float32Array {
  const sums = new Float64Array(shape[2]!).fill(start);
  for (let place = 0; place < x.length; place += sums.length)
    for (let channel = 0; channel < sums.length; channel++) sums[channel] = join(sums[channel]!, x[place + channel]!);
  return Float32Array.from(sums, (sum) => sum * factor);
}

function concatenate(inputs: readonly Float32Array[], from: readonly Shape[], shape: Shape): Float32Array {
  const channels = shape.at(-1)!;
  const joined = new Float32Array(shape.reduce((product, size) => product * size, 1));
  let start = 0;
  for (const [index, input] of inputs.entries()) {
    const own = from[index]!.at(-1)!;
    for (let pixel = 0; pixel * own < input.length; pixel++)
      joined.set(input.subarray(pixel * own, (pixel + 1) * own), pixel * channels + start);
    start += own;
  }
  return joined;
}

function dense(x: Float32Array, kernel: Float32Array, bias: Float32Array): Float32Array {
  const sums = Float64Array.from(bias);
  for (let place = 0; place < x.length; place++) {
    const value = x[place]!;
    if (value === 0) continue;
    const start = place * sums.length;
    for (let unit = 0; unit < sums.length; unit++) sums[unit]! += value * kernel[start + unit]!;
  }
  return Float32Array.from(sums);
}

function upsample(x: Float32Array, shape: Shape, factor: number): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const [rows, columns] = [height * factor, width * factor];
  const larger = new Float32Array(rows * columns * channels);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const source = (Math.floor(row / factor) * width + Math.floor(column / factor)) * channels;
      larger.set(x.subarray(source, source + channels), (row * columns + column) * channels);
    }
  return larger;
}

function shiftByOne(x: Float32Array, shape: Shape): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const moved = new Float32Array(x.length);
  for (let row = 0; row + 1 < height; row++) {
    const source = ((row + 1) * width + 1) * channels;
    moved.set(x.subarray(source, source + (width - 1) * channels), row * width * channels);
  }
  return moved;
}
