import { existsSync } from "node:fs";

import sharp from "sharp";

import { needsLesion, needsMask, needsPixelSize } from "../../data/prepare/configuration";
import { generatePhantoms } from "../../data/phantom/phantom";
import { readWhole } from "../../files/read-whole";
import { writeAtomically } from "../../files/write-atomically";
import type { Graph } from "../../graph/graph";
import type { WeightNumbers } from "../../onnx/translate";
import { decodePicture } from "../../pictures/decode-picture";
import { Problem } from "../../runtime/problem";
import { createRandom } from "../../runtime/random";
import type { ReleaseCard } from "../card";
import { bundleScript } from "./bundle-script";
import { ellipseIn } from "./open-model";
import { areaOfMask } from "../../pictures/mask";
import type { FindOutline } from "../find-lesion";
import { packHalf } from "../half-weights";
import { fromBase64, packWeights, toBase64 } from "./packed-weights";
import { pageMark, renderPage, type PageCheck, type PageContents } from "./render-page";

/** The most bytes of a page: what mail programs still send, and telephones still open. */
const mostBytes = 24_000_000;

/** The sides of the two computed images by which a page is checked. */
const [checkSize, jpegSize] = [96, 24];

/** How long a pixel of the first is taken to be, in millimetres. */
const checkPixelSize = 0.4;

/** A network that is asked. */
export interface OtherNetwork {
  readonly card: ReleaseCard;
  readonly graph: Graph;
  readonly weights: WeightNumbers;
}

/** A network that a page lets one try. */
export interface PageNetwork extends OtherNetwork {
  /** Networks that are asked beside it, to see whether they agree; they need the same of an image. */
  readonly others: readonly OtherNetwork[];
  /** What the library says of a picture: the page has to say the same. */
  readonly predict: PageJudge;
  /** The network that finds the lesion, and what the library finds by it; null for none. */
  readonly finder: PageFinder | null;
}

/** A network that finds the lesion for a page. */
export interface PageFinder {
  readonly graph: Graph;
  readonly weights: WeightNumbers;
  readonly find: FindOutline;
}

/** Gives the probability of a picture with a lesion. */
type PageJudge = (
  picture: { width: number; height: number; pixels: Float32Array },
  lesion: object,
) => Promise<{ probability: number }>;

/**
 * Writes a page: one HTML file that works from the disk, in any browser, without a network, and in which nothing can be sent.
 *
 * @param file The file, with the ending .html; an older page of that name is replaced, and no other file.
 * @param network The network that is tried; null for a page that only draws boxes.
 * @returns How many bytes it has.
 * @throws {Problem} Where another network needs a lesion and this one does not or the other way round, another file is there, it would be larger than 24 MB, or it cannot be written.
 */
export async function writePage(file: string, network: PageNetwork | null): Promise<number> {
  if (!/\.html?$/i.test(file)) throw new Problem(`${file} is not called as a page is.`, "Give it the ending .html.");
  if (
    existsSync(file) &&
    !readWhole(file, mostBytes * 4)
      .toString("latin1")
      .startsWith(pageMark)
  )
    throw new Problem(
      `${file} is there already, and is no page of this program.`,
      "Choose another name, or move it away.",
    );
  const release = network === null ? null : await describe(network);
  const asked = network === null ? [] : [network, ...network.others];
  const finder = network?.finder ?? null;
  const weights = [
    ...asked.map((one) => packWeights(one.graph, one.weights)),
    ...(finder === null ? [] : [toBase64(packHalf(finder.graph, finder.weights))]),
  ].join("\n");
  const page = Buffer.from(renderPage({ release }, weights, await bundleScript()));
  if (page.length > mostBytes)
    throw new Problem(
      `The page would have ${page.length} bytes, more than ${mostBytes}.`,
      "Release a smaller network, or hand it over as ONNX.",
    );
  writeAtomically(file, page);
  return page.length;
}

async function describe({ card, graph, others, predict, finder }: PageNetwork): Promise<PageContents["release"]> {
  const needs = ({ preparation }: ReleaseCard) =>
    `${needsLesion(preparation)} ${needsMask(preparation)} ${needsPixelSize(preparation)}`;
  const apart = others.find((one) => needs(one.card) !== needs(card));
  if (apart !== undefined)
    throw new Problem(
      `${apart.card.name} and ${card.name} look at images in different ways: one of them needs the lesion, its mask, or the pixel size, and the other does not.`,
      "Put networks together that need the same.",
    );
  const asked = others.map((one) => ({ card: one.card, graph: one.graph }));
  const check = await makeCheck(card, predict);
  return { card, graph, check, others: asked, finder: finder === null ? null : checkOf(finder, check) };
}

// Computed images, of no patient.
async function makeCheck(card: ReleaseCard, predict: PageJudge): Promise<PageCheck> {
  const { pixels, box } = phantom(checkSize);
  const levels = Uint8Array.from(pixels, (level) => Math.round(Math.min(1, Math.max(0, level)) * 255));
  const picture = { width: checkSize, height: checkSize, pixels: Float32Array.from(levels, (level) => level / 255) };
  // Where a network takes an outline, a page takes the ellipse in the box.
  const lesion = needsMask(card.preparation) ? { mask: ellipseIn(box, picture) } : { box };
  const { probability } = await predict(picture, { ...lesion, pixelSize: checkPixelSize });
  const small = Uint8Array.from(phantom(jpegSize).pixels, (level) => Math.round(Math.min(1, Math.max(0, level)) * 255));
  const jpeg = await sharp(small, { raw: { width: jpegSize, height: jpegSize, channels: 1 } })
    .jpeg({ quality: 95 })
    .toBuffer();
  const { pixels: read } = await decodePicture(jpeg, "The page's own image");
  return {
    ...{ width: checkSize, height: checkSize, levels: toBase64(levels), box, pixelSize: checkPixelSize, probability },
    jpeg: toBase64(jpeg),
    decoded: [...read].map((level) => Math.round(level * 255)),
    // Decoders of different programs round differently; protection against being recognised gives another picture.
    tolerance: 6 / 255,
  };
}

function checkOf({ graph, find }: PageFinder, { width, height, levels }: PageCheck) {
  const pixels = Float32Array.from(fromBase64(levels), (level) => level / 255);
  const { mask, expectedDice } = find({ width, height, pixels }, undefined);
  return { graph, check: { area: mask === null ? 0 : areaOfMask(mask), expectedDice } };
}

const phantom = (size: number) => generatePhantoms({ count: 1, size, random: createRandom(1) })[0]!;
