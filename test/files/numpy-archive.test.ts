import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readNumpyArchive } from "../../lib/files/numpy-archive";
import { rootWith } from "../helpers/shared-data";
import { temporaryFolder } from "../helpers/temporary";
import { makeZip, type ZipFile } from "../helpers/zip";

const fixtures = join(__dirname, "fixtures");
const counting = Array.from({ length: 24 }, (_, index) => index);

describe("readNumpyArchive(path, options)", () => {
  const folder = temporaryFolder();
  const write = (files: readonly ZipFile[]) => {
    const path = join(folder.path, "a.npz");
    writeFileSync(path, makeZip(files));
    return path;
  };
  const npy = readFileSync(join(fixtures, "version-1.npy"));

  for (const name of ["arrays-stored.npz", "arrays-deflated.npz"]) {
    it(`reads every type and shape as NumPy wrote it: ${name}`, async () => {
      const arrays = await readNumpyArchive(join(fixtures, name));
      deepEqual(Object.fromEntries(arrays), {
        bool: { shape: [1, 3], dtype: "bool", data: Uint8Array.of(1, 0, 1) },
        uint8: { shape: [2, 3, 4], dtype: "uint8", data: Uint8Array.from(counting) },
        int8: { shape: [3], dtype: "int8", data: Int8Array.of(-128, 0, 127) },
        uint16: { shape: [2], dtype: "uint16", data: Uint16Array.of(0, 65535) },
        int16: { shape: [2], dtype: "int16", data: Int16Array.of(-32768, 32767) },
        uint32: { shape: [2], dtype: "uint32", data: Uint32Array.of(0, 4294967295) },
        int32: { shape: [2], dtype: "int32", data: Int32Array.of(-2147483648, 2147483647) },
        uint64: { shape: [2], dtype: "uint64", data: BigUint64Array.of(0n, 18446744073709551615n) },
        int64: { shape: [2, 1], dtype: "int64", data: BigInt64Array.of(-9223372036854775808n, 9223372036854775807n) },
        float32: { shape: [3], dtype: "float32", data: Float32Array.of(0.1, -Infinity, NaN) },
        float64: { shape: [2], dtype: "float64", data: Float64Array.of(0.1, 1e300) },
        scalar: { shape: [], dtype: "float64", data: Float64Array.of(2.5) },
        empty: { shape: [0, 3], dtype: "float32", data: new Float32Array(0) },
        fortran: { shape: [2, 3, 4], dtype: "int16", data: Int16Array.from(counting) },
        big: { shape: [3], dtype: "int32", data: Int32Array.of(1, 2, 258) },
      });
    });
  }

  for (const [name, what] of Object.entries({
    objects: /x" holds Python objects, .* may run code/,
    texts: /holds texts/,
    complex: /holds complex numbers/,
    half: /holds numbers of an unusual size/,
    record: /holds records/,
    dates: /holds dates/,
  })) {
    it(`refuses ${name} as NumPy wrote them`, async () => {
      await rejects(readNumpyArchive(join(fixtures, `refused-${name}.npz`)), { name: "Problem", message: what });
    });
  }

  it("leaves out what is no array", async () => {
    const arrays = await readNumpyArchive(
      write([
        { name: "readme.txt", contents: "x" },
        { name: "a.npy", contents: npy },
      ]),
    );
    deepEqual([...arrays.keys()], ["a"]);
  });

  it("refuses an archive without arrays, with one twice, or that is none", async () => {
    await rejects(readNumpyArchive(write([{ name: "a.txt" }])), { name: "Problem", message: /holds no NumPy array/ });
    const twice = write([
      { name: "a.npy", contents: npy },
      { name: "a.npy", contents: npy },
    ]);
    await rejects(readNumpyArchive(twice), { name: "Problem", message: /a\.npz: "a" is there twice/ });
    await rejects(readNumpyArchive(join(fixtures, "version-1.npy")), {
      name: "Problem",
      message: /not a whole zip archive/,
    });
    await rejects(readNumpyArchive(join(folder.path, "none.npz")), {
      name: "Problem",
      message: /there is no such file/,
    });
  });

  it("takes no memory for what a small file claims", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (40000000000,), }";
    const lie = Buffer.concat([
      Buffer.from(`\x93NUMPY\x01\x00${String.fromCharCode(header.length)}\x00`, "latin1"),
      Buffer.from(header),
    ]);
    await rejects(readNumpyArchive(write([{ name: "a.npy", contents: lie }])), /40000000000 bytes, and 0 follow/);
    for (const deflate of [true, false]) {
      const path = write([{ name: "a.npy", contents: npy, deflate, size: 4e9 }]);
      await rejects(readNumpyArchive(path), { name: "Problem", message: /it states 4000000000 bytes packed into/ });
    }
    equal(process.memoryUsage().arrayBuffers - before < 1e7, true);
  });

  it("refuses more than is allowed", async () => {
    const path = join(fixtures, "arrays-stored.npz");
    await rejects(readNumpyArchive(path, { maximumBytes: 1000 }), {
      name: "Problem",
      message: /holds 2\.\d kB, at most 1\.0 kB/,
    });
    await rejects(readNumpyArchive(path, { maximum: 1 } as never), /Did you mean "maximumBytes"/);
  });

  it("refuses an array that is damaged", async () => {
    await rejects(readNumpyArchive(write([{ name: "a.npy", contents: npy, crc: 1 }])), /does not have its checksum/);
    await rejects(
      readNumpyArchive(write([{ name: "a.npy", contents: npy.subarray(0, 130) }])),
      /"a" is not a whole NumPy/,
    );
    await rejects(readNumpyArchive(write([{ name: "a.npy" }])), /"a" is not a whole NumPy array/);
  });

  it("reads BreastMNIST", async function () {
    const arrays = await readNumpyArchive(join(rootWith(this, "breastmnist"), "breastmnist", "breastmnist.npz"));
    deepEqual([...arrays].map(([name, { dtype, shape }]) => `${name} ${dtype} [${shape.join(", ")}]`).sort(), [
      "test_images uint8 [156, 28, 28]",
      "test_labels uint8 [156, 1]",
      "train_images uint8 [546, 28, 28]",
      "train_labels uint8 [546, 1]",
      "val_images uint8 [78, 28, 28]",
      "val_labels uint8 [78, 1]",
    ]);
  });
});
