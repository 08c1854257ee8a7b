import { Problem } from "../runtime/problem";
import type { Layer, Shape, Window } from "./layer";

/**
 * Computes the shape of a layer's output.
 *
 * @param inputs The shapes of its inputs, without the batch.
 * @param place What it is called, for messages.
 * @returns The shape, without the batch.
 * @throws {Problem} Where the inputs do not fit the layer, or the image has become too small for it.
 */
export function outputShapeOf(layer: Layer, inputs: readonly Shape[], place: string): Shape {
  const first = inputs[0] ?? [];
  switch (layer.kind) {
    case "input":
      throw new Error(`The shape of the input ${place} is given, not computed.`);
    case "convolution":
      return [...slide(layer, first, place), layer.filters];
    case "depthwise convolution":
    case "max pool":
    case "average pool":
      return [...slide(layer, first, place), first[2]!];
    case "batch normalisation":
    case "layer normalisation":
    case "activation":
    case "dropout":
      return first;
    case "shift":
      image(first, place);
      return first;
    case "upsample": {
      const [height, width, channels] = image(first, place) as [number, number, number];
      return [height * layer.factor, width * layer.factor, channels];
    }
    case "global average pool":
    case "global max pool":
      return [image(first, place)[2]!];
    case "add":
      alike(inputs, place, 0);
      return first;
    case "multiply":
      if (inputs.length !== 2 || inputs[1]!.some((size, axis) => size !== first[axis] && (size !== 1 || axis === 2)))
        throw unequal(inputs, place, "the same shape, or 1 for height and width of the second");
      return first;
    case "concatenate":
      alike(inputs, place, 1);
      return [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
    case "dense":
      if (first.length !== 1)
        throw new Problem(
          `The dense layer ${place} has an input of shape ${say(first)}, expected a row of numbers.`,
          "Flatten it, or take the mean over the image, before.",
        );
      return [layer.units];
    case "flatten":
      return [product(first)];
    case "reshape":
      if (product(first) !== product(layer.shape)) throw unequal([first, layer.shape], place, "as many numbers");
      return layer.shape;
  }
}

function slide(window: Window, shape: Shape, place: string): number[] {
  const [height, width] = image(shape, place) as [number, number, number];
  const { size, stride, padding } = window;
  const smallest = padding === "valid" ? size : stride;
  if (Math.min(height, width) < smallest) {
    throw new Problem(
      `At ${place} the image has ${height} × ${width} pixels, and a window of ${size} × ${size} with stride ${stride} and padding "${padding}" needs ${smallest} × ${smallest}.`,
      "Give the network larger images, or choose one with fewer reductions.",
    );
  }
  const covered = (pixels: number) => Math.ceil((padding === "same" ? pixels : pixels - size + 1) / stride);
  return [covered(height), covered(width)];
}

function image(shape: Shape, place: string): Shape {
  if (shape.length === 3) return shape;
  throw new Problem(
    `The input of ${place} has the shape ${say(shape)}, expected [height, width, channels].`,
    "Put it before the flattening.",
  );
}

function alike(shapes: readonly Shape[], place: string, free: number): void {
  const [first] = shapes;
  const same = (shape: Shape) =>
    shape.length === first!.length && shape.slice(0, shape.length - free).every((size, axis) => size === first![axis]);
  if (first === undefined || !shapes.every(same))
    throw unequal(shapes, place, free === 0 ? "the same shape" : "the same shape but for the channels");
}

function unequal(shapes: readonly Shape[], place: string, expected: string): Problem {
  return new Problem(
    `The inputs of ${place} have the shapes ${shapes.map(say).join(", ") || "of nothing"}, expected ${expected}.`,
    "Bring them to it by a convolution or a pool before.",
  );
}

const say = (shape: Shape) => `[${shape.join(", ")}]`;
const product = (shape: Shape) => shape.reduce((a, b) => a * b, 1);
