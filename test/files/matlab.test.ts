import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

import { readMatlab, type MatlabReadOptions } from "../../lib/files/matlab";
import type { MatlabValue } from "../../lib/files/matlab-matrix";
import { Problem } from "../../lib/runtime/problem";
import { temporaryFolder } from "../helpers/temporary";

const fixtures = join(__dirname, "fixtures");

/** The fixtures' arrays are row by row in Python; this is their order in the file. */
function byColumns(rows: number, columns: number, at: (index: number) => number): number[] {
  return Array.from({ length: rows * columns }, (_, index) => at((index % rows) * columns + Math.floor(index / rows)));
}

function numbersIn(value: MatlabValue): (number | bigint)[] {
  if (value.kind !== "numbers") throw new Error(`${value.kind}, not numbers`);
  return [...value.data];
}

function numberOf(value: MatlabValue): number {
  const numbers = numbersIn(value);
  equal(numbers.length, 1);
  return Number(numbers[0]);
}

function textOf(value: MatlabValue): string {
  if (value.kind !== "text") throw new Error(`${value.kind}, not a text`);
  equal(value.rows.length, 1);
  return value.rows[0]!;
}

describe("readMatlab(path, options)", () => {
  const folder = temporaryFolder();
  const write = (bytes: Uint8Array) => {
    const path = join(folder.path, "a.mat");
    writeFileSync(path, bytes);
    return path;
  };
  const problemOf = async (path: string, variable = "x", more: Partial<MatlabReadOptions> = {}) => {
    try {
      await readMatlab(path, { variable, ...more });
    } catch (error) {
      equal(error instanceof Problem, true, String(error));
      return (error as Problem).message;
    }
    return "no problem";
  };

  for (const file of ["variables.mat", "variables-packed.mat"]) {
    describe(`of ${file}, as SciPy wrote it`, () => {
      const path = join(fixtures, file);

      it("reads numbers of every type, column by column", async () => {
        for (const [type, className] of Object.entries({
          int8: "int8",
          uint8: "uint8",
          int16: "int16",
          uint16: "uint16",
          int32: "int32",
          uint32: "uint32",
          float32: "single",
          float64: "double",
        })) {
          const value = await readMatlab(path, { variable: `of_${type}` });
          deepEqual(value, { kind: "numbers", shape: [2, 2], className, data: value.kind === "numbers" && value.data });
          deepEqual(numbersIn(value), [0, 2, 1, 100]);
        }
        deepEqual(numbersIn(await readMatlab(path, { variable: "of_int64" })), [0n, 2n, 1n, 100n]);
        deepEqual(numbersIn(await readMatlab(path, { variable: "of_uint64" })), [0n, 2n, 1n, 100n]);
      });

      it("reads truth values, complex numbers, no numbers, and three axes", async () => {
        const logical = { kind: "numbers", shape: [1, 2], className: "logical", data: Uint8Array.of(1, 0) };
        deepEqual(await readMatlab(path, { variable: "logical" }), logical);
        deepEqual(await readMatlab(path, { variable: "complex" }), {
          kind: "numbers",
          shape: [1, 2],
          className: "double",
          data: Float64Array.of(1, 3),
          imaginary: Float64Array.of(2, -4),
        });
        const none = await readMatlab(path, { variable: "none" });
        deepEqual([none.shape, numbersIn(none)], [[0, 0], []]);
        const volume = await readMatlab(path, { variable: "volume" });
        const index = Array.from({ length: 24 }, (_, at) => [at % 2, Math.floor(at / 2) % 3, Math.floor(at / 6)]);
        deepEqual(
          numbersIn(volume),
          index.map(([a, b, c]) => a! * 12 + b! * 4 + c!),
        );
        deepEqual(volume.shape, [2, 3, 4]);
      });

      it("reads texts of one row and of several", async () => {
        deepEqual(await readMatlab(path, { variable: "text" }), { kind: "text", shape: [1, 6], rows: ["Läsion"] });
        deepEqual(await readMatlab(path, { variable: "rows" }), { kind: "text", shape: [2, 3], rows: ["abc", "def"] });
      });

      it("reads cells", async () => {
        const cells = await readMatlab(path, { variable: "cells" });
        if (cells.kind !== "cells") throw new Error("not cells");
        deepEqual([cells.shape, cells.count], [[2, 2], 4]);
        equal(numberOf(cells.read(0)), 1);
        equal(textOf(cells.read(1)), "two");
        deepEqual(numbersIn(cells.read(2)), [3, 4]);
        deepEqual(cells.read(3).shape, [0, 0]);
      });

      it("reads structs, a field when it is asked for", async () => {
        const data = await readMatlab(path, { variable: "data" });
        if (data.kind !== "structs") throw new Error("not structs");
        deepEqual([data.shape, data.count, data.fields], [[1, 3], 3, ["id", "rf1", "roi1", "class"]]);
        for (let index = 0; index < 3; index++) {
          equal(textOf(data.read(index, "id")), `1.${index}`);
          equal(numberOf(data.read(index, "class")), index % 2);
          deepEqual(
            numbersIn(data.read(index, "rf1")),
            byColumns(4, 3, (at) => at * (index + 1) - 5),
          );
          deepEqual(
            numbersIn(data.read(index, "roi1")),
            byColumns(4, 3, (at) => (at % 2 === 0 ? 1 : 0)),
          );
        }
        // Each time anew: what one reader does to its numbers, no other sees.
        const first = data.read(0, "rf1");
        if (first.kind === "numbers") first.data[0] = 99;
        equal(numbersIn(data.read(0, "rf1"))[0], -5);
      });
    });
  }

  it("gives a small part in memory of its own, not of the whole file", async () => {
    const data = await readMatlab(join(fixtures, "variables.mat"), { variable: "data" });
    const value = data.kind === "structs" && data.read(0, "rf1");
    equal(value !== false && value.kind === "numbers" && value.data.buffer.byteLength, 24);
  });

  for (const order of ["little", "big"]) {
    it(`reads what MATLAB stores by itself, ${order}-endian: whole doubles in a smaller type`, async () => {
      const path = join(fixtures, `by-hand-${order}.mat`);
      const whole = { kind: "numbers", shape: [2, 2], className: "double", data: Int16Array.of(-1, 2, 300, -32768) };
      deepEqual(await readMatlab(path, { variable: "whole" }), whole);
      for (const variable of ["exact", "squee"]) {
        deepEqual(numbersIn(await readMatlab(path, { variable })), [0.1, -2.5]);
      }
      equal(textOf(await readMatlab(path, { variable: "word" })), "mass");
      equal(textOf(await readMatlab(path, { variable: "umlaut" })), "Brüs");
      const value = await readMatlab(path, { variable: "struct" });
      if (value.kind !== "structs") throw new Error("not structs");
      equal(numberOf(value.read(0, "id")), 7);
      deepEqual(value.read(0, "none").shape, [0, 0]);
    });
  }

  it("refuses other formats, and says how to save", async () => {
    const hdf = Buffer.alloc(600);
    hdf.write("MATLAB 7.3 MAT-file, Platform: GLNXA64", 0, "latin1");
    hdf.writeUInt16LE(0x0200, 124);
    hdf.write("IM", 126, "latin1");
    match(await problemOf(write(hdf)), /is a MATLAB file of version 7\.3, expected 5 to 7\. .*save\("FILE", "-v7"\)/);
    match(await problemOf(join(fixtures, "level-4.mat")), /is not a MATLAB file of version 5 to 7\. .*-v7/);
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(127), Buffer.alloc(500), Buffer.from("id,label\n")]) {
      match(await problemOf(write(bytes)), /is not a MATLAB file/);
    }
  });

  it("refuses objects, functions and sparse arrays, by name", async () => {
    match(await problemOf(join(fixtures, "sparse.mat")), /sparse\.mat holds a sparse array, expected numbers/);
    match(await problemOf(join(fixtures, "refused-object.mat")), /holds an object, expected/);
    match(await problemOf(join(fixtures, "refused-function.mat")), /holds a function/);
    match(await problemOf(join(fixtures, "refused-opaque.mat")), /holds an object \(a table/);
    // What else is in the file can be read.
    deepEqual(numbersIn(await readMatlab(join(fixtures, "refused-opaque.mat"), { variable: "y" })), [7]);
  });

  it("names a file, a variable, a field or an element that is not there", async () => {
    const path = join(fixtures, "by-hand-little.mat");
    match(await problemOf(join(folder.path, "none.mat")), /none\.mat cannot be read: there is no such file/);
    match(await problemOf(folder.path), /cannot be read: it is a folder/);
    match(await problemOf(path), /has no variable "x"\. It has whole, exact, word, umlaut, struct, squee\./);
    const value = await readMatlab(path, { variable: "struct" });
    if (value.kind !== "structs") throw new Error("not structs");
    for (const [index, field, message] of [
      [0, "ID", /has no field "ID"\. It has id, none/],
      [1, "id", /element 1 of an array of 1 was asked for/],
      [-1, "id", /element -1/],
      [0.5, "id", /element 0\.5/],
    ] as const) {
      try {
        value.read(index, field);
        throw new Error("no problem");
      } catch (error) {
        match((error as Error).message, message);
      }
    }
  });

  it("refuses a file that is cut off, wherever", async () => {
    for (const name of ["by-hand-little.mat", "variables-packed.mat"]) {
      const whole = readFileSync(join(fixtures, name));
      for (let length = 0; length < whole.length; length += 7) {
        // The last variable is what is cut in any case.
        const variable = name.startsWith("by-hand") ? "squee" : "of_float64";
        equal(
          /not a (whole )?MATLAB file|has no variable/.test(
            await problemOf(write(whole.subarray(0, length)), variable),
          ),
          true,
        );
      }
    }
  });

  it("takes no memory for what a small file claims", async () => {
    const header = readFileSync(join(fixtures, "by-hand-little.mat")).subarray(0, 128);
    const word = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
    const name = Buffer.from("x\0\0\0\0\0\0\0");
    const variable = (length: number, ...shape: [number, number]) =>
      Buffer.concat([word(14, length, 6, 8, 6, 0, 5, 8, ...shape, 1, 1), name, word(9, 8, 0, 0)]);
    const packed = (bytes: Buffer) => {
      const deflated = deflateSync(bytes);
      return Buffer.concat([header, word(15, deflated.length), deflated]);
    };
    deepEqual(numbersIn(await readMatlab(write(packed(variable(64, 1, 1))), { variable: "x" })), [0]);
    match(await problemOf(write(packed(variable(4e9, 1, 1)))), /it ends too early/);
    match(
      await problemOf(write(packed(variable(4e9, 1, 1))), "x", { maximumBytes: 1e9 }),
      /has 4\.0 GB, at most 1\.0 GB/,
    );
    match(await problemOf(write(packed(variable(72, 1, 1)))), /shorter than it states/);
    match(await problemOf(write(packed(variable(56, 1, 1)))), /longer than it states/);
    match(
      await problemOf(write(packed(variable(64, 2e9, 2e9)))),
      /an array of \[2000000000, 2000000000\] numbers has 8 bytes/,
    );
    match(await problemOf(write(Buffer.concat([header, variable(4e9, 1, 1)]))), /it ends too early/);
    const damaged = packed(variable(64, 1, 1));
    damaged[damaged.length - 1]! ^= 1;
    match(await problemOf(write(damaged)), /incorrect data check/);
  });

  it("refuses an option that is none", async () => {
    match(await problemOf("a.mat", "x", { maximum: 1 } as never), /Did you mean "maximumBytes"/);
  });
});
