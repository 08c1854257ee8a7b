import type { Graph, GraphNode } from "../graph/graph";
import type { ActivationFunction, AveragePool, Shape } from "../graph/layer";
import type { Attributes, Constant, Operation } from "./messages";
import { padsOf, shareInside, windowAttributes } from "./windows";

/** Gives the numbers of a weight by the names of its node and of the weight within the layer, as the graph lays them out. */
export type WeightNumbers = (node: string, weight: string) => Float32Array;

/** By what the network's input is made of the image. */
export interface InputNormalisation {
  /** The mean of each channel. */
  readonly mean: readonly number[];
  /** The standard deviation of each, above 0. */
  readonly deviation: readonly number[];
}

/** The names of what goes in and comes out. */
export const [imageName, probabilitiesName, logitsName] = ["image", "probabilities", "logits"] as const;

/** Operations and constants that compute a network's logits. */
export interface Translation {
  readonly operations: Operation[];
  readonly constants: Constant[];
}

const toRows = { perm: [0, 2, 3, 1] };
const toPlanes = { perm: [0, 3, 1, 2] };

/**
 * Translates a network into ONNX's operations, `[batch, channels, height, width]`, from the image to its logits. What an
 * operation gives is called as the network's node; a dot stands before what a node needs within, as no node's name has one.
 *
 * @param graph The network, without an auxiliary head.
 */
export function translate(graph: Graph, weights: WeightNumbers, normalisation: InputNormalisation): Translation {
  const writer = new Writer(graph, weights);
  for (const node of graph.nodes) writer.values.set(node.name, translateNode(writer, node, normalisation));
  const last = writer.values.get(graph.output)!;
  if (last !== logitsName) writer.put("Identity", [last], {}, logitsName);
  return { operations: writer.operations, constants: writer.constants };
}

class Writer implements Translation {
  readonly operations: Operation[] = [];
  readonly constants: Constant[] = [];
  /** What each node's value is called. */
  readonly values = new Map<string, string>();
  private readonly shapes: ReadonlyMap<string, Shape>;

  constructor(
    private readonly graph: Graph,
    readonly weights: WeightNumbers,
  ) {
    this.shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  }

  shapeOf(node: string): Shape {
    return this.shapes.get(node)!;
  }

  // A node may be called as what goes in or comes out.
  nameOf(node: string): string {
    if (node === this.graph.output) return logitsName;
    return [imageName, probabilitiesName, logitsName].includes(node as never) ? `${node}.value` : node;
  }

  put(type: string, inputs: readonly string[], attributes: Attributes, output: string): string {
    this.operations.push({ type, inputs, output, attributes });
    return output;
  }

  numbers(name: string, shape: readonly number[], values: Float32Array): string {
    this.constants.push({ name, shape, values });
    return name;
  }

  number(name: string, value: number): string {
    return this.numbers(name, [], Float32Array.of(value));
  }

  integers(name: string, values: readonly number[]): string {
    this.constants.push({ name, shape: [values.length], values: BigInt64Array.from(values, BigInt) });
    return name;
  }
}

