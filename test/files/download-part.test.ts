import { deepEqual, equal } from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { findPart, removePart, writeNote } from "../../lib/files/download-part";
import { temporaryFolder } from "../helpers/temporary";

describe("findPart(file, url, hasSum)", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, "file");
  const note = { url: "https://example.org/a", validator: '"v1"', total: 10 };

  it("finds a part with what is remembered of it", () => {
    writeFileSync(`${file()}.part`, "abc");
    writeNote(file(), note);
    deepEqual(findPart(file(), note.url, false), { path: `${file()}.part`, bytes: 3, note });
  });

  it("finds nothing where one of the two is missing, or the part is empty or from elsewhere", () => {
    const nothing = { path: `${file()}.part`, bytes: 0, note: null };
    deepEqual(findPart(file(), note.url, true), nothing);
    writeNote(file(), note);
    deepEqual(findPart(file(), note.url, true), nothing);
    writeFileSync(`${file()}.part`, "");
    deepEqual(findPart(file(), note.url, true), nothing);
    writeFileSync(`${file()}.part`, "abc");
    deepEqual(findPart(file(), "https://example.org/b", true), nothing);
  });

  it("trusts a part without the server's mark only where the checksum will tell", () => {
    writeFileSync(`${file()}.part`, "abc");
    writeNote(file(), { ...note, validator: null });
    equal(findPart(file(), note.url, false).bytes, 0);
    equal(findPart(file(), note.url, true).bytes, 3);
  });
});

describe("removePart(file)", () => {
  const folder = temporaryFolder();

  it("removes the part and what is remembered, also where there is none", () => {
    const file = join(folder.path, "file");
    removePart(file);
    writeFileSync(`${file}.part`, "abc");
    writeNote(file, { url: "https://example.org/a", validator: null, total: null });
    removePart(file);
    deepEqual(readdirSync(folder.path), []);
  });
});
