import { deepEqual, equal, throws } from "node:assert/strict";

import { decodeBitmap } from "../../lib/pictures/bitmap";

const [width, height] = [5, 3];

interface Form {
  readonly bits: number;
  readonly topDown?: boolean;
  /** The bytes of the header: 12 of OS/2, 40, or 124 of the fifth version. */
  readonly header?: number;
  readonly colors?: number;
  readonly masks?: readonly [number, number, number];
}

/** Writes a bitmap whose pixel (column, row) has the value 3 column + 5 row + 1, and gives the colours that it stands for. */
function write({ bits, topDown = false, header = 40, colors = 0, masks }: Form): { bytes: Buffer; expected: number[] } {
  const entries = bits <= 8 ? colors || 2 ** bits : 0;
  const each = header === 12 ? 3 : 4;
  const palette = 14 + header + (masks && header === 40 ? 12 : 0);
  const start = palette + entries * each;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const bytes = Buffer.alloc(start + stride * height);
  bytes.write("BM");
  bytes.writeUInt32LE(start, 10);
  bytes.writeUInt32LE(header, 14);
  if (header === 12) {
    [width, height, 1, bits].forEach((value, index) => bytes.writeUInt16LE(value, 18 + 2 * index));
  } else {
    bytes.writeInt32LE(width, 18);
    bytes.writeInt32LE(topDown ? -height : height, 22);
    bytes.writeUInt16LE(1, 26);
    bytes.writeUInt16LE(bits, 28);
    bytes.writeUInt32LE(masks ? 3 : 0, 30);
    bytes.writeUInt32LE(colors, 46);
    masks?.forEach((mask, index) => bytes.writeUInt32LE(mask, 54 + 4 * index));
  }
  for (let entry = 0; entry < entries; entry++)
    [3, 5, 7].forEach((factor, color) => (bytes[palette + entry * each + color] = (entry * factor) & 255));
  const expected: number[] = [];
  for (let row = 0; row < height; row++) {
    const from = start + stride * (topDown ? row : height - 1 - row);
    for (let column = 0; column < width; column++) {
      const value = 3 * column + 5 * row + 1;
      if (bits <= 8) {
        const entry = value % entries;
        const place = column * bits;
        bytes[from + (place >> 3)]! |= entry << (8 - bits - (place & 7));
        expected.push(...[7, 5, 3].map((factor) => (entry * factor) & 255));
      } else if (bits === 16) {
        const [red, green, blue] = [value % 32, (2 * value) % 32, (3 * value) % 32];
        const wide = masks?.[1] === 0x7e0;
        bytes.writeUInt16LE((red << (wide ? 11 : 10)) | (green << (wide ? 6 : 5)) | blue, from + 2 * column);
        const shown = [red / 31, wide ? (2 * green) / 63 : green / 31, blue / 31];
        expected.push(...shown.map((share) => Math.round(share * 255)));
      } else {
        const own = [11, 7, 3].map((factor) => (value * factor) & 255);
        own.forEach((level, color) => (bytes[from + (column * bits) / 8 + 2 - color] = level));
        expected.push(...own);
      }
    }
  }
  return { bytes, expected };
}

/** Writes a run-length coded bitmap of a palette with red = entry. */
function writeRuns(bits: 4 | 8, runs: readonly number[]): Buffer {
  const { bytes } = write({ bits });
  const start = bytes.readUInt32LE(10);
  for (let entry = 0; entry < 2 ** bits; entry++) bytes[54 + 4 * entry + 2] = entry;
  bytes.writeUInt32LE(bits === 8 ? 1 : 2, 30);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(runs)]);
}

describe("decodeBitmap(bytes)", () => {
  const forms: readonly [string, Form][] = [
    ["1 bit", { bits: 1 }],
    ["4 bits", { bits: 4 }],
    ["4 bits of ten colours", { bits: 4, colors: 10 }],
    ["8 bits", { bits: 8 }],
    ["8 bits, its rows from the top", { bits: 8, topDown: true }],
    ["8 bits of OS/2", { bits: 8, header: 12 }],
    ["16 bits", { bits: 16 }],
    ["16 bits by masks of 5, 6 and 5", { bits: 16, masks: [0xf800, 0x7e0, 0x1f] }],
    ["24 bits", { bits: 24 }],
    ["24 bits of the fifth version", { bits: 24, header: 124 }],
    ["24 bits of OS/2", { bits: 24, header: 12 }],
    ["32 bits", { bits: 32 }],
    ["32 bits by masks", { bits: 32, header: 124, masks: [0xff0000, 0xff00, 0xff] }],
  ];
  for (const [name, form] of forms)
    it(`gives the colours of ${name}`, () => {
      const { bytes, expected } = write(form);
      deepEqual([...decodeBitmap(bytes).colors], expected);
    });

  it("decodes runs, literals, jumps and ends of lines from the bottom up", () => {
    const reds = (bytes: Buffer) => [...decodeBitmap(bytes).colors].filter((_, place) => place % 3 === 0);
    // Five of 9; then 1, 2, 3 as they are and a jump to the top row, two columns on.
    const of8 = [5, 9, 0, 0, 0, 3, 1, 2, 3, 0, 0, 2, 1, 1, 1, 7, 0, 1];
    deepEqual(reds(writeRuns(8, of8)), [0, 0, 0, 0, 7, 1, 2, 3, 0, 0, 9, 9, 9, 9, 9]);
    const of4 = [5, 0x1f, 0, 0, 0, 5, 0x12, 0x34, 0x50, 0, 0, 1];
    deepEqual(reds(writeRuns(4, of4)), [0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 1, 15, 1, 15, 1]);
  });

  it("refuses runs that lead out of the picture or do not end", () => {
    throws(() => decodeBitmap(writeRuns(8, [6, 9, 0, 1])), /lead out of the picture/);
    throws(() => decodeBitmap(writeRuns(8, [0, 0, 0, 0, 0, 0, 1, 1, 0, 1])), /lead out of the picture/);
    for (const runs of [[], [5], [5, 9], [0, 4, 1], [0, 2, 1]])
      throws(() => decodeBitmap(writeRuns(8, runs)), /runs are cut off/);
  });

  it("refuses what is cut off, too large, or of another kind", () => {
    const { bytes } = write({ bits: 8 });
    for (let length = 0; length < bytes.length; length += 50)
      throws(() => decodeBitmap(bytes.subarray(0, length)), /cut off/);
    const changed = (place: number, value: number) => {
      const copy = Buffer.from(bytes);
      copy.writeInt32LE(value, place);
      return copy;
    };
    throws(() => decodeBitmap(changed(18, 100_000)), /pixels/);
    throws(() => decodeBitmap(changed(22, -2_147_483_648)), /states 5 × 2147483648 pixels/);
    throws(() => decodeBitmap(changed(30, 4)), /8 bits a pixel in the coding 4/);
    throws(() => decodeBitmap(changed(10, 3)), /cut off/);
    throws(() => decodeBitmap(changed(46, 2)), /has the colour \d+ of 2/);
    equal(decodeBitmap(bytes).width, width);
  });
});
