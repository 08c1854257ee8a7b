import { deepEqual, throws } from "node:assert/strict";

import type { PixelHeader } from "../../lib/dicom/header";
import { decodeRunLength } from "../../lib/dicom/run-length";
import { runLengthStream } from "../helpers/dicom";

const header: PixelHeader = {
  rows: 2,
  columns: 3,
  frames: 1,
  samples: 1,
  photometric: "MONOCHROME2",
  planar: false,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  signed: false,
};

describe("decodeRunLength(stream, header)", () => {
  it("decodes the example of PackBits in Apple's Technical Note TN1023", () => {
    // FE AA 02 80 00 2A FD AA 03 80 00 2A 22 F7 AA
    const packed = Buffer.from("feaa0280002afdaa0380002a22f7aa", "hex");
    const head = Buffer.alloc(64);
    head.writeUInt32LE(1, 0);
    head.writeUInt32LE(64, 4);
    const expected = Buffer.from("aaaaaa80002aaaaaaaaa80002a22aaaaaaaaaaaaaaaaaaaa", "hex");
    deepEqual([...decodeRunLength(Buffer.concat([head, packed]), { ...header, rows: 4, columns: 6 })], [...expected]);
  });

  it("interleaves samples, and puts the high byte before the low one", () => {
    const planes = [1, 2, 3].map((byte) => new Uint8Array(6).fill(byte));
    deepEqual(
      [...decodeRunLength(runLengthStream(planes), { ...header, samples: 3 })],
      Array(6).fill([1, 2, 3]).flat(),
    );
    const words = decodeRunLength(runLengthStream(planes.slice(0, 2)), { ...header, bitsAllocated: 16 });
    deepEqual([...words], Array(6).fill(258));
  });

  it("refuses streams that end early, or whose segments lie elsewhere", () => {
    const whole = runLengthStream([new Uint8Array(6).fill(1)]);
    throws(() => decodeRunLength(whole.subarray(0, 20), header), /table of segments is cut off/);
    throws(() => decodeRunLength(whole, { ...header, samples: 3 }), /1 segments, expected 3/);
    throws(() => decodeRunLength(whole, { ...header, rows: 9 }), /ends after 6 of 27 bytes/);
    const outside = Buffer.from(whole);
    outside.writeUInt32LE(4000, 4);
    throws(() => decodeRunLength(outside, header), /segment 1 lies outside/);
    throws(
      () => decodeRunLength(Buffer.concat([whole.subarray(0, 64), Buffer.from([5, 1])]), header),
      /ends after 0 of 6/,
    );
  });
});
