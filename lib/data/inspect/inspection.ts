import type { Box } from "../../pictures/picture";
import type { Finding } from "../records/finding";

/** What was seen in the files of one image. Plain data: it is kept, so that files are looked at once. */
export interface Inspection {
  readonly id: string;
  /** What was seen; null where the image cannot be read. */
  readonly seen: Seen | null;
  /** What is wrong with its files, and what is odd. */
  readonly findings: readonly Finding[];
}

/** What was seen in an image that can be read. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  /** Channels of the file. */
  readonly channels: number;
  /** Bits of one channel, 8 or 16. */
  readonly bits: number;
  /** The share of pixels that are clearly coloured, 0 to 1. */
  readonly coloredShare: number;
  /** SHA-256 of the gray levels, rounded to 8 bits, and of the size: equal for pictures that look the same, however stored. */
  readonly pixelHash: string;
  /** SHA-256 of what the files hold: the image's and its masks' bytes. It changes with any change. */
  readonly contentHash: string;
  /** The picture at 32 × 32 pixels, 8 bits each, as base64, for near duplicates. */
  readonly thumbnail: string;
  /** The smallest box that holds the lesion in its mask; null without a mask, or with an empty one. */
  readonly lesion: { readonly box: Box } | null;
  /** Crosses found that end measuring lines. */
  readonly calipers: number;
  /** Lines of text found. */
  readonly textLines: number;
}
