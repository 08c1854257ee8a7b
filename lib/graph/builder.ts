import { Problem } from "../runtime/problem";
import type { Graph, GraphNode } from "./graph";
import type { Layer, Shape } from "./layer";
import { outputShapeOf } from "./shapes";

/** The size of the images that a network takes. */
export interface InputSize {
  /** Rows, from 1. */
  readonly height: number;
  /** Columns, from 1. */
  readonly width: number;
  /** Channels: 1 for gray images. */
  readonly channels: number;
}

/** What a node of a network that is being built gives. */
export interface Value {
  /** The node's name. */
  readonly name: string;
  /** The shape, without the batch. */
  readonly shape: Shape;
}

/** Builds a network layer by layer. */
export interface GraphBuilder {
  /** The image that comes in. */
  readonly input: Value;

  /**
   * Adds a layer.
   *
   * @param name Its name, unique in the network: letters, digits, `_` and `-`, slashes between parts.
   * @param layer What it does.
   * @param inputs What it takes.
   * @returns What it gives.
   * @throws {Problem} Where the inputs do not fit the layer, or the image has become too small for it.
   */
  add(name: string, layer: Layer, ...inputs: Value[]): Value;

  /**
   * Ends the building.
   *
   * @param output What the network gives: logits, `[classes]`.
   * @param auxiliary What its auxiliary head gives; default: it has none.
   */
  finish(output: Value, auxiliary?: Value | null): Graph;
}

/**
 * Starts a network.
 *
 * @param name What it is called.
 * @param size The images that it takes.
 * @throws {Problem} Where a size is not a whole number from 1.
 */
export function startGraph(name: string, size: InputSize): GraphBuilder {
  for (const key of ["height", "width", "channels"] as const) {
    if (!Number.isInteger(size[key]) || size[key] < 1) {
      throw new Problem(
        `The input of ${name} has ${key} = ${size[key]}, expected a whole number from 1.`,
        "Correct it.",
      );
    }
  }
  const input: Value = { name: "input", shape: [size.height, size.width, size.channels] };
  const nodes: GraphNode[] = [{ name: "input", layer: { kind: "input" }, inputs: [], shape: input.shape }];
  const names = new Set(["input"]);

  return {
    input,
    add(node, layer, ...inputs) {
      if (!/^[\w-]+(\/[\w-]+)*$/.test(node) || names.has(node))
        throw new Error(`"${node}" cannot be the name of a node of ${name}: it is taken, or holds other characters.`);
      const foreign = inputs.find((value) => !names.has(value.name));
      if (foreign !== undefined) throw new Error(`${node} takes ${foreign.name}, which is not a node of ${name}.`);
      const shapes = inputs.map((value) => value.shape);
      const shape = outputShapeOf(layer, shapes, `${node} of ${name}`);
      nodes.push({ name: node, layer, inputs: inputs.map((value) => value.name), shape });
      names.add(node);
      return { name: node, shape };
    },
    finish: (output, auxiliary = null) => ({
      name,
      nodes,
      output: output.name,
      auxiliary: auxiliary?.name ?? null,
    }),
  };
}
