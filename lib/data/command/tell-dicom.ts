import { resolve } from "node:path";

import { showTable } from "../../display/table";
import { readCount } from "../../runtime/command-line";
import { Problem } from "../../runtime/problem";
import type { OwnTable } from "../own/own-table";
import type { OwnOptions } from "./import-own";
import type { DicomImage, DicomLook } from "./look-at-dicom";

/** The options of a command line that say how DICOM is brought in, as `parseArgs` takes them. */
export const dicomOptions = {
  frames: { type: "string" },
  area: { type: "string" },
  key: { type: "string" },
} as const;

/** What a command line says of DICOM. */
interface GivenDicom {
  readonly frames?: string | undefined;
  readonly area?: string | undefined;
  readonly key?: string | undefined;
}

/**
 * Reads what a command line says of DICOM.
 *
 * @returns What is said; nothing that is not.
 * @throws {Problem} Where the area is none, or the number of frames.
 */
export function readDicomOptions({ frames, area, key }: GivenDicom): NonNullable<OwnOptions["dicom"]> {
  return {
    ...(frames !== undefined && { frames: readCount("--frames", frames, 1) }),
    ...(area !== undefined && { area: readArea(area) }),
    ...(key !== undefined && { keyFile: resolve(key) }),
  };
}

function readArea(text: string): "whole" | { left: number; top: number; width: number; height: number } {
  if (text === "whole") return text;
  const [, left, top, width, height] = (/^(\d{1,5}),(\d{1,5}),([1-9]\d{0,4}),([1-9]\d{0,4})$/.exec(text) ?? []).map(
    Number,
  );
  if (height !== undefined) return { left: left!, top: top!, width: width!, height };
  throw new Problem(
    `--area is "${text}", expected whole, or left, top, width and height in pixels.`,
    "For example: --area 120,60,640,480",
  );
}

/**
 * Tells what DICOM files give: how many images, what is left out and why, which columns of their table are, and where text is
 * still burned into images.
 */
export function tellDicom({ images, leftOut }: DicomLook, table: OwnTable | null): void {
  const files = new Set(images.map(({ file }) => file.path)).size;
  const cropped = images.filter(({ box }) => box !== null).length;
  const rows = [
    { what: "images", count: images.length, detail: `of ${files} files; ${cropped} cropped to the tissue` },
    ...[...leftOut].map(([reason, names]) => ({
      what: "left out",
      count: names.length,
      detail: `${reason}; for example ${names[0]!}`,
    })),
    ...(table?.unused ?? []).map((column) => ({
      what: "left out",
      count: table!.rows.length,
      detail: `cells of the column "${column}" of ${table!.name}, which says nothing that is known: --map FIELD="${column}" takes them along`,
    })),
  ];
  showTable(rows, { caption: "The DICOM files", rows: rows.length });
  const texts = textsOf(images);
  if (texts.length === 0) {
    process.stdout.write(
      "No text was found in what is kept. Letters that are small, faint or alone are missed: look at it.\n",
    );
    return;
  }
  const pictures = texts.length === 1 ? "1 image" : `${texts.length} images`;
  showTable(texts, { caption: `Text is still burned into ${pictures}, as far as it is found`, rows: 20 });
  process.stdout.write(
    "It may name a person: look at it before anything is given away (data.showMontage with texts: true in a notebook).\n",
  );
}

/** Lists the images with text, and where it is, in pixels of what is kept. */
export function textsOf(images: readonly DicomImage[]): { file: string; frame: number; text: string }[] {
  return images
    .filter(({ texts }) => texts.length > 0)
    .map(({ file, frame, texts }) => ({
      file: file.parts.join("/"),
      frame: frame + 1,
      text: texts
        .slice(0, 3)
        .map(({ left, top, width, height }) => `${width} × ${height} at ${left}, ${top}`)
        .join("; "),
    }));
}
