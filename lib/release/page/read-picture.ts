import { decode } from "fast-png";

import { cutOut } from "../../data/prepare/cut-out";
import { chooseFrames } from "../../dicom/choose-frames";
import { openDicom } from "../../dicom/open-dicom";
import { recogniseDicom } from "../../dicom/recognise";
import { assemblePicture, pictureOfBitmap, type DecodedPicture } from "../../pictures/assemble-picture";
import { decodeBitmap } from "../../pictures/bitmap";
import { mostPixels, type Box, type Picture } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";

/** Colours as a browser decodes them: red, green, blue and how solid, of 8 bits each. */
export interface DecodedColors {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array | Uint8ClampedArray;
}

/** Decodes JPEG, WebP and what else the browser knows; `type` is a media type. */
export type BrowserDecoder = (bytes: Uint8Array, type: string) => Promise<DecodedColors>;

/** A picture that a file gives, or a frame of it. */
export interface PictureOfFile {
  readonly picture: Picture | DecodedPicture;
  /** Where it lies in the whole picture of the file. */
  readonly part: Box;
  readonly device: string | undefined;
  readonly remarks: readonly string[];
}

/** What a file gives. */
export interface OpenedFile {
  /** How many frames, from 1. */
  readonly frames: number;
  /** The frame to begin with, from 0. */
  readonly first: number;
  /** Reads a frame, from 0. */
  read(frame: number): Promise<PictureOfFile>;
}

/** The largest file that is opened, in bytes: a cine loop in DICOM. */
const largestFile = 2 ** 29;

/** What is named, so that it can be told of: kinds of files by their first bytes, as Latin letters. */
const others: readonly (readonly [RegExp, string])[] = [
  [/^(?:II\*\0|MM\0\*)/, "TIFF, which browsers do not read"],
  [/^.{4}ftyp(?:heic|heix|mif1|hevc)/s, "HEIC, the pictures of an iPhone"],
  [/^.{4}ftypavi[fs]/s, "AVIF"],
  [/^GIF8/, "GIF, in which there may be several pictures"],
  [/^%PDF/, "a PDF document"],
  [/^PK\x03\x04/, "an archive (ZIP)"],
  [/^\s*</, "text of the kind HTML or SVG"],
];

/**
 * Opens a file by what it holds, however it is called: PNG, JPEG, WebP, BMP or DICOM.
 *
 * @param name The file, for messages.
 * @throws {Problem} Where it is none of these, damaged, or too large.
 */
export async function openPictureFile(
  bytes: Uint8Array,
  name: string,
  decodeByBrowser: BrowserDecoder,
): Promise<OpenedFile> {
  if (bytes.length === 0) throw new Problem(`${name} is empty.`, "Copy or download it again.");
  if (bytes.length > largestFile)
    throw new Problem(
      `${name} has ${Math.round(bytes.length / 2 ** 20)} MB, more than the ${largestFile / 2 ** 20} that are read here.`,
      "Look whether it is the right file.",
    );
  const beginning = String.fromCharCode(...bytes.subarray(0, 16));
  const one = (picture: Picture | DecodedPicture): OpenedFile => {
    const part = { left: 0, top: 0, width: picture.width, height: picture.height };
    return { frames: 1, first: 0, read: () => Promise.resolve({ picture, part, device: undefined, remarks: [] }) };
  };
  const byBrowser = async (type: string) => one(pictureOfColors(await decodeByBrowser(bytes, type), name));
  const damaged = (error: unknown) => {
    if (error instanceof Problem) throw error;
    const reason = error instanceof Error ? error.message.replace(/[.\s]+$/, "") : "";
    throw new Problem(
      `${name} cannot be decoded${reason === "" ? "" : ` (${reason})`}: it is cut off or damaged.`,
      "Copy or download it again.",
    );
  };
  if (recogniseDicom(bytes) !== null) return openFrames(bytes, name);
  try {
    if (beginning.startsWith("\x89PNG\r\n\x1a\n")) return await openPng(bytes, name, byBrowser, one);
    if (beginning.startsWith("BM")) return one(pictureOfBitmap(decodeBitmap(bytes)));
    if (beginning.startsWith("\xff\xd8")) return await byBrowser("image/jpeg");
    if (/^RIFF.{4}WEBP/s.test(beginning)) return await byBrowser("image/webp");
  } catch (error) {
    damaged(error);
  }
  const other = others.find(([pattern]) => pattern.test(beginning))?.[1] ?? "none of them";
  throw new Problem(
    `${name} is ${other}, expected an image: PNG, JPEG, BMP, WebP or DICOM.`,
    "Choose the image itself, or save it as PNG.",
  );
}

/** Requires that a picture is not larger than what is read anywhere in this library. */
export function requireSize(width: number, height: number, name: string): void {
  if (width * height <= mostPixels && width > 0 && height > 0) return;
  throw new Problem(
    `${name} has ${width} × ${height} pixels, more than the ${mostPixels} that are read here.`,
    "Cut it to the ultrasound image, or save it smaller.",
  );
}

// The picture's own numbers, with which no browser's protection against being recognised meddles. What has a palette, less than 8
// bits, or rows in several passes is left to the browser.
async function openPng(
  bytes: Uint8Array,
  name: string,
  byBrowser: (type: string) => Promise<OpenedFile>,
  one: (picture: DecodedPicture) => OpenedFile,
): Promise<OpenedFile> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 33) throw new Error("its header is cut off");
  requireSize(view.getUint32(16), view.getUint32(20), name);
  const [bits, color, passes] = [bytes[24], bytes[25], bytes[28]];
  if ((bits !== 8 && bits !== 16) || color === 3 || passes !== 0) return byBrowser("image/png");
  const { width, height, data, channels, transparency } = decode(bytes, { checkCrc: true });
  if (transparency !== undefined) return byBrowser("image/png");
  const layout = { stride: channels, isGray: channels < 3, hasAlpha: channels % 2 === 0, bits } as const;
  return one(assemblePicture(data as Uint8Array | Uint16Array, { width, height, ...layout }));
}

function pictureOfColors({ width, height, values }: DecodedColors, name: string): DecodedPicture {
  requireSize(width, height, name);
  const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.length);
  return assemblePicture(bytes, { width, height, stride: 4, isGray: false, bits: 8, hasAlpha: true });
}

async function openFrames(bytes: Uint8Array, name: string): Promise<OpenedFile> {
  const dicom = await openDicom(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), name);
  const { header, regions, facts } = dicom;
  if (regions.stated > 0 && regions.tissue.length === 0)
    throw new Problem(`${name} shows no tissue: a spectrum or an M-mode.`, "Choose an image in gray.");
  const [region, ...others] = regions.tissue;
  if (region?.flow) throw new Problem(`${name} shows colour flow (Doppler).`, "Choose an image in gray.");
  const part = region?.box ?? { left: 0, top: 0, width: header.columns, height: header.rows };
  const device = [facts.manufacturer, facts.model].filter((one) => one !== undefined).join(" ");
  return {
    frames: header.frames,
    first: chooseFrames(header.frames, 1)[0]!,
    async read(frame) {
      const { width, height, pixels } = cutOut(await dicom.readGray(frame), part, "black");
      return {
        picture: { width, height, pixels },
        part,
        device: device === "" ? undefined : device,
        remarks: [
          ...(region === undefined
            ? ["The file does not say where in it the tissue is: all of it is shown, with what is written in it."]
            : []),
          ...(others.length > 0 ? [`The first of ${others.length + 1} parts that show tissue is taken.`] : []),
        ],
      };
    },
  };
}
