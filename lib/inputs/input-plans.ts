import type { LoadedSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import { keepImages } from "../data/split/keep-images";
import type { Split } from "../data/split/split";
import { usableRecords } from "../data/prepare/usable-records";
import { preparations } from "../data/prepare/presets";
import type { CrossFittedOutlines } from "../segment/outlines-folder";
import { withFoundOutlines } from "../segment/outlines-folder";
import { sizeOfVariants, type Variant, type VariantsRequest } from "../variants/plan-variant";
import { disturbanceAt, type InputArm } from "./input-arms";

/** What is compared, beside the inputs. */
export interface InputsRequest extends VariantsRequest {
  /** The folder of `npm run segment`, with all folds. */
  readonly outlines: string;
}

/** The images that all inputs have in common, and their folds. */
export interface CommonImages {
  readonly split: Split;
  /** How many images are left out of all inputs, because nothing was found in them. */
  readonly nothingFound: number;
}

/**
 * Chooses the images that every input can be made of, those in which something was found, and divides them as the set itself is divided:
 * all inputs learn from the same images and are tested on the same.
 *
 * @throws {Problem} Where an image was not outlined.
 */
export function commonImages(loaded: LoadedSet, outlines: CrossFittedOutlines): CommonImages {
  const { records } = usableRecords(loaded, {
    ...{ normal: "leave-out", withoutLesion: "leave-out", preparation: preparations.squareContext },
  });
  const found = new Set(
    withFoundOutlines(records, outlines).flatMap(({ id, masks }) => (masks.length > 0 ? [id] : [])),
  );
  return {
    nothingFound: records.length - found.size,
    split: keepImages(splitSet(loaded), found, "where a lesion was found"),
  };
}

/** Makes an input a variant: what is seen of the picture, whose outlines, and what is disturbed. */
export function variantOf(arm: InputArm, request: InputsRequest): Variant {
  const { name, preparation, outlines, boxes } = arm;
  const of = outlines === "found" ? "all" : "test";
  return {
    ...{ name, preparation },
    training: { augment: disturbanceAt(arm, sizeOfVariants(request)) },
    ...(outlines === "found" || outlines === "mixed"
      ? {
          records: {
            withoutLesion: "leave-out" as const,
            outlines: { folder: request.outlines, of, ...(boxes !== undefined && { boxes }) },
          },
        }
      : {}),
  };
}
