import type { PixelHeader } from "./header";

/**
 * Decodes a frame of run-length coding (PS3.5, annex G): a segment for every byte of every sample, plane by plane whatever
 * the header says, the high byte first.
 *
 * @returns The stored words, interleaved, `[rows, columns, samples]`.
 * @throws {Error} Where the stream is damaged; the message says how.
 */
export function decodeRunLength(stream: Buffer, header: PixelHeader): Uint8Array | Uint16Array {
  const { rows, columns, samples, bitsAllocated } = header;
  const count = rows * columns;
  const bytesEach = bitsAllocated / 8;
  if (stream.length < 64) throw new Error("its table of segments is cut off");
  const segments = stream.readUInt32LE(0);
  if (segments !== samples * bytesEach) throw new Error(`it has ${segments} segments, expected ${samples * bytesEach}`);
  const values = bitsAllocated === 16 ? new Uint16Array(count * samples) : new Uint8Array(count * samples);
  for (let segment = 0; segment < segments; segment++) {
    const start = stream.readUInt32LE(4 + 4 * segment);
    const end = segment + 1 < segments ? stream.readUInt32LE(8 + 4 * segment) : stream.length;
    if (start < 64 || end < start || end > stream.length) throw new Error(`segment ${segment + 1} lies outside of it`);
    const plane = unpackBits(stream.subarray(start, end), count);
    const sample = Math.floor(segment / bytesEach);
    const shift = 8 * (bytesEach - 1 - (segment % bytesEach));
    for (let pixel = 0; pixel < count; pixel++) values[pixel * samples + sample]! |= plane[pixel]! << shift;
  }
  return values;
}

function unpackBits(segment: Buffer, count: number): Uint8Array {
  const values = new Uint8Array(count);
  let filled = 0;
  let place = 0;
  while (filled < count) {
    const control = segment[place++];
    if (control === undefined) throw new Error(`a segment ends after ${filled} of ${count} bytes`);
    if (control === 128) continue;
    const length = control < 128 ? control + 1 : 257 - control;
    const needed = control < 128 ? length : 1;
    if (place + needed > segment.length) throw new Error(`a segment ends after ${filled} of ${count} bytes`);
    const taken = Math.min(length, count - filled);
    if (control < 128) values.set(segment.subarray(place, place + taken), filled);
    else values.fill(segment[place]!, filled, filled + taken);
    filled += taken;
    place += needed;
  }
  return values;
}
