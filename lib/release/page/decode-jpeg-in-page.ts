import type { DecodedJpeg } from "../../dicom/decode-jpeg";
import { readJpegHeader } from "../../dicom/jpeg-stream";
import { decodeInPage } from "./decode-in-page";

/**
 * Decodes a JPEG stream of DICOM in a page: what `decodeJpeg` of the room `dicom` does in Node, in whose place it stands there.
 * Lossless streams, which no browser reads, are decoded by the same package that reads those of more bits.
 *
 * @param isGray Whether one channel is wanted, and else three.
 * @throws {Error} Where it is damaged.
 */
export async function decodeJpeg(stream: Uint8Array, isGray: boolean): Promise<DecodedJpeg> {
  const { process, width, height } = readJpegHeader(stream as Buffer);
  const channels = isGray ? 1 : 3;
  if (process === 3) {
    const { Decoder } = await import("jpeg-lossless-decoder-js");
    const samples = new Decoder(null, 1).decode(stream.buffer, stream.byteOffset, stream.length);
    return { values: Uint8Array.from(samples), width, height, channels };
  }
  const { values, ...size } = await decodeInPage(stream, "image/jpeg");
  const taken = new Uint8Array(size.width * size.height * channels);
  for (let place = 0; place < taken.length; place++)
    taken[place] = values[4 * Math.floor(place / channels) + (place % channels)]!;
  return { values: taken, ...size, channels };
}
