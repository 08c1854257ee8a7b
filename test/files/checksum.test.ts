import { equal, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { hashFile, hashOf } from "../../lib/files/checksum";
import { temporaryFolder } from "../helpers/temporary";

describe("hashFile(path, algorithm)", () => {
  const folder = temporaryFolder();

  it("gives the sums of RFC 1321 and FIPS 180-2", async () => {
    const path = join(folder.path, "abc");
    writeFileSync(path, "abc");
    equal(await hashFile(path, "md5"), "900150983cd24fb0d6963f7d28e17f72");
    equal(await hashFile(path, "sha256"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("takes a file of many pieces, and an empty one", async () => {
    const million = join(folder.path, "million");
    writeFileSync(million, "a".repeat(1_000_000).repeat(3));
    writeFileSync(join(folder.path, "empty"), "");
    // By Python's hashlib.
    equal(await hashFile(join(folder.path, "empty"), "md5"), "d41d8cd98f00b204e9800998ecf8427e");
    equal(await hashFile(million, "md5"), "99ddc9a3a46ea62c95652bdf937a1fb8");
  });

  it("names a file that is not there, and a folder", async () => {
    await rejects(hashFile(join(folder.path, "none"), "md5"), {
      name: "Problem",
      message: /none cannot be read: there is no such file/,
    });
    await rejects(hashFile(folder.path, "md5"), { name: "Problem", message: /it is a folder/ });
  });
});

describe("hashOf(contents)", () => {
  it("gives the sums of FIPS 180-2, of texts and of bytes alike", () => {
    equal(hashOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    equal(hashOf(Uint8Array.of(97, 98, 99)), hashOf("abc"));
    equal(hashOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("takes a text as UTF-8", () => {
    equal(hashOf("é"), hashOf(Uint8Array.of(0xc3, 0xa9)));
  });
});
