import { deflateRawSync } from "node:zlib";

/** A value of an element: whole numbers of its representation, texts, bytes as they are, or items of a sequence. */
type Value = number | readonly number[] | string | Uint8Array | readonly ElementList[];

/** Elements by their tags, "0028,0010", in rising order: representation and value. */
export type ElementList = Readonly<Record<string, readonly [representation: string, value: Value]>>;

/** How a file is written. */
export interface DicomForm {
  readonly syntax?: string;
  /** Streams that stand in place of pixels, a fragment each, after a table of offsets. */
  readonly fragments?: readonly Uint8Array[];
  readonly offsets?: readonly number[];
  readonly beginning?: "preamble" | "no preamble" | "bare";
}

const long = ["OB", "OW", "SQ", "UN", "UT", "OV"];

/** Writes elements in the representation of a transfer syntax. */
function encode(elements: ElementList, implicit: boolean, bigEndian: boolean, form: DicomForm): Buffer {
  const word = (value: number) => {
    const bytes = Buffer.alloc(2);
    return bigEndian ? (bytes.writeUInt16BE(value & 0xffff), bytes) : (bytes.writeUInt16LE(value & 0xffff), bytes);
  };
  const double = (value: number) => {
    const bytes = Buffer.alloc(4);
    return bigEndian ? (bytes.writeUInt32BE(value >>> 0), bytes) : (bytes.writeUInt32LE(value >>> 0), bytes);
  };
  const real = (value: number) => {
    const bytes = Buffer.alloc(8);
    return bigEndian ? (bytes.writeDoubleBE(value), bytes) : (bytes.writeDoubleLE(value), bytes);
  };
  const bytesOf = (representation: string, value: Value): Buffer => {
    if (typeof value === "string") return Buffer.from(value.padEnd(value.length + (value.length % 2)), "latin1");
    if (value instanceof Uint8Array)
      return value.length % 2 === 0 ? Buffer.from(value) : Buffer.concat([value, Buffer.alloc(1)]);
    if (representation === "SQ") {
      const items = (value as readonly ElementList[]).map((item) => {
        const inner = encode(item, implicit, bigEndian, {});
        return Buffer.concat([word(0xfffe), word(0xe000), double(inner.length), inner]);
      });
      return Buffer.concat(items);
    }
    const numbers = [value].flat() as number[];
    const write = representation === "FD" ? real : ["UL", "SL"].includes(representation) ? double : word;
    return Buffer.concat(numbers.map(write));
  };
  const pieces: Buffer[] = [];
  for (const [tag, [representation, value]] of Object.entries(elements)) {
    const [group, element] = tag.split(",").map((part) => parseInt(part, 16)) as [number, number];
    const streams = tag === "7fe0,0010" ? form.fragments : undefined;
    const bytes = streams === undefined ? bytesOf(representation, value) : Buffer.alloc(0);
    const length = streams === undefined ? bytes.length : 0xffffffff;
    pieces.push(word(group), word(element));
    if (implicit) pieces.push(double(length));
    else if (long.includes(representation)) pieces.push(Buffer.from(representation), Buffer.alloc(2), double(length));
    else pieces.push(Buffer.from(representation), word(length));
    pieces.push(bytes);
    if (streams === undefined) continue;
    const table = Buffer.concat((form.offsets ?? []).map(double));
    for (const item of [table, ...streams]) {
      const even = Buffer.concat([item, Buffer.alloc(item.length % 2)]);
      pieces.push(word(0xfffe), word(0xe000), double(even.length), even);
    }
    pieces.push(word(0xfffe), word(0xe0dd), double(0));
  }
  return Buffer.concat(pieces);
}

