import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { kindOfFile } from "../../../lib/data/own/file-kind";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const kindOf = (name: string, contents: string | Buffer = "", refused: string | null = null) => {
  const path = join(folder.path, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
  return kindOfFile({ path, parts: name.split("/"), refused });
};
const bytes = (text: string) => Buffer.from(text, "latin1");

describe("kindOfFile(file)", () => {
  it("knows pictures by what they hold, however they are called", () => {
    const bitmap = "BM\x3a\0\0\0\0\0\0\0\x36\0\0\0";
    for (const beginning of [
      "\x89PNG\r\n\x1a\n",
      "\xff\xd8\xff\xe0",
      "II*\0",
      "MM\0*",
      bitmap,
      "GIF89a",
      "RIFF....WEBP",
    ])
      for (const name of ["a.jfif", "IM0001", "a.dat"])
        equal(kindOf(name, bytes(beginning)).kind, "picture", beginning);
  });

  it("takes no table for a bitmap whose first column begins as one does", () => {
    equal(kindOf("a.csv", "BMI,image\n21,1.png\n").kind, "table");
    equal(kindOf("b.csv", "BM").kind, "table");
  });

  it("takes a damaged picture for one by its name, so that it is told of as such", () => {
    equal(kindOf("a.png", "").kind, "picture");
    equal(kindOf("a.JFIF", "?").kind, "picture");
  });

  it("ignores what other programs leave behind, readmes and documents, and no images", () => {
    const ignored = [
      "Thumbs.db",
      "x/.DS_Store",
      "__MACOSX/benign/._1.png",
      "desktop.ini",
      "README",
      "Readme.txt",
      "~$a.xlsx",
    ];
    for (const name of [...ignored, "LICENSE.txt", "protocol.pdf", "source.json", "sononas-set.json"])
      equal(kindOf(name, bytes("\xff\xd8\xff")).kind, "ignored", name);
    equal(kindOf("readmission.png", bytes("\xff\xd8\xff")).kind, "picture");
  });

  it("knows tables, and refuses those in formats that it cannot read", () => {
    for (const name of ["a.csv", "A.TSV", "b.xlsx"]) equal(kindOf(name, "image").kind, "table");
    deepEqual(kindOf("a.xls"), { kind: "unknown", reason: "is a table that is neither CSV nor .xlsx" });
  });

  it("says of all else that it does not know it, DICOM and archives by name", () => {
    deepEqual(kindOf("IM1", Buffer.concat([Buffer.alloc(128), bytes("DICM")])), {
      kind: "unknown",
      reason: "is DICOM, which import turns into pictures",
    });
    deepEqual(kindOf("a.zip", bytes("PK\x03\x04")), { kind: "unknown", reason: "is an archive: unpack it" });
    deepEqual(kindOf("a.npy", "x"), { kind: "unknown", reason: "is neither a picture nor a table" });
    deepEqual(kindOf("a.png", "", "is no regular file"), { kind: "unknown", reason: "is no regular file" });
  });
});
