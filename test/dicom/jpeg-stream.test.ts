import { deepEqual, equal, throws } from "node:assert/strict";

import sharp from "sharp";

import { isYCbCr, readJpegHeader, stateColours, type JpegHeader } from "../../lib/dicom/jpeg-stream";
import { losslessJpeg } from "../helpers/dicom";

const colourful = (chromaSubsampling: string) =>
  sharp({ create: { width: 16, height: 8, channels: 3, background: "#c02040" } })
    .jpeg({ chromaSubsampling })
    .toBuffer();

describe("readJpegHeader(stream)", () => {
  it("reads size, process and components as another program wrote them", async () => {
    const { process, bits, width, height, components, subsampled, jfif, adobe } = readJpegHeader(
      await colourful("4:2:0"),
    );
    deepEqual(
      { process, bits, width, height, components, subsampled, jfif, adobe },
      {
        process: 0,
        bits: 8,
        width: 16,
        height: 8,
        components: [1, 2, 3],
        subsampled: true,
        jfif: false,
        adobe: null,
      },
    );
    equal(readJpegHeader(await colourful("4:4:4")).subsampled, false);
    const { process: lossless, bits: deep } = readJpegHeader(losslessJpeg(4, 4, 12, new Uint16Array(16)));
    deepEqual([lossless, deep], [3, 12]);
  });

  it("refuses a stream without a header, wherever it is cut", async () => {
    const whole = await colourful("4:4:4");
    const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
    for (let length = 2; length < scan; length += 11)
      throws(() => readJpegHeader(whole.subarray(0, length)), /cut off|no mark/);
    throws(() => readJpegHeader(Buffer.from([0xff, 0xd8, 1, 2, 3, 4])), /no mark at byte 2/);
  });
});

describe("isYCbCr(header, label)", () => {
  const header: JpegHeader = {
    process: 0,
    bits: 8,
    width: 1,
    height: 1,
    components: [1, 2, 3],
    subsampled: false,
    jfif: false,
    adobe: null,
    colourSegments: [],
  };
  it("believes Adobe, then JFIF, then names of components, then subsampling, then the label", () => {
    const cases: readonly [Partial<JpegHeader>, boolean, boolean][] = [
      [{ adobe: 0, jfif: true, subsampled: true }, true, false],
      [{ adobe: 1 }, false, true],
      [{ jfif: true, components: [82, 71, 66] }, false, true],
      [{ components: [82, 71, 66], subsampled: true }, true, false],
      [{ subsampled: true }, false, true],
      [{}, true, true],
      [{}, false, false],
    ];
    for (const [parts, label, expected] of cases) equal(isYCbCr({ ...header, ...parts }, label), expected);
  });
});

describe("stateColours(stream, header, transform)", () => {
  it("makes a decoder leave or turn the colours, and keeps the rest", async () => {
    const stream = await colourful("4:4:4");
    const header = readJpegHeader(stream);
    const [asTheyAre, turned] = [stateColours(stream, header, 0), stateColours(stream, header, 1)];
    equal(readJpegHeader(asTheyAre).adobe, 0);
    equal(readJpegHeader(asTheyAre).jfif, false);
    const first = async (bytes: Buffer) => [
      ...(await sharp(bytes).toColourspace("srgb").raw().toBuffer()).subarray(0, 3),
    ];
    deepEqual(await first(turned), await first(stream));
    // The luminance of C02040 is 83; its own red is 192.
    const [light] = await first(asTheyAre);
    equal(Math.abs(light! - 83) <= 2, true);
  });
});
