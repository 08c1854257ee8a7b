import * as v from "valibot";

import { needsLesion, needsMask, type PreparationOptions } from "../data/prepare/configuration";
import { normaliseInPlace } from "../data/prepare/normalise";
import { partOfPicture, prepareImage } from "../data/prepare/prepare-image";
import { commonPart } from "../data/prepare/region";
import { readMask, readPicture } from "../data/records/read-pixels";
import { boxOfMask } from "../pictures/mask";
import type { Box, Mask, Picture } from "../pictures/picture";
import { passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { ReleaseCard } from "./card";
import { lookAtPicture } from "./look-at-picture";

const lesionPlace = v.strictObject({
  /** Its box in the picture's pixels; default: not known. */
  box: v.optional(passed<Box>("a box", (given) => typeof given === "object" && given !== null)),
  /** Its mask, a file or in memory, in the picture's size; default: not known. Where there is one, the box is not used. */
  mask: v.optional(passed<string | Mask>("a file or a mask")),
});

/**
 * Where the lesion is.
 *
 * @interface
 */
export type LesionPlace = v.InferInput<typeof lesionPlace>;

/** An image as a network takes it. */
export interface ModelInput {
  /** The numbers, normalised, `[size, size, channels]` row by row. float32. */
  readonly values: Float32Array;
  /** What of the picture they show, in its pixels; what was added to make it square may reach beyond the picture. */
  readonly part: Box;
  readonly warnings: readonly string[];
}

/**
 * Makes a network's input of one picture, by the very functions that prepared the images of the training.
 *
 * @param image The picture, a file or in memory.
 * @throws {Problem} Where a file is missing or damaged, the lesion is needed and not given, or the box or the mask does not
 *   fit the picture.
 */
export async function prepareInput(
  image: string | Picture,
  lesion: LesionPlace,
  { name, preparation, normalisation }: Pick<ReleaseCard, "name" | "preparation" | "normalisation">,
): Promise<ModelInput> {
  const { box, mask: givenMask } = checkOptions("predict", lesionPlace, lesion);
  const id = typeof image === "string" ? image : "The picture";
  // A picture that is not there is told of as such, whatever else is missing.
  const picture = typeof image === "string" ? await readPicture({ id, image: { kind: "file", path: image } }) : image;
  requireLesion(name, preparation, box, givenMask);
  checkPicture(picture, id);
  const needed = needsLesion(preparation);
  const mask = needed && givenMask !== undefined ? await readGivenMask(givenMask, picture, id) : null;
  if (needed && mask === null) checkBox(box!, picture, id);
  const raw = { id, picture, mask, box: needed ? box : undefined };
  const values = prepareImage(raw, preparation);
  normaliseInPlace(values, normalisation);
  return {
    values,
    part: partOfPicture(raw, preparation),
    warnings: [...lookAtPicture(picture, preparation, box), ...unused(needed, box, givenMask)],
  };
}

function requireLesion(name: string, preparation: PreparationOptions, box?: Box, mask?: unknown): void {
  if (needsMask(preparation) && mask === undefined) {
    throw new Problem(
      `${name} takes a plane with the lesion's mask, and none was given.`,
      `Give its file: predict("image.png", { mask: "mask.png" }).`,
    );
  }
  if (needsLesion(preparation) && mask === undefined && box === undefined) {
    throw new Problem(
      `${name} looks at the lesion and its surroundings, and was not told where the lesion is.`,
      `Give its box or its mask: predict("image.png", { box: { left: 120, top: 80, width: 60, height: 40 } }).`,
    );
  }
}

function checkPicture({ width, height, pixels }: Picture, id: string): void {
  if (pixels.length !== width * height || pixels.length === 0) {
    throw new Problem(
      `${id} has ${pixels.length} pixels, expected ${height} × ${width} = ${height * width}.`,
      "Give its gray levels row by row.",
    );
  }
  const bad = pixels.find((level) => !(level >= 0 && level <= 1));
  if (bad !== undefined) {
    throw new Problem(`${id} has the gray level ${bad}, expected 0 to 1.`, "Divide levels of 8 bits by 255.");
  }
}

async function readGivenMask(given: string | Mask, picture: Picture, id: string): Promise<Mask> {
  const mask = typeof given === "string" ? await readMask({ id, masks: [{ kind: "file", path: given }] }) : given;
  const { width, height } = mask!;
  if (width !== picture.width || height !== picture.height) {
    throw new Problem(
      `The mask of ${id} has ${width} × ${height} pixels, the picture ${picture.width} × ${picture.height}.`,
      "Give the mask that belongs to this picture, in its size.",
    );
  }
  if (boxOfMask(mask!) === null) {
    throw new Problem(`The mask of ${id} is empty: it shows no lesion.`, "Give a mask that is bright in the lesion.");
  }
  return mask!;
}

function checkBox(box: Box, picture: Picture, id: string): void {
  const { left, top, width, height } = box;
  const whole = [left, top, width, height].every(Number.isInteger) && width >= 1 && height >= 1;
  const inside = whole ? commonPart(box, { left: 0, top: 0, width: picture.width, height: picture.height }) : null;
  // A box may reach a little beyond the picture; one that lies mostly outside is of another picture, or in other units.
  if (inside !== null && 2 * inside.width * inside.height >= width * height) return;
  throw new Problem(
    `The box ${JSON.stringify(box)} was given for ${id}, a picture of ${picture.width} × ${picture.height} pixels.`,
    "Give left, top, width and height in whole pixels of the picture, width and height from 1; at least half of the box must lie in the picture.",
  );
}

function unused(needed: boolean, box: Box | undefined, mask: unknown): string[] {
  if (!needed && (box !== undefined || mask !== undefined))
    return ["The model looks at the whole picture: box and mask were not used."];
  return box !== undefined && mask !== undefined ? ["The mask was used, and not the box."] : [];
}
