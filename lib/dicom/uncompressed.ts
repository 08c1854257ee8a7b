import { Problem } from "../runtime/problem";
import type { PixelHeader } from "./header";
import { transferSyntaxes, type ParsedDicom } from "./parse";

/**
 * Reads one frame of uncompressed samples, in any order of bytes and of planes.
 *
 * @param index Which frame, from 0.
 * @returns The stored words before their bits are cut out, interleaved, `[rows, columns, samples]`.
 * @throws {Problem} Where the file is shorter than its header states.
 */
export function readUncompressed(
  { dataSet, transferSyntax }: ParsedDicom,
  header: PixelHeader,
  index: number,
  name: string,
): Uint8Array | Uint16Array {
  const { rows, columns, samples, bitsAllocated, photometric } = header;
  const bytes = dataSet.byteArray as Buffer;
  const element = dataSet.elements.x7fe00010!;
  const count = rows * columns;
  const halved = photometric === "YBR_FULL_422";
  if (halved && columns % 2 !== 0) {
    throw new Problem(`${name} halves the colours of ${columns} columns, expected an even number.`, "Export it again.");
  }
  // Two pixels share a pair of colours: four bytes, though the header states three samples a pixel.
  const words = halved ? count * 2 : count * samples;
  const frameBytes = words * (bitsAllocated / 8);
  const start = element.dataOffset + index * frameBytes;
  if (header.frames * frameBytes > element.length || start + frameBytes > bytes.length) {
    throw new Problem(
      `${name} holds ${Math.min(element.length, bytes.length - element.dataOffset)} bytes of pixels, expected ${header.frames * frameBytes}: it is cut off.`,
      "Copy or export it again.",
    );
  }
  if (halved) return fromHalved(bytes, start, count);
  const bigEndian = transferSyntax === transferSyntaxes.bigEndian;
  const values = bitsAllocated === 16 ? new Uint16Array(words) : new Uint8Array(words);
  // Bytes that were written as words of 16 bits are swapped as those are.
  const swap = bigEndian && bitsAllocated === 8 && element.vr === "OW" ? 1 : 0;
  for (let place = 0; place < words; place++) {
    const from = header.planar && samples === 3 ? (place % 3) * count + Math.floor(place / 3) : place;
    if (bitsAllocated === 8) values[place] = bytes[element.dataOffset + ((index * frameBytes + from) ^ swap)]!;
    else values[place] = bigEndian ? bytes.readUInt16BE(start + 2 * from) : bytes.readUInt16LE(start + 2 * from);
  }
  return values;
}

// Y, Y, Cb, Cr of each two pixels.
function fromHalved(bytes: Buffer, start: number, count: number): Uint8Array {
  const values = new Uint8Array(count * 3);
  for (let pixel = 0; pixel < count; pixel++) {
    const place = start + (pixel >> 1) * 4;
    values[pixel * 3] = bytes[place + (pixel & 1)]!;
    values[pixel * 3 + 1] = bytes[place + 2]!;
    values[pixel * 3 + 2] = bytes[place + 3]!;
  }
  return values;
}
