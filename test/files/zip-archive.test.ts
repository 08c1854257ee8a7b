import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { withZip } from "../../lib/files/zip-archive";
import { Problem } from "../../lib/runtime/problem";
import { temporaryFolder } from "../helpers/temporary";
import { makeZip, type ZipFile } from "../helpers/zip";

describe("withZip(path, work)", () => {
  const folder = temporaryFolder();
  const write = (bytes: Uint8Array) => {
    const path = join(folder.path, "a.zip");
    writeFileSync(path, bytes);
    return path;
  };
  /** Reads all files of an archive as texts. */
  const readAll = (bytes: Uint8Array) =>
    withZip(write(bytes), async (zip) => {
      const texts: Record<string, string> = {};
      for (const entry of zip.entries) {
        const pieces: Uint8Array[] = [];
        for await (const piece of zip.read(entry)) pieces.push(piece);
        texts[entry.name] = Buffer.concat(pieces).toString();
      }
      return texts;
    });
  const problemOf = async (files: readonly ZipFile[]) => {
    try {
      await readAll(makeZip(files));
    } catch (error) {
      equal(error instanceof Problem, true, String(error));
      return (error as Problem).message;
    }
    return "no problem";
  };

  it("reads stored, deflated and empty files and folders", async () => {
    const long = "0123456789".repeat(50_000);
    const files = [
      { name: "stored", contents: long },
      { name: "deflated", contents: long, deflate: true },
      { name: "empty" },
      { name: "packed empty", deflate: true },
      { name: "folder/" },
    ];
    deepEqual(await readAll(makeZip(files)), {
      stored: long,
      deflated: long,
      empty: "",
      "packed empty": "",
      "folder/": "",
    });
  });

  it("reads what another program wrote", async () => {
    await withZip(join(__dirname, "fixtures", "sheet.xlsx"), async (zip) => {
      equal(
        zip.entries.some(({ name }) => name === "xl/workbook.xml"),
        true,
      );
      for (const entry of zip.entries) {
        let bytes = 0;
        for await (const piece of zip.read(entry)) bytes += piece.length;
        equal(bytes, entry.size);
      }
    });
  });

  it("decodes names: UTF-8, marked or not, the old code page, and the field for both", async () => {
    // Info-ZIP's field: version 1, the CRC-32 of the name in the directory, the name in UTF-8.
    const extra = Buffer.concat([Buffer.from("7570", "hex"), Buffer.alloc(7), Buffer.from("Größe")]);
    extra.writeUInt16LE(extra.length - 4, 2);
    extra.writeUInt8(1, 4);
    extra.writeUInt32LE(0xe8b7be43, 5);
    const names = await withZip(
      write(
        makeZip([
          { name: "日本" },
          { name: "größe", utf8: false },
          { name: Buffer.from([0x67, 0x72, 0x94, 0xe1, 0x65]), utf8: false },
          { name: "a", utf8: false, extra },
        ]),
      ),
      (zip) => Promise.resolve(zip.entries.map(({ name }) => name)),
    );
    deepEqual(names, ["日本", "größe", "größe", "Größe"]);
  });

  it("tells files from links by what Unix says", async () => {
    const types = await withZip(
      write(makeZip([{ name: "a" }, { name: "b", mode: 0o100644 }, { name: "c", mode: 0o120777 }])),
      (zip) => Promise.resolve(zip.entries.map(({ unixType }) => unixType)),
    );
    deepEqual(types, [0, 0o100000, 0o120000]);
  });

  it("refuses what is encrypted or packed by another method, by its name", async () => {
    match(await problemOf([{ name: "a", flags: 1 }]), /a\.zip is encrypted\. Unpack it with another program/);
    match(await problemOf([{ name: "a", flags: 0x41 }]), /encrypt/);
    match(await problemOf([{ name: "a", method: 14 }]), /is packed by LZMA, expected deflate/);
    match(await problemOf([{ name: "a", method: 77 }]), /is packed by method 77/);
  });

  it("refuses files that are more, fewer or other bytes than stated", async () => {
    const file = { name: "a", contents: "abc".repeat(100), deflate: true };
    match(await problemOf([{ ...file, size: 299 }]), /a file unpacks to more than stated/);
    match(await problemOf([{ ...file, size: 301 }]), /a file unpacks to 300 bytes, 301 are stated/);
    match(await problemOf([{ ...file, size: 1e6 }]), /it states 1000000 bytes packed into \d+/);
    match(await problemOf([{ ...file, deflate: false, size: 299 }]), /it states 299 bytes packed into 300/);
    match(await problemOf([{ ...file, crc: 1 }]), /a file does not have its checksum/);
    match(await problemOf([{ ...file, packedSize: 5 }]), /is not a whole zip archive/);
    match(await problemOf([{ ...file, packedSize: 1e6, size: 300 }]), /is not a whole zip archive/);
  });

  it("refuses files that share their bytes", async () => {
    const contents = "a".repeat(1000);
    match(
      await problemOf([
        { name: "a", contents },
        { name: "b", contents, offset: 0 },
      ]),
      /its files overlap/,
    );
    match(
      await problemOf([
        { name: "a", contents },
        { name: "b", contents, offset: 500 },
      ]),
      /its files overlap/,
    );
  });

  it("refuses an archive that is cut off anywhere", async () => {
    const whole = makeZip([
      { name: "a", contents: "abc" },
      { name: "b", contents: "abc".repeat(20), deflate: true },
    ]);
    for (let length = 0; length < whole.length; length++) {
      await rejects(readAll(whole.subarray(0, length)), {
        name: "Problem",
        message: /a\.zip is not a whole zip archive: /,
      });
    }
  });

  it("refuses places beyond all numbers", async () => {
    const zip = makeZip([{ name: "a" }]);
    const end = zip.length - 22;
    // A record of the large form at a place, and with a directory at a place, that no file has.
    for (const at of ["locator", "record"]) {
      const locator = Buffer.alloc(20);
      locator.write("PK\x06\x07", 0, "latin1");
      const record = Buffer.alloc(56);
      record.write("PK\x06\x06", 0, "latin1");
      record.writeBigUInt64LE(1n, 32);
      record.writeBigUInt64LE(0xffffffffffffffffn, 48);
      if (at === "locator") locator.writeBigUInt64LE(0xffffffffffffffffn, 8);
      else locator.writeBigUInt64LE(BigInt(end), 8);
      const bytes = Buffer.concat([zip.subarray(0, end), record, locator, zip.subarray(end)]);
      await rejects(readAll(bytes), { name: "Problem", message: /not a whole zip archive: it ends too early/ });
    }
    const extra = Buffer.alloc(12);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(0xffffffffffffff00n, 4);
    match(await problemOf([{ name: "a", offset: 0xffffffff, extra }]), /is not a whole zip archive/);
  });

  it("names a file that is missing, a folder, and what is no archive", async () => {
    const open = (path: string) => withZip(path, () => Promise.resolve());
    await rejects(open(join(folder.path, "none")), { name: "Problem", message: /there is no such file/ });
    await rejects(open(folder.path), { name: "Problem", message: /it is a folder, expected a file/ });
    await rejects(readAll(Buffer.from("<!doctype html><p>Log in")), {
      name: "Problem",
      message: /not a whole zip archive/,
    });
    await rejects(readAll(Buffer.alloc(0)), { name: "Problem", message: /not a whole zip archive/ });
  });

  it("closes the archive where the work fails", async () => {
    const path = write(makeZip([{ name: "a" }]));
    await rejects(
      withZip(path, () => Promise.reject(new Error("mine"))),
      { message: "mine" },
    );
  });
});
