import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { encode } from "fast-png";
import sharp from "sharp";

import { decodePicture } from "../../lib/pictures/decode-picture";
import { createRandom } from "../../lib/runtime/random";
import { Problem } from "../../lib/runtime/problem";
import { texture, writePicture, type PictureForm } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";

const folder = temporaryFolder();
const levels = (pixels: Float32Array) => [...pixels].map((level) => Math.round(level * 255));
const expected = (width: number, height: number) =>
  Array.from({ length: width * height }, (_, pixel) => texture(1)(pixel % width, Math.floor(pixel / width)));

/** Writes a texture and decodes it. */
async function roundTrip(form: PictureForm) {
  const path = writePicture(join(folder.path, "a picture (1) ü.png"), texture(1), form);
  return decodePicture(readFileSync(path), path);
}

/** Bitmaps of 8 × 4 pixels, every third white, as Pillow's Image.save(..., "BMP") writes them in modes "1" and "RGB". */
const pillow = {
  oneBit: "Qk1OAAAAAAAAAD4AAAAoAAAACAAAAAQAAAABAAEAAAAAABAAAADEDgAAxA4AAAIAAAACAAAAAAAAAP///wCSAAAAJAAAAEkAAACSAAAA",
  color:
    "Qk2WAAAAAAAAADYAAAAoAAAACAAAAAQAAAABABgAAAAAAGAAAADEDgAAxA4AAAAAAAAAAAAA////AAAAAAAA////AAAAAAAA////AAAAAAAAAAAA////AAAAAAAA////AAAAAAAAAAAA////AAAAAAAA////AAAAAAAA////////AAAAAAAA////AAAAAAAA////AAAA",
};

