/** What a JPEG stream says of itself before its first scan. */
export interface JpegHeader {
  /** The number of its start of frame: 0 baseline, 1 extended, 2 progressive, 3 lossless, 55 JPEG-LS. */
  readonly process: number;
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  /** Identifiers of its components. */
  readonly components: readonly number[];
  /** Whether a component has fewer columns or rows than another. */
  readonly subsampled: boolean;
  readonly jfif: boolean;
  /** The transform that an Adobe marker states: 0 none, 1 YCbCr; null without a marker. */
  readonly adobe: number | null;
  /** Where segments for applications lie that may say something on colours: from the first byte to behind the last. */
  readonly colourSegments: readonly (readonly [from: number, to: number])[];
}

/**
 * Reads the header of a JPEG or JPEG-LS stream.
 *
 * @throws {Error} Where there is none before the stream ends.
 */
export function readJpegHeader(stream: Buffer): JpegHeader {
  const colourSegments: [number, number][] = [];
  let jfif = false;
  let adobe: number | null = null;
  let frame: Pick<JpegHeader, "process" | "bits" | "width" | "height" | "components" | "subsampled"> | null = null;
  let place = 2;
  while (place + 4 <= stream.length) {
    if (stream[place] !== 0xff) throw new Error(`it has no mark at byte ${place}`);
    const mark = stream[place + 1]!;
    if (mark === 0xff) {
      place++;
      continue;
    }
    const length = stream.readUInt16BE(place + 2);
    const end = place + 2 + length;
    if (length < 2 || end > stream.length) break;
    const name = stream.toString("latin1", place + 4, Math.min(end, place + 9));
    if (mark === 0xe0 && name.startsWith("JFIF")) jfif = true;
    if (mark === 0xee && name === "Adobe" && length >= 14) adobe = stream[place + 15]!;
    if (mark === 0xe0 || mark === 0xe1 || mark === 0xe2 || mark === 0xee) colourSegments.push([place, end]);
    const isFrame = (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)) || mark === 0xf7;
    if (isFrame) {
      if (length < 8 || length < 8 + 3 * stream[place + 9]!) break;
      const count = stream[place + 9]!;
      const parts = Array.from({ length: count }, (_, index) => place + 10 + 3 * index);
      frame = {
        process: mark === 0xf7 ? 55 : mark - 0xc0,
        bits: stream[place + 4]!,
        height: stream.readUInt16BE(place + 5),
        width: stream.readUInt16BE(place + 7),
        components: parts.map((part) => stream[part]!),
        subsampled: new Set(parts.map((part) => stream[part + 1])).size > 1,
      };
    }
    if (mark === 0xda) {
      if (frame === null) break;
      return { ...frame, jfif, adobe, colourSegments };
    }
    place = end;
  }
  throw new Error("its header is cut off");
}

/**
 * Tells whether the three components of a JPEG are YCbCr. The stream counts before the header of the file, which is often
 * left as it was when a server compressed the pixels or turned their colours.
 *
 * @param label What the file's header says.
 */
export function isYCbCr(header: JpegHeader, label: boolean): boolean {
  if (header.adobe !== null) return header.adobe !== 0;
  if (header.jfif) return true;
  if (Buffer.from(header.components).toString("latin1") === "RGB") return false;
  return header.subsampled || label;
}

/**
 * Writes a stream whose colours no decoder can take for others: all that speaks of them is replaced by one marker.
 *
 * @param transform 0: three components as they are; 1: YCbCr.
 */
export function stateColours(stream: Buffer, header: JpegHeader, transform: 0 | 1): Buffer {
  const adobe = Buffer.from([0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform]);
  const pieces = [stream.subarray(0, 2), adobe];
  let place = 2;
  for (const [from, to] of header.colourSegments) {
    pieces.push(stream.subarray(place, from));
    place = to;
  }
  return Buffer.concat([...pieces, stream.subarray(place)]);
}
