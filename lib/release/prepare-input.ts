import * as v from "valibot";

import { needsLesion } from "../data/prepare/configuration";
import { readMask, readPicture } from "../data/records/read-pixels";
import { boxOfMask } from "../pictures/mask";
import type { Box, Mask, Picture } from "../pictures/picture";
import { passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { findOutlines } from "../segment/find-outlines";
import type { Outline } from "../segment/outline";
import type { TrainedSegmentation } from "../segment/train-segmentation";
import type { ReleaseCard } from "./card";
import { makeInput, requireLesion, type ModelInput } from "./make-input";

const lesionPlace = v.strictObject({
  /** Its box in the picture's pixels; default: not known. */
  box: v.optional(passed<Box>("a box", (given) => typeof given === "object" && given !== null)),
  /** Its mask, a file or in memory, in the picture's size; default: not known. Where there is one, the box is not used. */
  mask: v.optional(passed<string | Mask>("a file or a mask")),
  /** A segmentation that finds the lesion where neither box nor mask is given, as `loadSegmentation` loads it; default: none. */
  finder: v.optional(passed<TrainedSegmentation>("a segmentation: segment.loadSegmentation(folder)")),
});

/**
 * Where the lesion is.
 *
 * @interface
 */
export type LesionPlace = v.InferInput<typeof lesionPlace>;

/**
 * Makes a network's input of one picture, by the very functions that prepared the images of the training.
 *
 * @param image The picture, a file or in memory.
 * @throws {Problem} Where a file is missing or damaged, the lesion is needed and neither given nor found, or the box or the mask does
 *   not fit the picture.
 */
export async function prepareInput(
  image: string | Picture,
  lesion: LesionPlace,
  card: Pick<ReleaseCard, "name" | "preparation" | "normalisation">,
): Promise<ModelInput> {
  const { box, mask: givenMask, finder } = checkOptions("predict", lesionPlace, lesion);
  const id = typeof image === "string" ? image : "The picture";
  // A picture that is not there is told of as such, whatever else is missing.
  const picture = typeof image === "string" ? await readPicture({ id, image: { kind: "file", path: image } }) : image;
  const needed = needsLesion(card.preparation);
  if (needed && finder !== undefined && box === undefined && givenMask === undefined) {
    const outline = findLesion(finder, picture, id);
    const input = makeInput({ id, picture, box: undefined, mask: outline.mask }, card);
    return { ...input, outline, warnings: [...input.warnings, ...doubtsOf(outline)] };
  }
  requireLesion(card.name, card.preparation, box, givenMask);
  const mask = needed && givenMask !== undefined ? await readGivenMask(givenMask, picture, id) : null;
  const input = makeInput({ id, picture, box, mask }, card);
  return { ...input, warnings: [...input.warnings, ...unused(needed, box, givenMask)] };
}

/** What is expected of an outline from which on it is usually right. */
const sure = 0.9;

function findLesion(finder: TrainedSegmentation, picture: Picture, id: string): Outline {
  const [outline] = findOutlines(finder, [{ id, picture }]);
  if (outline!.mask !== null) return outline!;
  throw new Problem(
    `No lesion was found in ${id}, and none was given.`,
    `Look at the picture; where there is one, give its box: predict("image.png", { box: { left: 120, top: 80, width: 60, height: 40 } }).`,
  );
}

// Of 376 images of BUS-BRA that a network had not seen, 53 % of the boxes were right where it expected less, and 98 % of the others.
function doubtsOf({ expectedDice, others }: Outline): string[] {
  const said = `The lesion was found by a network, which expects a Dice coefficient of ${expectedDice.toFixed(2)} of its outline`;
  return [
    ...(expectedDice < sure ? [`${said}: look at it, or give the lesion's box.`] : []),
    ...(others > 0
      ? [`Beside the lesion ${others === 1 ? "another part was" : `${others} other parts were`} found and left out.`]
      : []),
  ];
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

function unused(needed: boolean, box: Box | undefined, mask: unknown): string[] {
  if (!needed && (box !== undefined || mask !== undefined))
    return ["The model looks at the whole picture: box and mask were not used."];
  return box !== undefined && mask !== undefined ? ["The mask was used, and not the box."] : [];
}
