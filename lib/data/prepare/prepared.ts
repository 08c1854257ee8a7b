import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import type { Channel, PreparationOptions } from "./configuration";

/** Images that are ready for a network. */
export interface Prepared {
  /** The images' names, in the order of the records. */
  readonly ids: readonly string[];
  /** Their classes, `[images]`: 0 benign, 1 malignant. int32. */
  readonly labels: Int32Array;
  /** Their numbers, `[images, size, size, channels]`, from 0 to 1. float32. Not to be changed: augmentation copies. */
  readonly pixels: Float32Array;
  /** Rows and columns of each. */
  readonly size: number;
  /** The planes of each, in their order. */
  readonly channels: readonly Channel[];
  /**
   * SHA-256 in 64 hexadecimal digits of all that a network can see: settings, names, classes and numbers. Two runs with
   * the same hash had the same data.
   */
  readonly hash: string;
  /** All settings that they were prepared with. */
  readonly configuration: PreparationOptions;
  /** Which images were left out and why. */
  readonly leftOut: readonly Finding[];
  /** What was noticed about the cache: files that changed, damage that was mended. */
  readonly notices: readonly Finding[];
  /** Whether the numbers came from the cache. */
  readonly fromCache: boolean;
}

/**
 * Finds images by name.
 *
 * @returns Their places, from 0, in the order of the names.
 * @throws {Problem} Where a name is missing from the images or stands twice in the list.
 */
export function placesOf(prepared: Pick<Prepared, "ids">, ids: readonly string[]): number[] {
  const places = new Map(prepared.ids.map((id, place) => [id, place]));
  const seen = new Set<string>();
  return ids.map((id) => {
    const place = places.get(id);
    if (place === undefined) {
      throw new Problem(
        `The image "${id}" is not among the ${prepared.ids.length} that were prepared.`,
        "It may have been left out: look at leftOut, and split what was prepared.",
      );
    }
    if (seen.has(id)) {
      throw new Problem(`The image "${id}" stands twice in a list of images.`, "Each image may stand there once.");
    }
    seen.add(id);
    return place;
  });
}
