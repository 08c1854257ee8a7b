import { Problem } from "../runtime/problem";
import { looksLikeYCbCr, paint, readPalette, toRgb } from "./colours";
import { decodeStream } from "./compressed";
import { findFrames } from "./frame-bytes";
import type { PixelHeader } from "./header";
import { transferSyntaxes, type ParsedDicom } from "./parse";
import { decodeRunLength } from "./run-length";
import { readUncompressed } from "./uncompressed";

/** One frame as it is stored, before window and inversion. */
export interface StoredFrame {
  readonly rows: number;
  readonly columns: number;
  /** 1: gray, as stored. 3: RGB from 0 to 255. */
  readonly samples: 1 | 3;
  /** The samples, interleaved, `[rows, columns, samples]`. */
  readonly values: Uint8Array | Uint16Array | Int16Array;
}

/** What is video, and what a newer kind, by the beginnings of their names. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/^1\.2\.840\.10008\.1\.2\.4\.10\d/, "a video (MPEG)"],
  [/^1\.2\.840\.10008\.1\.2\.4\.20\d/, "JPEG 2000 of high throughput"],
  [/^1\.2\.840\.10008\.1\.2\.4\.11\d/, "JPEG XL"],
];

/**
 * Reads the frames of a file.
 *
 * @returns A function that decodes one frame, from 0.
 * @throws {Problem} Where the kind of compression is not known here.
 */
export function openFrames(
  parsed: ParsedDicom,
  header: PixelHeader,
  name: string,
): (index: number) => Promise<StoredFrame> {
  const { dataSet, transferSyntax } = parsed;
  const other = refused.find(([pattern]) => pattern.test(transferSyntax));
  if (other !== undefined) {
    throw new Problem(`${name} is ${other[1]}, which is not read here.`, "Export single images, or leave it out.");
  }
  const { rows, columns, samples } = header;
  const palette = header.photometric === "PALETTE COLOR" ? readPalette(dataSet, header.signed, name) : null;
  const compressed = dataSet.elements.x7fe00010!.encapsulatedPixelData === true;
  const streamOf = compressed ? findFrames(parsed, header.frames, name) : null;
  return async (index) => {
    try {
      const words =
        streamOf === null
          ? readUncompressed(parsed, header, index, name)
          : transferSyntax === transferSyntaxes.runLength
            ? decodeRunLength(streamOf(index), header)
            : await decodeStream(streamOf(index), header);
      const own = streamOf === null || transferSyntax === transferSyntaxes.runLength;
      if (samples === 3) {
        const values = words as Uint8Array;
        if (own && (header.photometric !== "RGB" || (streamOf !== null && looksLikeYCbCr(values)))) toRgb(values);
        return { rows, columns, samples, values };
      }
      const values = cutBits(words, header);
      if (palette === null) return { rows, columns, samples: 1, values };
      return { rows, columns, samples: 3, values: paint(values, palette) };
    } catch (error) {
      if (error instanceof Problem) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const which = header.frames > 1 ? `, frame ${index + 1},` : "";
      throw new Problem(
        `${name}${which} cannot be decoded (${reason.replaceAll(/\s+/g, " ").trim()}).`,
        "Copy or export it again.",
      );
    }
  };
}

// What lies above the bits that count may be an old overlay. Signed samples have their sign in the highest that counts.
function cutBits(
  words: Uint8Array | Uint16Array,
  { bitsAllocated, bitsStored, highBit, signed }: PixelHeader,
): StoredFrame["values"] {
  if (!signed && bitsStored === bitsAllocated) return words;
  const shift = highBit + 1 - bitsStored;
  const mask = 2 ** bitsStored - 1;
  const cut = (word: number) => {
    const value = (word >> shift) & mask;
    return signed && value >= 2 ** (bitsStored - 1) ? value - 2 ** bitsStored : value;
  };
  return signed ? Int16Array.from(words, cut) : words.map(cut);
}
