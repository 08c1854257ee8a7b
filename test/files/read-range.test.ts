import { deepEqual, equal, rejects } from "node:assert/strict";
import { closeSync, fstatSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInflate, createInflateRaw, deflateRawSync, deflateSync } from "node:zlib";

import { inflateRange, readRange } from "../../lib/files/read-range";
import { temporaryFolder } from "../helpers/temporary";

const collect = async (pieces: AsyncIterable<Uint8Array>) => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
};

/** Opens a file with something in it for a moment. */
async function withFile(folder: string, contents: Uint8Array, work: (file: number) => Promise<void>): Promise<void> {
  const path = join(folder, "file");
  writeFileSync(path, contents);
  const file = openSync(path, "r");
  try {
    await work(file);
    // It has stayed open.
    equal(fstatSync(file).size, contents.length);
  } finally {
    closeSync(file);
  }
}

describe("readRange(file, start, length) and inflateRange(file, start, length, inflate)", () => {
  const folder = temporaryFolder();
  const contents = Buffer.from(Uint8Array.from({ length: 600_000 }, (_, index) => (index * index) % 251));

  it("read what is there, across pieces", async () => {
    await withFile(folder.path, contents, async (file) => {
      deepEqual(await collect(readRange(file, 0, contents.length)), contents);
      deepEqual(await collect(readRange(file, 7, 500_000)), contents.subarray(7, 500_007));
      deepEqual(await collect(readRange(file, 7, 0)), Buffer.alloc(0));
    });
  });

  it("unpack what is deflated, with zlib's header and without", async () => {
    const [packed, raw] = [deflateSync(contents), deflateRawSync(contents)];
    await withFile(folder.path, Buffer.concat([packed, raw]), async (file) => {
      deepEqual(await collect(inflateRange(file, 0, packed.length, createInflate())), contents);
      deepEqual(await collect(inflateRange(file, packed.length, raw.length, createInflateRaw())), contents);
    });
  });

  it("can be left in the middle", async () => {
    const packed = deflateSync(contents);
    await withFile(folder.path, packed, async (file) => {
      for await (const piece of inflateRange(file, 0, packed.length, createInflate())) {
        equal(piece.length > 0, true);
        break;
      }
    });
  });

  it("notice what is cut off or damaged", async () => {
    const packed = deflateSync(contents);
    await withFile(folder.path, packed, async (file) => {
      await rejects(collect(readRange(file, 0, packed.length + 1)), /it ends too early/);
      await rejects(collect(inflateRange(file, 0, packed.length + 1, createInflate())), /it ends too early/);
      await rejects(collect(inflateRange(file, 0, packed.length - 1, createInflate())), { code: "Z_BUF_ERROR" });
      await rejects(collect(inflateRange(file, 1, packed.length - 1, createInflate())), { code: "Z_DATA_ERROR" });
    });
  });
});