/** Translates a node, and tells what its value is called. */
function translateNode(writer: Writer, node: GraphNode, normalisation: InputNormalisation): string {
  const { name, layer, shape } = node;
  const inputs = node.inputs.map((input) => writer.values.get(input)!);
  const given = node.inputs.map((input) => writer.shapeOf(input));
  const [x, from] = [inputs[0]!, given[0]!];
  const value = writer.nameOf(name);
  const own = (part: string) => `${name}.${part}`;
  const weight = (part: string, sizes = (length: number) => [length]) => {
    const numbers = writer.weights(name, part);
    return writer.numbers(own(part), sizes(numbers.length), numbers);
  };
  const bias = (has: boolean) => (has ? [weight("bias")] : []);
  switch (layer.kind) {
    case "input": {
      const planes = (part: string, numbers: readonly number[]) =>
        writer.numbers(own(part), [1, numbers.length, 1, 1], Float32Array.from(numbers));
      const centred = writer.put("Sub", [imageName, planes("mean", normalisation.mean)], {}, own("centred"));
      return writer.put("Div", [centred, planes("deviation", normalisation.deviation)], {}, value);
    }
    case "convolution": {
      const { size, filters } = layer;
      const kernel = outputsFirst(writer.weights(name, "kernel"), size, from[2]!, filters);
      const kernelName = writer.numbers(own("kernel"), [filters, from[2]!, size, size], kernel);
      const attributes = windowAttributes(layer, padsOf(layer, from));
      return writer.put("Conv", [x, kernelName, ...bias(layer.bias)], attributes, value);
    }
    case "depthwise convolution": {
      const { size } = layer;
      const channels = from[2]!;
      const kernel = outputsFirst(writer.weights(name, "depthwise_kernel"), size, 1, channels);
      const kernelName = writer.numbers(own("depthwise_kernel"), [channels, 1, size, size], kernel);
      const attributes = { ...windowAttributes(layer, padsOf(layer, from)), group: channels };
      return writer.put("Conv", [x, kernelName, ...bias(layer.bias)], attributes, value);
    }
    case "batch normalisation":
      if (from.length === 1) return normaliseRow(writer, name, x, value, layer.epsilon);
      return writer.put(
        "BatchNormalization",
        [x, weight("gamma"), weight("beta"), weight("moving_mean"), weight("moving_variance")],
        { epsilon: { float: layer.epsilon } },
        value,
      );
    case "layer normalisation": {
      const image = from.length === 3;
      const rows = image ? writer.put("Transpose", [x], toRows, own("rows")) : x;
      const attributes = { axis: -1, epsilon: { float: layer.epsilon } };
      const normal = [rows, weight("gamma"), weight("beta")];
      if (!image) return writer.put("LayerNormalization", normal, attributes, value);
      return writer.put(
        "Transpose",
        [writer.put("LayerNormalization", normal, attributes, own("normal"))],
        toPlanes,
        value,
      );
    }
    case "activation":
      return activate(writer, layer.function, { x, value, own });
    case "max pool":
      return writer.put("MaxPool", [x], windowAttributes(layer, padsOf(layer, from)), value);
    case "average pool":
      return average(writer, layer, node, x);
    case "global average pool":
    case "global max pool": {
      const type = layer.kind === "global max pool" ? "GlobalMaxPool" : "GlobalAveragePool";
      return writer.put("Flatten", [writer.put(type, [x], {}, own("pooled"))], { axis: 1 }, value);
    }
    case "add":
      if (inputs.length === 1) return x;
      return inputs.reduce((sum, input, index) =>
        writer.put("Add", [sum, input], {}, index === inputs.length - 1 ? value : own(`sum${index}`)),
      );
    case "multiply":
      return writer.put("Mul", inputs, {}, value);
    case "concatenate":
      return writer.put("Concat", inputs, { axis: 1 }, value);
    case "dense": {
      const kernel = weight("kernel", (length) => [length / layer.units, layer.units]);
      return writer.put("Gemm", [x, kernel, ...bias(layer.bias)], {}, value);
    }
    case "flatten": {
      if (from.length === 1) return x;
      // Weights behind it are in the order of rows, columns, channels.
      return writer.put("Flatten", [writer.put("Transpose", [x], toRows, own("rows"))], { axis: 1 }, value);
    }
    case "reshape": {
      const rows = from.length === 3 ? writer.put("Transpose", [x], toRows, own("rows")) : x;
      const sizes = writer.integers(own("shape"), [0, ...shape]);
      if (shape.length !== 3) return writer.put("Reshape", [rows, sizes], {}, value);
      return writer.put("Transpose", [writer.put("Reshape", [rows, sizes], {}, own("image"))], toPlanes, value);
    }
    case "dropout":
      return x;
    case "upsample": {
      // Nothing says how large the result is but these; the second input is a region, which this way to resize does not take.
      const scales = writer.numbers(own("scales"), [4], Float32Array.of(1, 1, layer.factor, layer.factor));
      const nearest = {
        mode: { text: "nearest" },
        coordinate_transformation_mode: { text: "asymmetric" },
        nearest_mode: { text: "floor" },
      };
      return writer.put("Resize", [x, "", scales], nearest, value);
    }
    case "shift": {
      const padded = writer.put("Pad", [x, writer.integers(own("pads"), [0, 0, 0, 0, 0, 0, 1, 1])], {}, own("padded"));
      const ends = [from[0]! + 1, from[1]! + 1];
      const part = { starts: [1, 1], ends, axes: [2, 3] };
      const limits = Object.entries(part).map(([key, values]) => writer.integers(own(key), values));
      return writer.put("Slice", [padded, ...limits], {}, value);
    }
  }
}

