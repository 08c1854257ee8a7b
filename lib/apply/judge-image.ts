import { join } from "node:path";

import type { ListedPicture } from "../data/own/list-pictures";
import { needsLesion, needsMask, needsPixelSize } from "../data/prepare/configuration";
import { gradCam } from "../explain/grad-cam";
import { scaleHeatMaps } from "../explain/heat-maps";
import { writeAtomically } from "../files/write-atomically";
import { isSure } from "../release/find-lesion";
import { lookAtDevice, lookAtLevels } from "../release/gray-levels";
import type { LoadedRelease } from "../release/load-release";
import { NothingFound, type LesionPlace } from "../release/prepare-input";
import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import type { Outline } from "../segment/outline";
import { encodeMask } from "../segment/outlines-folder";
import { rowOf, type AppliedRow } from "./applied-row";
import { encodeFullMap } from "./full-map";
import { readImage, type ImageToJudge, type ReadImageOptions } from "./read-image";

/** The folders with the heat maps, and with the outlines that were found, in that with the results. */
export const [mapsFolder, outlinesFolder] = ["heat-maps", "outlines"] as const;

/** Why a picture has no prediction in which a finder found nothing, and what to do. */
const nothingFound =
  "No lesion was found in it. Look at it; where there is one, give its box by --boxes TABLE, or put its mask beside it.";

/**
 * Applies a release to one file, and writes its heat maps, and outlines that it finds. Whatever is wrong with the file becomes a row, and no error.
 *
 * @param out The folder with the results.
 * @returns A row an image: one, or several of DICOM.
 * @throws What is wrong with the machine: a disk that is full, memory that is used up.
 */
export async function judgeImage(
  release: LoadedRelease,
  image: ListedPicture,
  out: string,
  options: Omit<ReadImageOptions, "lesion">,
): Promise<AppliedRow[]> {
  const { preparation } = release.card;
  const refused = (error: unknown, given: Partial<AppliedRow> = {}) => {
    if (!(error instanceof Problem)) throw error;
    const isNothing = error instanceof NothingFound;
    return rowOf(image.id, {
      ...given,
      ...(isNothing && { lesion: "nothing found" }),
      fate: "refused",
      warnings: [...image.remarks],
      reason: isNothing ? nothingFound : error.message,
    });
  };
  try {
    const { images, leftOut } = await readImage(image, { ...options, lesion: needsLesion(preparation) });
    const rows: AppliedRow[] = leftOut.map((reason) => rowOf(image.id, { fate: "left out", reason }));
    for (const one of images) {
      const { part, device = "" } = one;
      try {
        rows.push(await judge(release, image, one, out));
      } catch (error) {
        rows.push(refused(error, { part, device }));
      }
    }
    return rows;
  } catch (error) {
    return [refused(error)];
  }
}

async function judge(
  release: LoadedRelease,
  image: ListedPicture,
  one: ImageToJudge,
  out: string,
): Promise<AppliedRow> {
  const { card } = release;
  const { part, picture, lesion, device, remarks } = one;
  requireLesion(release, one);
  const input = await release.prepareInput(picture, lesion);
  const { outline: found } = input;
  const { probability, label, warnings } = release.predictInput(input);
  const map = mapMalignant(release, input.values);
  // Of several images of a file each has a map of its own.
  const name = `${image.id}${part === "" ? "" : ` ${part}`}.png`;
  const [heatMap, outline] = [`${mapsFolder}/${name}`, found === undefined ? "" : `${outlinesFolder}/${name}`];
  const given = typeof lesion.mask === "object" ? lesion.mask : null;
  writeAtomically(
    join(out, heatMap),
    encodeFullMap({
      ...{ picture, map: map.scaled, part: input.part },
      ...{ lesion: found?.mask ?? given, isFound: found !== undefined },
    }),
  );
  if (found !== undefined) writeAtomically(join(out, outline), encodeMask(found.mask!));
  return rowOf(image.id, {
    lesion: originOf(release, lesion, found),
    ...(found !== undefined && { expectedDice: found.expectedDice, others: found.others, outline }),
    ...{ part, fate: "predicted", probability, label, heatMap, largest: map.largest, device: device ?? "" },
    warnings: [
      ...image.remarks,
      ...remarks,
      ...warnings,
      ...lookAtLevels(input.values, card),
      ...lookAtDevice(device, card),
    ],
  });
}

function originOf(
  { card, finder }: LoadedRelease,
  given: LesionPlace,
  found: Outline | undefined,
): AppliedRow["lesion"] {
  if (found !== undefined) return isSure(found, finder!.sure) ? "found" : "unsure";
  return needsLesion(card.preparation) && (given.box !== undefined || given.mask !== undefined) ? "given" : "";
}

function requireLesion(
  { card: { name, preparation }, finder }: LoadedRelease,
  { lesion: { mask, box, pixelSize } }: ImageToJudge,
): void {
  if (needsPixelSize(preparation) && pixelSize === undefined)
    throw new Problem(
      `Its pixel size is not known: ${name} looks at a part of the picture in millimetres.`,
      "State it in a column pixelSize of the table, in millimetres from one pixel to the next.",
    );
  if (finder !== null) return;
  if (needsMask(preparation) && mask === undefined)
    throw new Problem(
      `It has no mask: ${name} takes the lesion's outline${box === undefined ? "" : ", and a box is not enough"}.`,
      "Put its mask beside it, named like it with _mask behind, or name a network that finds outlines: --finder.",
    );
  if (needsLesion(preparation) && mask === undefined && box === undefined)
    throw new Problem(
      `It has neither a box nor a mask: ${name} looks at the lesion and its surroundings.`,
      "Give a table with its box, --boxes TABLE with the columns image,x,y,width,height, put its mask beside it, or name a network that finds lesions: --finder.",
    );
}

function mapMalignant({ card, graph, weights }: LoadedRelease, values: Float32Array) {
  const { size, channels } = card.preparation;
  const images = tf.tensor4d(values, [1, size, size, channels.length]);
  try {
    const maps = gradCam(graph, weights.of, images, { target: 1, score: "log-odds" });
    const {
      maps: [pixels],
      full: [largest],
    } = scaleHeatMaps(maps, "each");
    return { scaled: { width: size, height: size, pixels: pixels! }, largest: largest! };
  } finally {
    images.dispose();
  }
}
