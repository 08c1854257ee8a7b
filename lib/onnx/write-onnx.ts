import type { Graph } from "../graph/graph";
import { nodeOf } from "../graph/graph";
import { packageVersion } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { modelMessage, type Operation } from "./messages";
import { bytesOf } from "./protobuf";
import {
  imageName,
  logitsName,
  probabilitiesName,
  translate,
  type InputNormalisation,
  type WeightNumbers,
} from "./translate";

/** What stands around a network in an ONNX file. */
export interface OnnxSurroundings {
  /** By what images are normalised, which the file does itself. */
  readonly normalisation: InputNormalisation;
  /** By what logits are divided before they become probabilities, above 0. */
  readonly temperature: number;
  /** What a person should know of it. */
  readonly documentation: string;
  /** What a program should know of it, texts by their keys. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Programs read no larger messages. */
const mostBytes = 2 ** 31 - 1;

/**
 * Writes a network as ONNX: operations of version 17, weights inside. It takes `image`, `[batch, channels, height, width]`,
 * before its normalisation, and gives `probabilities` and `logits`, each `[batch, classes]`, the logits before the temperature. Of a
 * network that ends in an image, both are `[batch, channels, height, width]`, and each number is a probability of its own.
 *
 * @param graph The network, without its auxiliary head.
 * @returns The file's bytes.
 * @throws {Problem} Where it would be larger than ONNX files can be.
 */
export function writeOnnx(graph: Graph, weights: WeightNumbers, surroundings: OnnxSurroundings): Uint8Array {
  const { normalisation, temperature, documentation, metadata } = surroundings;
  const { operations, constants } = translate(graph, weights, normalisation);
  const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
  const { shape } = nodeOf(graph, graph.output);
  const [rows, columns, planes] = shape;
  const isImage = shape.length === 3;
  const given = isImage ? [planes!, rows!, columns!] : shape;
  const head: Pick<Operation, "type" | "attributes"> = isImage
    ? { type: "Sigmoid", attributes: {} }
    : { type: "Softmax", attributes: { axis: 1 } };
  const message = modelMessage({
    name: graph.name,
    documentation,
    version: packageVersion("sononas"),
    metadata,
    operations: [
      ...operations,
      { type: "Div", inputs: [logitsName, "head.temperature"], output: "head.calibrated", attributes: {} },
      { ...head, inputs: ["head.calibrated"], output: probabilitiesName },
    ],
    constants: [...constants, { name: "head.temperature", shape: [], values: Float32Array.of(temperature) }],
    inputs: [{ name: imageName, shape: ["batch", channels, height, width] }],
    outputs: [probabilitiesName, logitsName].map((name) => ({ name, shape: ["batch", ...given] })),
  });
  if (message.length <= mostBytes) return bytesOf(message);
  throw new Problem(
    `${graph.name} makes an ONNX file of ${message.length} bytes, and such files have at most ${mostBytes}.`,
    "Choose a smaller network.",
  );
}
