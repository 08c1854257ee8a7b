import type { Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import type { WeightNumbers } from "../onnx/translate";
import { Problem } from "../runtime/problem";

/** The largest number of 16 bits. */
const largest = 65_504;

/**
 * Packs the weights of a network at half of their size: kernels as numbers of 16 bits, of 11 binary digits, all else of 32; the lowest
 * byte first, one weight after the other in the order of `namedWeightsOf`.
 *
 * @throws {Problem} Where a weight is no finite number, or a kernel holds one that 16 bits do not.
 */
export function packHalf(graph: Graph, weights: WeightNumbers): Uint8Array {
  const all = layoutOf(graph);
  const view = new DataView(new ArrayBuffer(all.reduce((sum, { bytes, length }) => sum + bytes * length, 0)));
  let place = 0;
  for (const { node, name, bytes } of all)
    for (const value of weights(node, name)) {
      if (!(Math.abs(value) <= (bytes === 2 ? largest : Number.MAX_VALUE)))
        throw new Problem(
          `The weight ${node}/${name} of ${graph.name} holds ${value}, expected a number${bytes === 2 ? ` up to ${largest}` : ""}.`,
          "Its training failed: train it again.",
        );
      if (bytes === 2) view.setUint16(place, halfOf(value), true);
      else view.setFloat32(place, value, true);
      place += bytes;
    }
  return new Uint8Array(view.buffer);
}

/**
 * Reads what {@link packHalf} has packed.
 *
 * @throws {Problem} Where it is cut off, or of another network.
 */
export function unpackHalf(graph: Graph, packed: Uint8Array): WeightNumbers {
  const all = layoutOf(graph);
  const needed = all.reduce((sum, { bytes, length }) => sum + bytes * length, 0);
  if (packed.length !== needed)
    throw new Problem(
      `The weights of ${graph.name} are ${packed.length} bytes, expected ${needed}.`,
      "They are cut off or of another network: get all files of one release again.",
    );
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const weights = new Map<string, Float32Array>();
  let place = 0;
  for (const { node, name, bytes, length } of all) {
    const numbers = new Float32Array(length);
    for (let index = 0; index < length; index++, place += bytes)
      numbers[index] = bytes === 2 ? numberOf(view.getUint16(place, true)) : view.getFloat32(place, true);
    weights.set(`${node}/${name}`, numbers);
  }
  return (node, weight) => weights.get(`${node}/${weight}`)!;
}

function layoutOf(graph: Graph) {
  return namedWeightsOf(graph).map(({ key, specification: { shape } }) => {
    const slash = key.lastIndexOf("/");
    const length = shape.reduce((product, size) => product * size, 1);
    return { node: key.slice(0, slash), name: key.slice(slash + 1), bytes: shape.length > 1 ? 2 : 4, length };
  });
}

/** Gives the bits of the nearest number of 16 bits (IEEE 754 binary16), the even one of two that are as near. */
export function halfOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  // What is smaller than the smallest normal number has the same steps as that one has.
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  const steps = roundToEven(size / 2 ** (exponent - 10));
  // A step too many, or below the smallest normal number, is right by itself: the digits run over into the exponent.
  return sign | ((size < 2 ** -14 ? 0 : (exponent + 14) << 10) + steps);
}

/** Gives the number that 16 bits stand for. */
export function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const [exponent, digits] = [(half >> 10) & 0x1f, half & 0x3ff];
  if (exponent === 31) return digits === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? digits * 2 ** -24 : (1024 + digits) * 2 ** (exponent - 25));
}

function roundToEven(value: number): number {
  const [below, rest] = [Math.floor(value), value - Math.floor(value)];
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
