import { readNumpyArchive, type NumpyArray } from "../../files/numpy-archive";
import { readOnce } from "../../files/read-once";
import type { Picture } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";
import type { PixelSource } from "./record";

/**
 * Reads an archive of NumPy arrays, or gives what was read of it before: the images of a set come one after the other from
 * one archive.
 *
 * @throws {Problem} Where it is missing or damaged.
 */
export const openArchive: (path: string) => Promise<ReadonlyMap<string, NumpyArray>> = readOnce(readNumpyArchive);

/**
 * Reads one image of an array `[images, height, width]` or `[images, height, width, channels]` of uint8.
 *
 * @throws {Problem} Where the archive, the array or the image is missing, or the array has another form.
 */
export async function readArrayImage(source: Extract<PixelSource, { kind: "array" }>): Promise<Picture> {
  const array = (await openArchive(source.path)).get(source.array);
  if (array === undefined) {
    throw new Problem(`${source.path} has no array "${source.array}".`, "Look whether it is the right file.");
  }
  const [count, height, width, channels = 1] = array.shape;
  const good = (array.shape.length === 3 || array.shape.length === 4) && array.dtype === "uint8";
  if (!good || count === undefined || height === undefined || width === undefined || ![1, 3].includes(channels)) {
    throw new Problem(
      `${source.path}: the array "${source.array}" is ${array.dtype} [${array.shape.join(", ")}], expected uint8 [images, height, width].`,
      "Look whether it is the right file.",
    );
  }
  if (!(source.index >= 0 && source.index < count)) {
    throw new Problem(
      `${source.path}: "${source.array}" has ${count} images, number ${source.index} was asked for.`,
      "Look whether it is the right file.",
    );
  }
  const values = array.data as Uint8Array;
  const start = source.index * height * width * channels;
  const pixels = new Float32Array(height * width);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const place = start + pixel * channels;
    const level =
      channels === 1
        ? values[place]!
        : 0.299 * values[place]! + 0.587 * values[place + 1]! + 0.114 * values[place + 2]!;
    pixels[pixel] = level / 255;
  }
  return { width, height, pixels };
}
