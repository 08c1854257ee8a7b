import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import sharp from "sharp";

import { decodePicture } from "../../../lib/pictures/decode-picture";
import { openPictureFile, requireSize, type BrowserDecoder } from "../../../lib/release/page/read-picture";
import { Problem } from "../../../lib/runtime/problem";
import { clinicPicture } from "../../helpers/dicom-picture";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";
import { phantomPicture, writeMixedPictures } from "../trained";

/** Stands in for a browser. */
const bySharp: BrowserDecoder = async (bytes) => {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, values: data };
};
const never: BrowserDecoder = () => Promise.reject(new Error("not asked for"));

describe("openPictureFile(bytes, name, decodeByBrowser)", () => {
  const folder = temporaryFolder();
  const read = async (bytes: Uint8Array, decode = never) => (await openPictureFile(bytes, "scan", decode)).read(0);

  it("reads every kind as the library does in Node, PNG and BMP without the browser", async () => {
    const files = await writeMixedPictures(folder.path, phantomPicture(60), "x");
    for (const file of files) {
      const bytes = readFileSync(join(folder.path, file));
      const { picture, part } = await read(bytes, /palette|jpg|webp/.test(file) ? bySharp : never);
      const expected = await decodePicture(bytes, file);
      deepEqual(picture.pixels, expected.pixels, file);
      deepEqual(part, { left: 0, top: 0, width: expected.width, height: expected.height });
    }
  });

  it("reads PNG of 16 bits, and with transparency, to the last bit", async () => {
    for (const form of [{ depth: 16 }, { channels: 2 }, { channels: 4, depth: 16 }, { channels: 3 }] as const) {
      const bytes = readFileSync(writePicture(join(folder.path, "a.png"), texture(4), form));
      deepEqual((await read(bytes)).picture.pixels, (await decodePicture(bytes, "a")).pixels);
    }
  });

  it("reads DICOM, cut to its tissue, with what it was taken by", async () => {
    const file = await openPictureFile(clinicPicture({ others: { "0008,0070": ["LO", "Maker"] } }), "scan", never);
    deepEqual([file.frames, file.first], [1, 0]);
    const { picture, part, device, remarks } = await file.read(0);
    deepEqual(part, { left: 10, top: 20, width: 60, height: 40 });
    deepEqual([picture.width, picture.height, remarks], [60, 40, []]);
    match(device!, /^Maker/);
    const { remarks: said } = await (await openPictureFile(clinicPicture({ region: false }), "scan", never)).read(0);
    match(said[0]!, /does not say where in it the tissue is/);
  });

  it("says in a sentence what is wrong with all else", async () => {
    const text = (letters: string) => new Uint8Array(Buffer.from(letters, "latin1"));
    const png = readFileSync(writePicture(join(folder.path, "a.png"), texture(4)));
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    const swapped = Buffer.from(png);
    swapped[png.length - 20]! ^= 255;
    const bad: [Uint8Array, RegExp][] = [
      [text(""), /^scan is empty\./],
      [text("hello"), /scan is none of them, expected an image: PNG, JPEG, BMP, WebP or DICOM\./],
      [text("%PDF-1.7 ..."), /a PDF document/],
      [text("II*\0aaaaaaaaaaaa"), /TIFF/],
      [text("\0\0\0\x18ftypheic0000"), /HEIC, the pictures of an iPhone/],
      [text("GIF89a0000000000"), /GIF/],
      [text("<svg onload=alert(1)>"), /HTML or SVG/],
      [text("PK\x03\x04aaaaaaaaaaa"), /archive/],
      [text("BMxx"), /cannot be decoded \(its header is cut off\)/],
      [png.subarray(0, 20), /cannot be decoded \(its header is cut off\)/],
      [png.subarray(0, png.length - 40), /cut off or damaged/],
      [swapped, /cut off or damaged/],
      [huge, /has 60000 × 30 pixels|cut off or damaged/],
      [text("\xff\xd8\xff\xe0nothing"), /cannot be decoded \(not asked for\)/],
      [clinicPicture().subarray(0, 700), /DICOM|cut off/],
    ];
    for (const [bytes, pattern] of bad)
      await rejects(read(bytes), (error: unknown) => {
        equal(error instanceof Problem, true, `${pattern.source}: ${String(error)}`);
        match((error as Problem).message, pattern);
        return true;
      });
  });
});

describe("requireSize(width, height, name)", () => {
  it("refuses what no ultrasound image is", () => {
    requireSize(4096, 4096, "x");
    throws(() => {
      requireSize(4097, 4096, "x");
    }, /x has 4097 × 4096 pixels/);
  });
});