/** The elements of a picture of `columns` × `rows` pixels, in gray of 8 bits unless others are given. */
export function pictureElements(
  columns: number,
  rows: number,
  pixels: Uint8Array,
  others: ElementList = {},
): ElementList {
  const usual: ElementList = {
    "0008,0016": ["UI", "1.2.840.10008.5.1.4.1.1.6.1"],
    "0008,0060": ["CS", "US"],
    "0010,0020": ["LO", "P-1"],
    "0028,0002": ["US", 1],
    "0028,0004": ["CS", "MONOCHROME2"],
    "0028,0010": ["US", rows],
    "0028,0011": ["US", columns],
    "0028,0100": ["US", 8],
    "0028,0101": ["US", 8],
    "0028,0102": ["US", 7],
    "0028,0103": ["US", 0],
    "7fe0,0010": ["OW", pixels],
  };
  return Object.fromEntries(Object.entries({ ...usual, ...others }).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes a DICOM file, by default in explicit little endian with a preamble. */
export function writeDicom(elements: ElementList, form: DicomForm = {}): Buffer {
  const { syntax = "1.2.840.10008.1.2.1", beginning = "preamble" } = form;
  const body = encode(elements, syntax === "1.2.840.10008.1.2", syntax === "1.2.840.10008.1.2.2", form);
  if (beginning === "bare") return body;
  const meta = encode(
    { "0002,0010": ["UI", syntax.padEnd(syntax.length + (syntax.length % 2), "\0")] },
    false,
    false,
    {},
  );
  const length = encode({ "0002,0000": ["UL", meta.length] }, false, false, {});
  const start = beginning === "preamble" ? [Buffer.alloc(128), Buffer.from("DICM")] : [];
  const rest = syntax === "1.2.840.10008.1.2.1.99" ? deflateRawSync(body) : body;
  return Buffer.concat([...start, length, meta, rest]);
}

/**
 * Writes a picture as lossless JPEG (SOF3): each sample by its difference from the one to the left, the category in five
 * bits. Decoders are checked against it, so it shares nothing with them.
 */
export function losslessJpeg(columns: number, rows: number, bits: number, values: ArrayLike<number>): Buffer {
  const segment = (mark: number, bytes: readonly number[]) =>
    Buffer.from([0xff, mark, (bytes.length + 2) >> 8, (bytes.length + 2) & 255, ...bytes]);
  const categories = Array.from({ length: 17 }, (_, category) => category);
  const table = [0, 0, 0, 0, 0, categories.length, ...Array<number>(11).fill(0), ...categories];
  let text = "";
  for (let place = 0; place < columns * rows; place++) {
    const [row, column] = [Math.floor(place / columns), place % columns];
    const before = column > 0 ? values[place - 1]! : row > 0 ? values[place - columns]! : 2 ** (bits - 1);
    // Differences wrap around at 2^16, and category 16 has no bits of its own.
    const wrapped = (values[place]! - before) & 0xffff;
    const difference = wrapped > 32768 ? wrapped - 65536 : wrapped;
    const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
    text += category.toString(2).padStart(5, "0");
    if (category === 0 || category === 16) continue;
    const code = difference > 0 ? difference : difference + 2 ** category - 1;
    text += code.toString(2).padStart(category, "0");
  }
  const coded: number[] = [];
  for (let place = 0; place < text.length; place += 8) {
    const byte = parseInt(text.slice(place, place + 8).padEnd(8, "1"), 2);
    coded.push(byte);
    if (byte === 255) coded.push(0);
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xc3, [bits, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0]),
    segment(0xc4, table),
    segment(0xda, [1, 1, 0, 1, 0, 0]),
    Buffer.from([...coded, 0xff, 0xd9]),
  ]);
}

/** Codes a plane by run lengths (PackBits): as literals alone, or with runs where bytes repeat. */
function packBits(plane: Uint8Array): Buffer {
  const coded: number[] = [];
  for (let place = 0; place < plane.length;) {
    let run = 1;
    while (run < 128 && plane[place + run] === plane[place]) run++;
    if (run > 1) coded.push(257 - run, plane[place]!);
    else coded.push(0, plane[place]!);
    place += run;
  }
  return Buffer.from(coded.length % 2 === 0 ? coded : [...coded, 128]);
}

/** Writes a stream of run-length coding from planes of bytes. */
export function runLengthStream(planes: readonly Uint8Array[]): Buffer {
  const segments = planes.map(packBits);
  const head = Buffer.alloc(64);
  head.writeUInt32LE(segments.length, 0);
  let place = 64;
  segments.forEach((segment, index) => {
    head.writeUInt32LE(place, 4 + 4 * index);
    place += segment.length;
  });
  return Buffer.concat([head, ...segments]);
}
