import { deepEqual, equal, throws } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openRegular, readOpened, readText, readWhole } from "../../lib/files/read-whole";
import { Problem } from "../../lib/runtime/problem";
import { temporaryFolder } from "../helpers/temporary";

const folder = temporaryFolder();
const path = (name: string) => join(folder.path, name);

/** Checks that a path is refused at once, by a problem that begins with it. */
function refuses(name: string, message: RegExp): void {
  const started = process.hrtime.bigint();
  throws(
    () => readWhole(path(name), 1000),
    (error: unknown) => error instanceof Problem && error.what.startsWith(path(name)) && message.test(error.what),
  );
  equal(process.hrtime.bigint() - started < 2_000_000_000n, true);
}

describe("readWhole(path, most)", () => {
  it("reads a file, also an empty one, and one that a link leads to", () => {
    writeFileSync(path("a"), "contents");
    writeFileSync(path("empty"), "");
    symlinkSync(path("a"), path("link"));
    equal(readWhole(path("a"), 8).toString(), "contents");
    equal(readWhole(path("empty"), 8).length, 0);
    equal(readText(path("link")), "contents");
  });

  it("refuses a file that is larger, before it reads it", () => {
    writeFileSync(path("large"), Buffer.alloc(1001));
    refuses("large", /has 1\.0 kB, expected at most/);
  });

  it("refuses pipes, devices, folders, links in circles and what is missing, at once", () => {
    execFileSync("mkfifo", [path("pipe")]);
    symlinkSync("/dev/zero", path("zero"));
    symlinkSync(path("circle"), path("circle"));
    mkdirSync(path("folder"));
    refuses("pipe", /is a pipe/);
    refuses("zero", /is a device/);
    refuses("circle", /links lead in a circle/);
    refuses("folder", /is a folder/);
    refuses("missing", /no such file/);
  });
});

describe("openRegular(path)", () => {
  it("gives the size of what it opened", () => {
    writeFileSync(path("b"), "12345");
    const { file, size } = openRegular(path("b"));
    closeSync(file);
    deepEqual(size, 5);
  });
});

describe("readOpened(file, size)", () => {
  it("reads from the beginning, no more than was asked, and less of a file that was cut", () => {
    writeFileSync(path("c"), "12345");
    const { file } = openRegular(path("c"));
    const read = (size: number) => String.fromCharCode(...readOpened(file, size));
    deepEqual([5, 3, 8, 0].map(read), ["12345", "123", "12345", ""]);
    closeSync(file);
  });
});
