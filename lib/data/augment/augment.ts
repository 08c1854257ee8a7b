import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import type { Channel } from "../prepare/configuration";
import { checkNormalisation, normaliseInPlace, type Normalisation } from "../prepare/normalise";
import {
  changesAnything,
  changesLevels,
  checkAugmentation,
  strongestSpeckle,
  type AugmentationOptions,
} from "./augmentation";
import { blacken, drawCutout } from "./cutout";
import { disturbOutline } from "./disturb-outline";
import { changeLevels } from "./levels";
import { createMove, type Movement } from "./movement";
import { addSpeckle } from "./speckle";

/** What images look like in memory. */
export interface ImageLayout {
  /** Rows and columns. */
  readonly size: number;
  /** Their planes, in their order. */
  readonly channels: readonly Channel[];
}

/**
 * Varies one image, and normalises it where that was asked for.
 *
 * @param source The image, `[size, size, channels]`, from 0 to 1; it stays as it is.
 * @param target Where the result goes, in the same form.
 * @param random The source of chance. Movement, gamma and contrast are drawn first, whether or not they are used, so that
 *   turning one of them on changes no other.
 */
export type Augment = (source: Float32Array, target: Float32Array, random: RandomGenerator) => void;

/**
 * Makes the function that varies images of one layout.
 *
 * All planes move together. Gamma, contrast and speckle change gray levels alone; "gray × mask" is computed anew as their
 * product, so that it stays what it is. The size plane is multiplied by the magnification, as the lesion is now so much
 * larger, and stays at most 1. Where the outline is moved, that is the mask, and with it the product.
 *
 * @param normalisation By what the varied image is normalised, on the way and so in less time; default: null, not at all.
 * @returns The function. It keeps memory of its own between calls, of a few planes.
 * @throws {Problem} Where a setting is out of range, "gray × mask" cannot be computed anew, an outline is to be moved and there is no
 *   mask, or the normalisation does not fit.
 */
export function createAugment(
  options: Partial<AugmentationOptions>,
  layout: ImageLayout,
  normalisation: Normalisation | null = null,
): Augment {
  const settings = checkAugmentation(options);
  const { size, channels } = layout;
  if (normalisation !== null) checkNormalisation(normalisation, channels.length);
  if (!changesAnything(settings)) {
    return (source, target) => {
      target.set(source);
      if (normalisation !== null) normaliseInPlace(target, normalisation);
    };
  }
  const computesProduct = channels.includes("gray") && channels.includes("mask");
  if (channels.includes("gray × mask") && !computesProduct && (changesLevels(settings) || settings.outline)) {
    throw new Problem(
      `Images with the channels ${channels.join(", ")} cannot be augmented with gamma, contrast, speckle or outline: "gray × mask" is computed anew from gray and mask.`,
      'Prepare with the channels ["gray", "gray × mask", "mask"], or turn these off.',
    );
  }
  if (settings.outline !== undefined && !channels.includes("mask")) {
    throw new Problem(
      `Images with the channels ${channels.join(", ")} cannot be augmented with outline: there is no mask whose outline could be moved.`,
      'Prepare with the channel "mask", or leave outline out.',
    );
  }
  // A plane that is named twice is moved once. The product is moved as such only where it cannot be computed.
  const moved = [...new Set(channels)].filter(
    (channel) => channel !== "size" && !(channel === "gray × mask" && computesProduct),
  );
  const planes = new Map<Channel, Float32Array>(moved.map((channel) => [channel, new Float32Array(size * size)]));
  const move = createMove(size, channels.length);
  const moves = moved.map((channel) => ({
    channel: channels.indexOf(channel),
    target: planes.get(channel)!,
    fill: channel === "gray" ? settings.fill : ("black" as const),
  }));
  const writers = channels.map((_, start) => ({
    start,
    step: channels.length,
    mean: normalisation?.mean[start] ?? 0,
    factor: 1 / (normalisation?.deviation[start] ?? 1),
  }));
  const gray = planes.get("gray");
  const mask = planes.get("mask");

  const speckled = strongestSpeckle(settings.speckle) > 0;

  return (source, target, random) => {
    const movement = drawMovement(settings, random);
    const levels = { gamma: random.uniform(...settings.gamma), contrast: random.uniform(...settings.contrast) };
    const squares = drawCutout(settings.cutout, size, random);
    move(source, moves, movement);
    if (gray !== undefined) {
      changeLevels(gray, levels);
      if (speckled) addSpeckle(gray, size, drawStrength(settings.speckle, random), random);
    }
    // Of a chance of its own: whether it is on changes nothing else.
    if (settings.outline !== undefined) disturbOutline(mask!, size, settings.outline, random.split("outline"));
    for (const plane of planes.values()) blacken(plane, size, squares);

    for (const [place, channel] of channels.entries()) {
      const plane = planes.get(channel);
      if (plane !== undefined) writePlane(plane, target, writers[place]!);
      else if (channel === "size") writeConstant(Math.min(1, source[place]! * movement.scale), target, writers[place]!);
      else writeProduct(gray!, mask!, target, writers[place]!);
    }
  };
}

function drawMovement(settings: AugmentationOptions, random: RandomGenerator): Movement {
  const { flipHorizontal, flipVertical, scale, rotation, shift } = settings;
  return {
    flipHorizontal: random.uniform() < flipHorizontal,
    flipVertical: random.uniform() < flipVertical,
    scale: random.uniform(...scale),
    angle: random.uniform(-rotation, rotation),
    right: random.integer(-shift, shift),
    down: random.integer(-shift, shift),
  };
}

/** Where the pixels of a plane go, and by what they are normalised. */
interface Writer {
  readonly start: number;
  readonly step: number;
  readonly mean: number;
  readonly factor: number;
}

function writePlane(plane: Float32Array, target: Float32Array, { start, step, mean, factor }: Writer): void {
  for (let pixel = 0, place = start; pixel < plane.length; pixel++, place += step) {
    target[place] = (plane[pixel]! - mean) * factor;
  }
}

// Rounded before it is normalised, as the product is where it is not normalised on the way.
function writeProduct(
  one: Float32Array,
  other: Float32Array,
  target: Float32Array,
  { start, step, mean, factor }: Writer,
): void {
  for (let pixel = 0, place = start; pixel < one.length; pixel++, place += step) {
    target[place] = (Math.fround(one[pixel]! * other[pixel]!) - mean) * factor;
  }
}

function writeConstant(value: number, target: Float32Array, { start, step, mean, factor }: Writer): void {
  const normalised = (Math.fround(value) - mean) * factor;
  for (let place = start; place < target.length; place += step) target[place] = normalised;
}

function drawStrength(speckle: AugmentationOptions["speckle"], random: RandomGenerator): number {
  return typeof speckle === "number" ? speckle : random.uniform(...speckle);
}
