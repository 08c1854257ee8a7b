import { deepEqual, rejects } from "node:assert/strict";

import sharp from "sharp";

import { decodeJpeg } from "../../lib/dicom/decode-jpeg";

describe("decodeJpeg(stream, isGray)", () => {
  it("gives one channel or three", async () => {
    const flat = (channels: 1 | 3) => ({ width: 8, height: 16, channels });
    const jpeg = (channels: 1 | 3) =>
      sharp(new Uint8Array(128 * channels).fill(100), { raw: flat(channels) })
        .jpeg({ quality: 100 })
        .toBuffer();
    const sizeOf = async (channels: 1 | 3) => {
      const { values, ...size } = await decodeJpeg(await jpeg(channels), channels === 1);
      return { ...size, levels: [...new Set(values)] };
    };
    deepEqual(await sizeOf(1), { ...flat(1), levels: [100] });
    deepEqual(await sizeOf(3), { ...flat(3), levels: [100] });
  });

  it("refuses what is none", () => rejects(decodeJpeg(Buffer.from("no picture"), true)));
});
