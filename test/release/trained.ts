import { writeFileSync } from "node:fs";
import { join } from "node:path";

import sharp from "sharp";

import { generatePhantoms } from "../../lib/data/phantom/phantom";
import { prepare } from "../../lib/data/prepare/prepare";
import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import type { Picture } from "../../lib/pictures/picture";
import type { ReleaseContents } from "../../lib/release/release-model";
import { createRandom } from "../../lib/runtime/random";
import { buildSpecified, sizeOf } from "../../lib/train/specification";
import { trainNetwork } from "../../lib/train/train-network";
import { tinyFound } from "../train/helpers";
import type { ReleasedFinder } from "../../lib/release/finder-files";
import type { TrainedSegmentation } from "../../lib/segment/train-segmentation";
import { exampleContents, exampleFinderCard } from "./example";

/** A small found network that was trained on phantoms, to be released; whoever asks for it disposes its weights. */
export async function trainedContents(): Promise<ReleaseContents> {
  const set = makePhantomSet({ count: 60, size: 128, malignant: 0.5, difficulty: 0.2, seed: 5 });
  const { records } = await set.list("");
  const prepared = await prepare(records, { size: 32 }, { cacheFolder: null });
  const images = { prepared, train: prepared.ids.slice(0, 48), validation: prepared.ids.slice(48) };
  const graph = buildSpecified(tinyFound, sizeOf(prepared));
  const training = { epochs: 12, batchSize: 8, schedule: { kind: "one-cycle", rate: 0.05 } } as const;
  const { weights, normalisation } = await trainNetwork(graph, images, training);
  return exampleContents({
    ...{ name: "Trained on phantoms", graph, weights, normalisation, preparation: prepared.configuration },
    architecture: tinyFound.kind === "found" ? tinyFound.architecture : null,
    data: { name: "Phantoms", hash: prepared.hash, licence: "CC0", images: 48, patients: 24 },
    testData: { name: "Other phantoms", hash: null, licence: "CC0", images: 12, patients: 6 },
  });
}

/** The finder of {@link learnedSegmentation}, to be released; its weights stay the caller's. */
export function finderOf(network: TrainedSegmentation): ReleasedFinder {
  const { sure, data, testData, results } = exampleFinderCard;
  return { sure, data, testData, results, network };
}

/** A phantom as a picture of a lesion. */
export function phantomPicture(size: number): Picture {
  const { pixels } = generatePhantoms({ count: 1, size, random: createRandom(7) })[0]!;
  return { width: size, height: size, pixels };
}

/**
 * Writes a picture as the files that people have: gray and colour, PNG, JPEG, WebP and bitmap, with a palette, and of an odd size.
 *
 * @returns The files' names.
 */
export async function writeMixedPictures(folder: string, picture: Picture, name: string): Promise<string[]> {
  const { width, height, pixels } = picture;
  const levels = Uint8Array.from(pixels, (level) => Math.round(Math.min(1, Math.max(0, level)) * 255));
  const colours = Uint8Array.from({ length: levels.length * 3 }, (_, place) => {
    const level = levels[Math.floor(place / 3)]!;
    return [level, Math.min(255, level + 40), Math.max(0, level - 25)][place % 3]!;
  });
  const gray = () => sharp(levels, { raw: { width, height, channels: 1 } });
  const colour = () => sharp(colours, { raw: { width, height, channels: 3 } });
  const odd = { left: 0, top: 0, width: width - 3, height: height - 22 };
  const files = {
    "gray.png": gray().png(),
    "colour.png": colour().png(),
    "palette.png": colour().png({ palette: true }),
    "gray.jpg": gray().jpeg({ quality: 92 }),
    "colour.jpg": colour().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }),
    "odd.png": gray().extract(odd).png(),
    "lossless.webp": gray().webp({ lossless: true }),
  };
  for (const [file, made] of Object.entries(files)) await made.toFile(join(folder, `${name}-${file}`));
  writeFileSync(join(folder, `${name}-colour.bmp`), colourBitmap(width, height, colours));
  return [...Object.keys(files), "colour.bmp"].map((file) => `${name}-${file}`);
}

/** A bitmap of 24 bits, from the bottom up, its rows filled to whole words. */
function colourBitmap(width: number, height: number, colours: Uint8Array): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write("BM", 0, "latin1");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let colour = 0; colour < 3; colour++)
        file[54 + (height - 1 - row) * stride + 3 * column + colour] =
          colours[3 * (row * width + column) + 2 - colour]!;
  return file;
}