/** Writes a bitmap of 8 bits with a gray palette, its rows from the bottom up, as usual. */
function grayBitmap(width: number, height: number, level: (pixel: number) => number): Buffer {
  const start = 14 + 40 + 4 * 256;
  const stride = Math.ceil(width / 4) * 4;
  const bytes = Buffer.alloc(start + stride * height);
  bytes.write("BM");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(start, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(8, 28);
  for (let entry = 0; entry < 256; entry++) bytes.fill(entry, 54 + 4 * entry, 57 + 4 * entry);
  for (let pixel = 0; pixel < width * height; pixel++) {
    bytes[start + stride * (height - 1 - Math.floor(pixel / width)) + (pixel % width)] = level(pixel);
  }
  return bytes;
}

describe("decodePicture(bytes, name)", () => {
  it("gives the gray levels of a PNG of one channel", async () => {
    const { width, height, pixels, channels, bits, colors } = await roundTrip({ width: 7, height: 5 });
    deepEqual([width, height, channels, bits, colors], [7, 5, 1, 8, null]);
    deepEqual(levels(pixels), expected(7, 5));
  });

  it("gives the same gray levels however they are stored: gray, with alpha, in colour, in 16 bits", async () => {
    const plain = (await roundTrip({})).pixels;
    for (const form of [
      { channels: 2 },
      { channels: 3 },
      { channels: 4 },
      { depth: 16 },
      { channels: 3, depth: 16 },
    ] as const) {
      const other = await roundTrip(form);
      equal(other.bits, "depth" in form ? 16 : 8);
      equal(other.channels, "channels" in form ? form.channels : 1);
      plain.forEach((level, place) => {
        ok(Math.abs(level - other.pixels[place]!) < 1e-6);
      });
    }
  });

  it("keeps the 65,536 levels of 16 bits apart", async () => {
    const data = Uint16Array.of(0, 1, 300, 65535);
    const { pixels } = await decodePicture(encode({ width: 4, height: 1, channels: 1, depth: 16, data }), "deep.png");
    deepEqual(
      [...pixels].map((level) => Math.round(level * 65535)),
      [...data],
    );
  });

  it("expands a palette", async () => {
    const palette = [
      [10, 10, 10],
      [200, 200, 200],
      [0, 255, 0],
    ];
    const raw = Buffer.from([0, 1, 2, 1].flatMap((index) => palette[index]!));
    const bytes = await sharp(raw, { raw: { width: 2, height: 2, channels: 3 } })
      .png({ palette: true, colours: 4, dither: 0 })
      .toBuffer();
    equal(bytes[25], 3, "the file has a palette");
    const { pixels, colors } = await decodePicture(bytes, "palette.png");
    const green = Math.round(0.587 * 255);
    levels(pixels).forEach((level, place) => {
      ok(Math.abs(level - [10, 200, green, 200][place]!) <= 2, String(level));
    });
    ok(colors![7]! > 250 && colors![6]! < 5);
  });

  it("weighs colours by their luminance", async () => {
    const data = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 20, 120, 220);
    const { pixels } = await decodePicture(encode({ width: 4, height: 1, channels: 3, data }), "colors.png");
    // Values of Pillow's convert("L").
    levels(pixels).forEach((level, place) => {
      ok(Math.abs(level - [76, 150, 29, 101][place]!) <= 1);
    });
  });

  it("takes what is transparent for black", async () => {
    const data = Uint8Array.of(200, 200, 200, 255, 200, 200, 200, 0);
    const { pixels } = await decodePicture(encode({ width: 2, height: 1, channels: 4, data }), "alpha.png");
    deepEqual(levels(pixels), [200, 0]);
  });

  it("reads bitmaps of 1, 8 and 24 bits", async () => {
    for (const [bits, bytes] of [
      [1, Buffer.from(pillow.oneBit, "base64")],
      [8, grayBitmap(8, 4, (pixel) => (pixel % 3 === 0 ? 255 : 0))],
      [24, Buffer.from(pillow.color, "base64")],
    ] as const) {
      const { pixels, width, height, channels } = await decodePicture(bytes, "picture.bmp");
      deepEqual([width, height, channels], [8, 4, 1]);
      const columns = Array.from({ length: 32 }, (_, pixel) => (pixel % 3 === 0 ? 255 : 0));
      deepEqual(levels(pixels), columns, `${bits} bits`);
    }
  });

  it("reads JPEG, TIFF, WebP and GIF", async () => {
    const raw = Buffer.from(expected(40, 30));
    const picture = sharp(raw, { raw: { width: 40, height: 30, channels: 1 } });
    for (const format of ["jpeg", "tiff", "webp", "gif"] as const) {
      const { pixels, width, height } = await decodePicture(await picture.clone().toFormat(format).toBuffer(), format);
      deepEqual([width, height], [40, 30]);
      const off = levels(pixels).reduce((sum, level, place) => sum + Math.abs(level - raw[place]!), 0) / raw.length;
      ok(off < 6, `${format}: ${off}`);
    }
  });

  it("refuses a PNG cut off at any length, and names it", async () => {
    const bytes = readFileSync(writePicture(join(folder.path, "x.png"), texture(2)));
    for (let length = 0; length < bytes.length - 12; length += 37) {
      await rejects(
        decodePicture(bytes.subarray(0, length), "cut.png"),
        (error: unknown) => error instanceof Problem && error.message.startsWith("cut.png"),
      );
    }
  });

  it("refuses a bitmap that is cut off, and a text", async () => {
    const bytes = grayBitmap(10, 10, () => 99);
    await rejects(decodePicture(bytes.subarray(0, 1100), "cut.bmp"), /cut\.bmp cannot be decoded/);
    await rejects(decodePicture(Buffer.from("no picture at all"), "text.png"), /text\.png cannot be decoded/);
  });

  it("gives a picture or a problem, and nothing else, for 200 damaged files", async () => {
    const random = createRandom(1);
    const bitmap = grayBitmap(10, 10, () => 99);
    const png = readFileSync(writePicture(join(folder.path, "x.png"), texture(2)));
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.from(round % 2 === 0 ? png : bitmap);
      for (let flips = 0; flips < 3; flips++) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      try {
        const { pixels, width, height } = await decodePicture(bytes, "damaged");
        equal(pixels.length, width * height);
      } catch (error) {
        ok(error instanceof Problem, String(error));
      }
    }
  });

  it("turns images and masks alike as their orientation mark says", async () => {
    // Two columns, the left one bright; turned by a quarter, the upper row is.
    const raw = Buffer.from([255, 0, 255, 0]);
    const input = { raw: { width: 2, height: 2, channels: 1 as const } };
    const bytes = await sharp(raw, input).png().withMetadata({ orientation: 6 }).toBuffer();
    deepEqual(levels((await decodePicture(bytes, "turned.png")).pixels), [255, 255, 0, 0]);
    const wide = await sharp(Buffer.alloc(6), { raw: { width: 3, height: 2, channels: 1 } })
      .jpeg()
      .withMetadata({ orientation: 8 })
      .toBuffer();
    const { width, height } = await decodePicture(wide, "turned.jpg");
    deepEqual([width, height], [2, 3]);
  });

  it("refuses files of several pictures by name, and reads those of one", async () => {
    const raw = { raw: { width: 4, height: 8, channels: 3 as const, pageHeight: 4 } };
    const frames = Buffer.from(Array.from({ length: 96 }, (_, place) => (place < 48 ? 10 : 200)));
    for (const kind of ["gif", "webp"] as const) {
      const animated = await sharp(frames, raw)[kind]({ loop: 0 }).toBuffer();
      await rejects(decodePicture(animated, `a.${kind}`), new RegExp(`a\\.${kind} holds 2 pictures, pages or frames`));
      const single = await sharp(frames, { raw: { width: 4, height: 8, channels: 3 } })
        [kind]()
        .toBuffer();
      equal((await decodePicture(single, `a.${kind}`)).height, 8);
    }
    // A page of 2 × 1 pixels, twice; tags in the order of their numbers, each a whole number of 16 or 32 bits.
    const page = (at: number, next: number) => {
      const tags = [256, 2, 257, 1, 258, 8, 259, 1, 262, 1, 273, at - 2, 277, 1, 278, 1, 279, 2];
      const bytes = Buffer.alloc(2 + 12 * 9 + 4);
      bytes.writeUInt16LE(9, 0);
      for (let tag = 0; tag < 9; tag++) {
        bytes.writeUInt16LE(tags[2 * tag]!, 2 + 12 * tag);
        bytes.writeUInt16LE(4, 4 + 12 * tag);
        bytes.writeUInt32LE(1, 6 + 12 * tag);
        bytes.writeUInt32LE(tags[2 * tag + 1]!, 10 + 12 * tag);
      }
      bytes.writeUInt32LE(next, 110);
      return bytes;
    };
    const tiff = (pages: number) =>
      Buffer.concat([
        Buffer.from([0x49, 0x49, 42, 0, 10, 0, 0, 0]),
        ...Array.from({ length: pages }, (_, index) => {
          const at = 10 + index * 116;
          return Buffer.concat([Buffer.from([7, 9]), page(at, index + 1 < pages ? at + 116 : 0)]);
        }),
      ]);
    deepEqual(levels((await decodePicture(tiff(1), "a.tif")).pixels), [7, 9]);
    await rejects(decodePicture(tiff(2), "a.tif"), /a\.tif holds 2 pictures/);
  });

  it("refuses more pixels than any ultrasound image has, before it takes memory for them", async () => {
    const large = await sharp({ create: { width: 7000, height: 7000, channels: 3, background: "black" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const before = process.memoryUsage().rss;
    await rejects(decodePicture(large, "large.png"), /large\.png has more than 16777216 pixels/);
    ok(process.memoryUsage().rss - before < 100e6);
  });
});
