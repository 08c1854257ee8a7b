import { mostPixels } from "./picture";

/** Colours of a bitmap. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** RGB, `[height, width, 3]`, row by row from above. uint8. */
  readonly colors: Uint8Array;
}

/** How the header says that pixels are written. */
const [plain, runs8, runs4, fields, fieldsWithAlpha] = [0, 1, 2, 3, 6];

/**
 * Decodes a bitmap of Windows or OS/2 (BMP): 1, 4, 8, 16, 24 or 32 bits a pixel, with palettes, masks of bits and run-length
 * coding, its rows from the bottom up or from the top down. Transparency is not read: nobody relies on it.
 *
 * @throws {Error} Where it is cut off, damaged, too large or of another kind; the message says how.
 */
export function decodeBitmap(given: Uint8Array): Bitmap {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const headerBytes = bytes.length >= 26 ? bytes.readUInt32LE(14) : 0;
  const old = headerBytes === 12;
  if (!old && (headerBytes < 40 || bytes.length < 14 + headerBytes)) throw new Error("its header is cut off");
  const width = old ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const rows = old ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const [height, topDown] = [Math.abs(rows), rows < 0];
  if (!(width > 0 && height > 0 && width * height <= mostPixels))
    throw new Error(`its header states ${width} × ${height} pixels`);
  const bits = bytes.readUInt16LE(old ? 24 : 28);
  const coding = old ? plain : bytes.readUInt32LE(30);
  const start = bytes.readUInt32LE(10);
  const runs = (coding === runs8 && bits === 8) || (coding === runs4 && bits === 4);
  const masked = (coding === fields || coding === fieldsWithAlpha) && (bits === 16 || bits === 32);
  if (![1, 4, 8, 16, 24, 32].includes(bits) || !(coding === plain || runs || masked) || (runs && topDown))
    throw new Error(`it has ${bits} bits a pixel in the coding ${coding}`);
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start < 14 + headerBytes || (!runs && bytes.length < start + stride * height))
    throw new Error("its pixels are cut off");
  const colors = new Uint8Array(width * height * 3);
  const colorOf = bits <= 8 ? paletteOf(bytes, old, start) : directColors(bytes, bits, masked);
  const indices = runs ? unpackRuns(bytes.subarray(start), { width, height, bits }) : null;
  for (let row = 0; row < height; row++) {
    const from = start + stride * (topDown ? row : height - 1 - row);
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      const value = indices === null ? valueAt(bytes, from, column, bits) : indices[pixel]!;
      colorOf(value, colors, pixel * 3);
    }
  }
  return { width, height, colors };
}

function valueAt(bytes: Buffer, from: number, column: number, bits: number): number {
  if (bits === 8) return bytes[from + column]!;
  if (bits === 16) return bytes.readUInt16LE(from + 2 * column);
  if (bits === 24) return bytes.readUIntLE(from + 3 * column, 3);
  if (bits === 32) return bytes.readUInt32LE(from + 4 * column);
  const place = column * bits;
  return (bytes[from + (place >> 3)]! >> (8 - bits - (place & 7))) & (2 ** bits - 1);
}

type ColorOf = (value: number, colors: Uint8Array, place: number) => void;

function paletteOf(bytes: Buffer, old: boolean, start: number): ColorOf {
  const first = 14 + bytes.readUInt32LE(14);
  const each = old ? 3 : 4;
  const bits = bytes.readUInt16LE(old ? 24 : 28);
  const stated = old ? 0 : bytes.readUInt32LE(46);
  const count = Math.min(stated || 2 ** bits, 2 ** bits, Math.floor((start - first) / each));
  return (value, colors, place) => {
    if (value >= count) throw new Error(`a pixel has the colour ${value} of ${count}`);
    for (let color = 0; color < 3; color++) colors[place + color] = bytes[first + value * each + 2 - color]!;
  };
}

function directColors(bytes: Buffer, bits: number, masked: boolean): ColorOf {
  // 16 bits are five for each colour, unless masks say otherwise; they stand behind the first 40 bytes of every header.
  const usual = bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
  const masks = masked ? [0, 1, 2].map((color) => bytes.readUInt32LE(54 + 4 * color)) : usual;
  const parts = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    const most = mask >>> shift;
    if (mask === 0 || (most & (most + 1)) !== 0) throw new Error("its masks of bits have gaps");
    return { mask, shift, most };
  });
  return (value, colors, place) => {
    parts.forEach(({ mask, shift, most }, color) => {
      colors[place + color] = Math.round((((value & mask) >>> shift) * 255) / most);
    });
  };
}

/** Decodes runs, which go from the bottom up: a count and a value, or 0 and a command. */
function unpackRuns(coded: Buffer, size: { width: number; height: number; bits: number }): Uint8Array {
  const { width, height, bits } = size;
  const values = new Uint8Array(width * height);
  let [place, row, column] = [0, height - 1, 0];
  const put = (value: number) => {
    if (column >= width || row < 0) throw new Error("its runs lead out of the picture");
    values[row * width + column++] = value;
  };
  for (;;) {
    const [count, value] = [coded[place], coded[place + 1]];
    if (count === undefined || value === undefined) throw new Error("its runs are cut off");
    place += 2;
    if (count > 0) {
      for (let index = 0; index < count; index++) put(bits === 8 ? value : index % 2 === 0 ? value >> 4 : value & 15);
    } else if (value === 0) {
      [row, column] = [row - 1, 0];
    } else if (value === 1) {
      return values;
    } else if (value === 2) {
      if (place + 2 > coded.length) throw new Error("its runs are cut off");
      [row, column] = [row - coded[place + 1]!, column + coded[place]!];
      place += 2;
    } else {
      const length = bits === 8 ? value : Math.ceil(value / 2);
      if (place + length > coded.length) throw new Error("its runs are cut off");
      for (let index = 0; index < value; index++) {
        const byte = coded[place + (bits === 8 ? index : index >> 1)]!;
        put(bits === 8 ? byte : index % 2 === 0 ? byte >> 4 : byte & 15);
      }
      // Padded to whole words.
      place += length + (length % 2);
    }
  }
}
