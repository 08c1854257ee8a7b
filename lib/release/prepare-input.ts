import * as v from "valibot";

import { needsLesion } from "../data/prepare/configuration";
import { readMask, readPicture } from "../data/records/read-pixels";
import { boxOfMask } from "../pictures/mask";
import type { Box, Mask, Picture } from "../pictures/picture";
import { number, passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { findOutlines } from "../segment/find-outlines";
import type { ReleaseCard } from "./card";
import { asksFinder, doubtsOf } from "./find-lesion";
import type { Finder } from "./finder-files";
import { checkBox, makeInput, requireLesion, type ModelInput } from "./make-input";

const lesionPlace = v.strictObject({
  /** Its box in the picture's pixels; default: not known. */
  box: v.optional(passed<Box>("a box", (given) => typeof given === "object" && given !== null)),
  /** Its mask, a file or in memory, in the picture's size; default: not known. Where there is one, the box is not used. */
  mask: v.optional(passed<string | Mask>("a file or a mask")),
  /** Millimetres from one pixel to the next, where the network looks at a part in millimetres; default: not known. */
  pixelSize: v.optional(number({ from: 0.001, to: 10 })),
  /**
   * A segmentation that finds the lesion where neither box nor mask is given, and its outline in the box where the network takes that; as
   * `loadSegmentation` loads it. Default: the release's own, where it has one.
   */
  finder: v.optional(passed<Finder>("a segmentation: segment.loadSegmentation(folder)")),
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
 * @throws {NothingFound} Where a finder was to find the lesion, and found none.
 * @throws {Problem} Where a file is missing or damaged, the lesion is needed and not given, or the box or the mask does not fit the
 *   picture.
 */
export async function prepareInput(
  image: string | Picture,
  lesion: LesionPlace,
  card: Pick<ReleaseCard, "name" | "preparation" | "normalisation">,
): Promise<ModelInput> {
  const { box, mask: givenMask, finder, pixelSize } = checkOptions("predict", lesionPlace, lesion);
  const id = typeof image === "string" ? image : "The picture";
  // A picture that is not there is told of as such, whatever else is missing.
  const picture = typeof image === "string" ? await readPicture({ id, image: { kind: "file", path: image } }) : image;
  const needed = needsLesion(card.preparation);
  if (finder !== undefined && asksFinder(card.preparation, box, givenMask)) {
    if (box !== undefined) checkBox(box, picture, id);
    const [outline] = findOutlines(finder, [{ id, picture, within: box }]);
    const { mask } = outline!;
    if (mask === null) throw nothingFound(id, box);
    const input = makeInput({ id, picture, box: undefined, mask, pixelSize }, card);
    return {
      ...{ ...input, outline: outline! },
      warnings: [...input.warnings, ...doubtsOf(outline!, picture, box, finder.sure)],
    };
  }
  requireLesion(card.name, card.preparation, box, givenMask);
  const mask = needed && givenMask !== undefined ? await readGivenMask(givenMask, picture, id) : null;
  const input = makeInput({ id, picture, box, mask, pixelSize }, card);
  return { ...input, warnings: [...input.warnings, ...unused(needed, box, givenMask)] };
}

/** Says that a finder found nothing in a picture, and what to do. */
export class NothingFound extends Problem {}

function nothingFound(id: string, box: Box | undefined): NothingFound {
  if (box !== undefined)
    return new NothingFound(
      `No lesion was found in the box of ${id}.`,
      "Draw the box anew, or give the lesion's mask.",
    );
  return new NothingFound(
    `No lesion was found in ${id}, and none was given.`,
    'Look at the picture; where there is one, give its box: predict("image.png", { box: { left: 120, top: 80, width: 60, height: 40 } }).',
  );
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
