import type { Graph } from "../../graph/graph";
import { namedWeightsOf } from "../../graph/named-weights";
import type { WeightNumbers } from "../../onnx/translate";
import { Problem } from "../../runtime/problem";

/**
 * Packs the weights of a network into text: their numbers of 32 bits, the lowest byte first, one weight after the other in the
 * order of `namedWeightsOf`, in base 64.
 */
export function packWeights(graph: Graph, weights: WeightNumbers): string {
  const numbers = namedWeightsOf(graph).flatMap(({ key }) => {
    const slash = key.lastIndexOf("/");
    return [weights(key.slice(0, slash), key.slice(slash + 1))];
  });
  const bytes = new Uint8Array(4 * numbers.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let place = 0;
  for (const own of numbers)
    for (const number of own) {
      view.setFloat32(place, number, true);
      place += 4;
    }
  return toBase64(bytes);
}

/**
 * Reads what {@link packWeights} has packed.
 *
 * @throws {Problem} Where it is cut off, or of another network.
 */
export function unpackWeights(graph: Graph, packed: string): WeightNumbers {
  const bytes = fromBase64(packed);
  const view = new DataView(bytes.buffer);
  const weights = new Map<string, Float32Array>();
  let place = 0;
  for (const { key, specification } of namedWeightsOf(graph)) {
    const length = specification.shape.reduce((product, size) => product * size, 1);
    if (place + 4 * length > bytes.length) break;
    weights.set(
      key,
      Float32Array.from({ length }, (_, index) => view.getFloat32(place + 4 * index, true)),
    );
    place += 4 * length;
  }
  if (weights.size === namedWeightsOf(graph).length && place === bytes.length)
    return (node, weight) => weights.get(`${node}/${weight}`)!;
  throw new Problem("The network's weights are not whole.", "The page is damaged: get it again.");
}

/** Writes bytes in base 64. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // Functions take no more arguments than fit onto the stack.
  for (let start = 0; start < bytes.length; start += 8190)
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8190)));
  return btoa(parts.join(""));
}

/**
 * Reads bytes from base 64.
 *
 * @throws {Problem} Where it is something else.
 */
export function fromBase64(text: string): Uint8Array {
  try {
    const letters = atob(text.trim());
    const bytes = new Uint8Array(letters.length);
    for (let place = 0; place < letters.length; place++) bytes[place] = letters.charCodeAt(place);
    return bytes;
  } catch {
    throw new Problem("What the page holds is not in base 64.", "The page is damaged: get it again.");
  }
}
