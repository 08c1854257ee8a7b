import { deepEqual, equal, match } from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { unpackZip, type UnpackOptions } from "../../lib/files/unpack";
import { Problem } from "../../lib/runtime/problem";
import { temporaryFolder } from "../helpers/temporary";
import { makeZip, type ZipFile } from "../helpers/zip";
import { onSmallDisk } from "../helpers/small-disk";

describe("unpackZip(options)", () => {
  const folder = temporaryFolder();
  const write = (files: readonly ZipFile[] | Uint8Array) => {
    const archive = join(folder.path, "a.zip");
    writeFileSync(archive, files instanceof Uint8Array ? files : makeZip(files));
    return archive;
  };
  const unpack = (files: readonly ZipFile[] | Uint8Array, more: Partial<UnpackOptions> = {}) =>
    unpackZip({ archive: write(files), folder: join(folder.path, "in", "target"), ...more });
  const problemOf = async (files: readonly ZipFile[] | Uint8Array, more: Partial<UnpackOptions> = {}) => {
    try {
      await unpack(files, more);
    } catch (error) {
      equal(error instanceof Problem, true, String(error));
      return (error as Problem).message;
    }
    return "no problem";
  };
  /** All files below a folder with what is in them. */
  const tree = (top = folder.path) => {
    const files = readdirSync(top, { recursive: true, encoding: "utf8" })
      .map((name) => join(top, name))
      .filter((path) => statSync(path).isFile());
    return Object.fromEntries(files.sort().map((file) => [relative(top, file), readFileSync(file, "utf8")]));
  };

  it("writes files and folders, with names in any letters", async () => {
    await unpack([
      { name: "set/benign/benign (1).png", contents: "1", deflate: true },
      { name: "set/Größe [a].csv", contents: "2" },
      { name: "set/日本/", mode: 0o040755 },
      { name: "./top", contents: "3", mode: 0o100644 },
      { name: "empty" },
    ]);
    const target = join(folder.path, "in", "target");
    deepEqual(tree(target), { empty: "", "set/Größe [a].csv": "2", "set/benign/benign (1).png": "1", top: "3" });
    deepEqual(readdirSync(join(target, "set")).sort(), ["Größe [a].csv", "benign", "日本"].sort());
    deepEqual(readdirSync(join(folder.path, "in")), ["target"]);
    // With the rights that any new folder has.
    mkdirSync(join(folder.path, "other"));
    equal(statSync(target).mode, statSync(join(folder.path, "other")).mode);
  });

  it("takes an empty folder, and none that holds something", async () => {
    const target = join(folder.path, "in", "target");
    mkdirSync(target, { recursive: true });
    await unpack([{ name: "a", contents: "new" }]);
    deepEqual(tree(target), { a: "new" });
    match(await problemOf([{ name: "b" }]), /target is there already, with "a" in it\. Move it away/);
    deepEqual(tree(target), { a: "new" });
    rmSync(target, { recursive: true });
    writeFileSync(target, "a file");
    match(await problemOf([{ name: "b" }]), /target cannot be written: a part of its path is a file/);
    equal(readFileSync(target, "utf8"), "a file");
  });

  const link = 0o120777;
  const attacks: Record<string, [files: ZipFile[] | Buffer, why: RegExp, more?: Partial<UnpackOptions>]> = {
    "an absolute name": [[{ name: "/tmp/evil" }], /is absolute/],
    "a step up": [[{ name: "../evil" }], /leads out of the folder/],
    "a step up within": [[{ name: "a/../../evil" }], /leads out of the folder/],
    "a step up in UTF-8 without its mark": [[{ name: "é/../../evil", utf8: false }], /leads out of the folder/],
    "a step up in the old code page": [[{ name: Buffer.from("\x94/../../evil", "latin1"), utf8: false }], /leads out/],
    "a backslash": [[{ name: "..\\evil" }], /holds a backslash/],
    "a drive letter": [[{ name: "C:\\evil" }], /backslash/],
    "a drive letter with a slash": [[{ name: "c:/evil" }], /holds a drive letter/],
    "a NUL": [[{ name: "fine.png\0../../evil" }], /holds a NUL/],
    "a terminal's command": [[{ name: "\x1b]0;evil\x07" }], /holds a control character/],
    "a link": [[{ name: "evil", contents: "/etc/passwd", mode: link }], /"evil" is a link/],
    "a link, and a file through it": [
      [
        { name: "evil", contents: "..", mode: link },
        { name: "evil/file", contents: "x" },
      ],
      /twice|link/,
    ],
    "a folder that is a link": [[{ name: "evil/", mode: link }], /is a link/],
    "a device": [[{ name: "evil", mode: 0o020666 }], /is neither a file nor a folder/],
    "a pipe": [[{ name: "evil", mode: 0o010666 }], /is neither a file nor a folder/],
    "a folder that is a file": [[{ name: "evil", mode: 0o040755 }], /is neither a file nor a folder/],
    "a folder with contents": [[{ name: "evil/", contents: "x" }], /is neither a file nor a folder/],
    "a name that is there twice": [[{ name: "a" }, { name: "a" }], /is there twice/],
    "names that differ in case": [[{ name: "a" }, { name: "A" }], /is there twice/],
    "a file that is a folder too": [[{ name: "a" }, { name: "a/b" }], /is there twice/],
    "an empty name": [[{ name: "" }], /is no file's name/],
    "a name of 60,000 bytes": [[{ name: "a/".repeat(30_000) }], /is longer than 1000 bytes/],
    "more bytes than stated": [[{ name: "a", contents: "x".repeat(99), deflate: true, size: 9 }], /more than stated/],
    "more bytes than allowed": [
      [{ name: "a", contents: "x".repeat(99) }],
      /unpacks to 103 bytes, at most 102 bytes/,
      { maximumBytes: 102 },
    ],
    "a bomb": [
      [{ name: "a", contents: Buffer.alloc(17 * 2 ** 20), deflate: true }],
      /unpacks to 17\.8 MB from \d+\.\d kB: archives that are made to fill a disk do that/,
    ],
    "a bomb of shared bytes": [
      [
        { name: "a", contents: "x".repeat(99) },
        { name: "b", contents: "x".repeat(99), offset: 0 },
      ],
      /its files overlap/,
    ],
    "an encrypted file": [[{ name: "a", flags: 1 }], /is encrypted/],
    "a wrong checksum": [[{ name: "a", contents: "x", crc: 7 }], /does not have its checksum/],
    "an unknown method": [[{ name: "a", method: 12 }], /is packed by bzip2/],
    "an archive that is cut off": [makeZip([{ name: "a", contents: "x" }]).subarray(0, -1), /not a whole zip archive/],
    "no archive": [Buffer.from("<!doctype html>"), /not a whole zip archive/],
  };
  for (const [name, [files, why, more]] of Object.entries(attacks)) {
    it(`refuses ${name}, and leaves nothing`, async () => {
      const first = { name: "fine.txt", contents: "fine" }; // 4 bytes
      match(await problemOf(Array.isArray(files) ? [first, ...files] : files, more), why);
      // Not a byte, in the target or elsewhere.
      deepEqual(Object.keys(tree()), ["a.zip"]);
    });
  }

  it("checks all names before it writes anything", async () => {
    await problemOf([{ name: "a", contents: "x" }, { name: "../b" }]);
    deepEqual(readdirSync(folder.path), ["a.zip"]);
  });

  it("follows no link that lies where it writes", async () => {
    mkdirSync(join(folder.path, "elsewhere"));
    mkdirSync(join(folder.path, "in"));
    symlinkSync(join(folder.path, "elsewhere"), join(folder.path, "in", "target"));
    match(await problemOf([{ name: "a", contents: "x" }]), /cannot be replaced: a part of its path is a file/);
    deepEqual(readdirSync(join(folder.path, "elsewhere")), []);
  });

  it("takes tightly packed files up to the ratio, and more where it is told", async () => {
    const contents = Buffer.alloc(17 * 2 ** 20);
    await unpack([{ name: "a", contents, deflate: true }], { maximumRatio: 1100 });
    await unpack([{ name: "a", contents: contents.subarray(0, 2 ** 20), deflate: true }], {
      folder: join(folder.path, "small"),
    });
  });

  it("leaves nothing where the disk is too small, or gets full", async function () {
    await onSmallDisk(this, folder.path, "1m", async (disk) => {
      const target = join(disk, "target");
      const large = [{ name: "a", contents: Buffer.alloc(2e6) }];
      match(await problemOf(large, { folder: target }), /target needs 2\.0 MB, and the disk has 1\.0 MB free/);
      // Many small files need more than their bytes.
      const many = Array.from({ length: 400 }, (_, index) => ({ name: `set/${index}`, contents: "x" }));
      match(
        await problemOf(many, { folder: target }),
        /target\/set\/\d+ cannot be written: the disk is full\. Free some/,
      );
      deepEqual(readdirSync(disk), []);
    });
  });

  it("refuses an option that is none", async () => {
    match(await problemOf([], { maximumByte: 1 } as never), /Did you mean "maximumBytes"/);
  });
});
