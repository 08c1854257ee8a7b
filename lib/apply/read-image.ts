import { statSync } from "node:fs";

import {
  cropPicture,
  largestDicom,
  lookAtDicom,
  type DicomImage,
  type DicomSettings,
} from "../data/command/look-at-dicom";
import { findMaskFaults, hasTwoLevels } from "../data/inspect/mask-faults";
import type { ListedPicture } from "../data/own/list-pictures";
import { readMaskPicture, readSource } from "../data/records/read-pixels";
import { openDicom } from "../dicom/open-dicom";
import { formatBytes } from "../files/free-space";
import { readWhole } from "../files/read-whole";
import { brightestOf } from "../pictures/brightest";
import type { DecodedPicture } from "../pictures/assemble-picture";
import { uniteMasks } from "../pictures/mask";
import type { Box, Mask, Picture } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import type { LesionPlace } from "../release/prepare-input";

/** One picture that a file gives, with its lesion. */
export interface ImageToJudge {
  /** Which of several: "frame 3"; empty for the only one. */
  readonly part: string;
  readonly picture: Picture | DecodedPicture;
  /** Where the lesion is, as far as it is known and wanted, and how long a pixel is. */
  readonly lesion: LesionPlace;
  readonly device: string | undefined;
  readonly remarks: readonly string[];
}

/** What a file gives. */
export interface ImagesToJudge {
  readonly images: readonly ImageToJudge[];
  /** Why parts of the file are left out. */
  readonly leftOut: readonly string[];
}

/** Of 16 bits, the brightest level that 12 hold. */
const twelveBits = 4095;

/** How images are read. */
export interface ReadImageOptions {
  /** Whether the lesion is wanted at all. */
  readonly lesion: boolean;
  /** How many of 16 bits hold the gray levels; undefined: all. */
  readonly bits: number | undefined;
  readonly dicom: DicomSettings;
}

/**
 * Reads what a file gives: a picture, or the frames and regions of tissue of DICOM. Boxes and masks are those of the file's whole
 * picture, and are cropped with it.
 *
 * @throws {Problem} Where the file is damaged, too large, or of a kind that is not known, or its mask cannot be one.
 */
export async function readImage(image: ListedPicture, options: ReadImageOptions): Promise<ImagesToJudge> {
  const { path } = image.file;
  const { size } = statSync(path);
  if (size > largestDicom) {
    const sizes = `${formatBytes(size)}, expected at most ${formatBytes(largestDicom)}`;
    throw new Problem(`${path} has ${sizes}.`, "Look whether it is the right file.");
  }
  if (image.dicom) return readDicom(image, options);
  const { bits } = options;
  const picture = await readSource({ kind: "file", path, ...(bits !== undefined && { bits }) });
  const lesion = options.lesion ? await readLesion(image) : { place: {}, remarks: [] };
  return {
    leftOut: [],
    images: [
      {
        part: "",
        picture,
        lesion: { ...lesion.place, ...scaleOf(image.pixelSize) },
        device: image.device,
        remarks: [...lookAtFile(picture, bits), ...lesion.remarks],
      },
    ],
  };
}

function lookAtFile(picture: Picture | DecodedPicture, bits: number | undefined): string[] {
  const remarks: string[] = [];
  if ("bits" in picture && picture.bits === 16 && bits === undefined) {
    const brightest = Math.round(brightestOf(picture) * 65_535);
    if (brightest <= twelveBits)
      remarks.push(
        `It has 16 bits and no gray level above ${brightest}: if 12 bits hold the levels, say so with --bits 12.`,
      );
  }
  if (picture.width * picture.height >= 64 && hasTwoLevels(picture))
    remarks.push("It shows two levels alone, as a mask does: say how masks are called with --masks.");
  return remarks;
}

// A mask that cannot be one is no reason to give up where a box says the same.
async function readLesion({ id, masks, box }: ListedPicture): Promise<{ place: LesionPlace; remarks: string[] }> {
  const place: LesionPlace = box === undefined ? {} : { box };
  if (masks.length === 0) return { place, remarks: [] };
  const remarks: string[] = [];
  const read: Mask[] = [];
  try {
    for (const path of masks) {
      const { mask, picture } = await readMaskPicture({ kind: "file", path });
      for (const { what, doubtful } of picture === null ? [] : findMaskFaults(picture, mask)) {
        const told = `The mask ${path} ${what}.`;
        if (!doubtful) throw new Problem(told, "Correct the mask, or give a box.");
        remarks.push(told);
      }
      read.push(mask);
    }
    // The box is of no use beside a mask.
    return { place: { mask: uniteMasks(read, id) }, remarks };
  } catch (error) {
    if (!(error instanceof Problem) || box === undefined) throw error;
    return { place, remarks: [`${error.what} The box was used.`] };
  }
}

async function readDicom(image: ListedPicture, options: ReadImageOptions): Promise<ImagesToJudge> {
  const { images, leftOut } = await lookAtDicom([image.file], options.dicom);
  const lesion = options.lesion && images.length > 0 ? await readLesion(image) : { place: {}, remarks: [] };
  const dicom = await openDicom(readWhole(image.file.path, largestDicom), image.file.path);
  const judged: ImageToJudge[] = [];
  for (const one of images) {
    const whole = await dicom.readGray(one.frame);
    const { manufacturer, model } = one.facts;
    const device = [manufacturer, model].filter((part) => part !== undefined).join(" ");
    judged.push({
      part: nameOfPart(one),
      picture: cropPicture(whole, one.box),
      lesion: { ...cropLesion(lesion.place, one.box, whole), ...scaleOf(image.pixelSize ?? one.pixelSize) },
      device: image.device ?? (device === "" ? undefined : device),
      remarks: [...lesion.remarks, ...textsIn(one)],
    });
  }
  return { images: judged, leftOut: [...leftOut.keys()] };
}

function scaleOf(pixelSize: number | null | undefined): Pick<LesionPlace, "pixelSize"> {
  return pixelSize === null || pixelSize === undefined ? {} : { pixelSize };
}

function nameOfPart({ frame, frames, region, regions }: DicomImage): string {
  const names = [frames > 1 ? `frame ${frame + 1}` : "", regions > 1 ? `part ${region + 1}` : ""];
  return names.filter((name) => name !== "").join(", ");
}

function textsIn({ texts: [first] }: DicomImage): string[] {
  if (first === undefined) return [];
  const { left, top, width, height } = first;
  const where = `${width} × ${height} pixels at ${left}, ${top}`;
  return [`Text is burned into it, ${where}, and stands in its heat map too: it may name a person.`];
}

function cropLesion({ box, mask }: LesionPlace, part: Box | null, whole: Picture): LesionPlace {
  if (part === null) return { ...(box !== undefined && { box }), ...(mask !== undefined && { mask }) };
  if (mask !== undefined && typeof mask !== "string") {
    // A mask that was drawn on the cropped picture fits it already, and one of any other size is refused later.
    if (mask.width !== whole.width || mask.height !== whole.height) return { mask };
    const cropped = cropPicture({ ...mask, pixels: Float32Array.from(mask.pixels) }, part);
    return { mask: { ...cropped, pixels: Uint8Array.from(cropped.pixels) } };
  }
  if (box === undefined) return {};
  return { box: { ...box, left: box.left - part.left, top: box.top - part.top } };
}
