import { deepEqual, ok, rejects } from "node:assert/strict";

import sharp from "sharp";

import { decodeStream } from "../../lib/dicom/compressed";
import type { PixelHeader } from "../../lib/dicom/header";
import { losslessJpeg } from "../helpers/dicom";

/** What the packages' encoders share; they are loaded by the tests alone. */
interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  setInterleaveMode?(mode: number): void;
  setDecompositions?(count: number): void;
}
type Loader = (output: object) => Promise<Record<string, new () => Encoder>>;

const header: PixelHeader = {
  rows: 9,
  columns: 14,
  frames: 1,
  samples: 1,
  photometric: "MONOCHROME2",
  planar: false,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  signed: false,
};
const deep: PixelHeader = { ...header, bitsAllocated: 16, bitsStored: 12, highBit: 11 };
const count = header.rows * header.columns;
const bytes = Uint8Array.from({ length: count }, (_, place) => (place * 37 + (place >> 3)) & 255);
const words = Uint16Array.from({ length: count }, (_, place) => (place * 611) & 4095);
const colours = Uint8Array.from({ length: count * 3 }, (_, place) => (place * 29) & 255);
const colourful: PixelHeader = { ...header, samples: 3, photometric: "RGB" };

async function encode(
  package_: string,
  kind: string,
  values: Uint8Array | Uint16Array,
  header: PixelHeader,
  mode?: number,
) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = await (require(package_) as Loader)({ print: () => undefined, printErr: () => undefined });
  const encoder = new library[kind]!();
  const info = {
    width: header.columns,
    height: header.rows,
    bitsPerSample: header.bitsStored,
    componentCount: header.samples,
    isSigned: false,
    isUsingColorTransform: false,
  };
  encoder.getDecodedBuffer(info).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  // Small pictures cannot be halved five times.
  encoder.setDecompositions?.(1);
  if (mode !== undefined) encoder.setInterleaveMode!(mode);
  encoder.encode();
  return Buffer.from(encoder.getEncodedBuffer());
}

describe("decodeStream(stream, header)", () => {
  it("gives the samples of lossless JPEG of 8, 12 and 16 bits, also where differences wrap around", async () => {
    deepEqual([...(await decodeStream(losslessJpeg(14, 9, 8, bytes), header))], [...bytes]);
    deepEqual([...(await decodeStream(losslessJpeg(14, 9, 12, words), deep))], [...words]);
    const wide = words.map((value) => value * 16);
    const full = { ...deep, bitsStored: 16, highBit: 15 };
    deepEqual([...(await decodeStream(losslessJpeg(14, 9, 16, wide), full))], [...wide]);
  });

  it("gives the samples of JPEG-LS of 8 and 12 bits, and of colours", async () => {
    const name = "@cornerstonejs/codec-charls";
    deepEqual([...(await decodeStream(await encode(name, "JpegLSEncoder", bytes, header), header))], [...bytes]);
    deepEqual([...(await decodeStream(await encode(name, "JpegLSEncoder", words, deep), deep))], [...words]);
    const stream = await encode(name, "JpegLSEncoder", colours, colourful, 2);
    deepEqual([...(await decodeStream(stream, colourful))], [...colours]);
  });

  it("gives the samples of JPEG 2000 of 8 and 12 bits, and of colours", async () => {
    const name = "@cornerstonejs/codec-openjpeg";
    deepEqual([...(await decodeStream(await encode(name, "J2KEncoder", bytes, header), header))], [...bytes]);
    deepEqual([...(await decodeStream(await encode(name, "J2KEncoder", words, deep), deep))], [...words]);
    const stream = await encode(name, "J2KEncoder", colours, colourful);
    deepEqual([...(await decodeStream(stream, colourful))], [...colours]);
  });

  it("gives the colours of progressive JPEG", async () => {
    const smooth = { create: { width: 14, height: 9, channels: 3, background: "#306090" } } as const;
    const values = await decodeStream(
      await sharp(smooth).jpeg({ progressive: true, quality: 100 }).toBuffer(),
      colourful,
    );
    ok(values.every((value, place) => Math.abs(value - [0x30, 0x60, 0x90][place % 3]!) <= 2));
  });

  it("refuses streams that are not what the header states, before they are decoded", async () => {
    await rejects(decodeStream(losslessJpeg(14, 9, 8, bytes), { ...header, rows: 8 }), /14 × 9 pixels of 1 samples/);
    await rejects(decodeStream(losslessJpeg(14, 9, 12, words), header), /12 bits a sample, its header 8/);
    await rejects(decodeStream(Buffer.from("no stream at all"), header), /neither JPEG nor JPEG 2000/);
    await rejects(decodeStream(Buffer.alloc(0), header), /neither JPEG nor JPEG 2000/);
    const j2k = await encode("@cornerstonejs/codec-openjpeg", "J2KEncoder", bytes, header);
    await rejects(decodeStream(j2k, { ...header, columns: 15 }), /14 × 9 pixels/);
  });

  it("refuses streams that are cut off, of every kind", async () => {
    const streams: readonly [Buffer, PixelHeader][] = [
      [losslessJpeg(14, 9, 8, bytes), header],
      [losslessJpeg(14, 9, 12, words), deep],
      [await encode("@cornerstonejs/codec-charls", "JpegLSEncoder", bytes, header), header],
      [
        await sharp(Buffer.from(bytes), { raw: { width: 14, height: 9, channels: 1 } })
          .jpeg()
          .toBuffer(),
        header,
      ],
    ];
    for (const [stream, its] of streams)
      await rejects(decodeStream(stream.subarray(0, stream.length - 40), its), Error);
  });
});
