import sharp from "sharp";

/** A decoded JPEG. */
export interface DecodedJpeg {
  /** Samples of 8 bits, `[height, width, channels]`. */
  readonly values: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/**
 * Decodes a JPEG stream of 8 bits, lossy or not. A page of a browser has another file in the place of this one.
 *
 * @param isGray Whether one channel is wanted, and else three.
 * @throws {Error} Where it is damaged.
 */
export async function decodeJpeg(stream: Buffer, isGray: boolean): Promise<DecodedJpeg> {
  const { data, info } = await sharp(stream, { ignoreIcc: true })
    .toColourspace(isGray ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { values: data, width: info.width, height: info.height, channels: info.channels };
}