// TensorFlow lays kernels out as [height, width, inputs, outputs], ONNX as [outputs, inputs, height, width]; those of a
// depthwise convolution have one input for each output.
function outputsFirst(kernel: Float32Array, size: number, inputs: number, outputs: number): Float32Array {
  const area = size * size;
  const turned = new Float32Array(kernel.length);
  let place = 0;
  for (let pixel = 0; pixel < area; pixel++)
    for (let input = 0; input < inputs; input++)
      for (let output = 0; output < outputs; output++)
        turned[(output * inputs + input) * area + pixel] = kernel[place++]!;
  return turned;
}

// ONNX's own batch normalisation is defined for images, and not every program takes it for rows.
function normaliseRow(writer: Writer, name: string, x: string, value: string, epsilon: number): string {
  const weight = (part: string) => writer.weights(name, part);
  const [mean, variance, beta] = [weight("moving_mean"), weight("moving_variance"), weight("beta")];
  const scale = weight("gamma").map((gamma, index) => gamma / Math.sqrt(variance[index]! + epsilon));
  const shift = beta.map((own, index) => own - mean[index]! * scale[index]!);
  const scaleName = writer.numbers(`${name}.scale`, [scale.length], scale);
  const scaled = writer.put("Mul", [x, scaleName], {}, `${name}.scaled`);
  return writer.put("Add", [scaled, writer.numbers(`${name}.shift`, [shift.length], shift)], {}, value);
}

interface Place {
  readonly x: string;
  readonly value: string;
  readonly own: (part: string) => string;
}

function activate(writer: Writer, name: ActivationFunction, { x, value, own }: Place): string {
  switch (name) {
    case "relu":
      return writer.put("Relu", [x], {}, value);
    case "relu6":
      return writer.put("Clip", [x, writer.number(own("least"), 0), writer.number(own("most"), 6)], {}, value);
    case "sigmoid":
      return writer.put("Sigmoid", [x], {}, value);
    case "tanh":
      return writer.put("Tanh", [x], {}, value);
    case "swish":
      return writer.put("Mul", [x, writer.put("Sigmoid", [x], {}, own("sigmoid"))], {}, value);
    case "gelu": {
      const scaled = writer.put("Mul", [x, writer.number(own("root"), Math.SQRT1_2)], {}, own("scaled"));
      const error = writer.put("Erf", [scaled], {}, own("erf"));
      const raised = writer.put("Add", [error, writer.number(own("one"), 1)], {}, own("raised"));
      const half = writer.put("Mul", [raised, writer.number(own("half"), 0.5)], {}, own("share"));
      return writer.put("Mul", [x, half], {}, value);
    }
  }
}

// Windows that reach further beyond the image on one side are refused by converters to PyTorch: for those, zeros are added
// before, and what the means lack by them is multiplied in.
function average(writer: Writer, layer: AveragePool, { name, inputs, shape }: GraphNode, x: string): string {
  const from = writer.shapeOf(inputs[0]!);
  const pads = padsOf(layer, from);
  const [top, left, bottom, right] = pads;
  const value = writer.nameOf(name);
  if (top === bottom && left === right)
    return writer.put("AveragePool", [x], { ...windowAttributes(layer, pads), count_include_pad: 0 }, value);
  const zeros = writer.integers(`${name}.pads`, [0, 0, top, left, 0, 0, bottom, right]);
  const padded = writer.put("Pad", [x, zeros], {}, `${name}.padded`);
  const means = writer.put("AveragePool", [padded], windowAttributes(layer, [0, 0, 0, 0]), `${name}.means`);
  const share = shareInside(layer, pads, from, shape);
  return writer.put("Mul", [means, writer.numbers(`${name}.share`, [1, 1, shape[0]!, shape[1]!], share)], {}, value);
}
