import { deepEqual, throws } from "node:assert/strict";

import { checkNames, decodeName } from "../../lib/files/zip-names";

describe("checkNames(archive, names)", () => {
  it("gives the parts of names, also with blanks, brackets and other letters", () => {
    deepEqual(
      checkNames("a.zip", ["benign/", "benign/benign (1).png", "Größe/日本.png", "./a", "b//c", "./", "...", "..a"]),
      [["benign"], ["benign", "benign (1).png"], ["Größe", "日本.png"], ["a"], ["b", "c"], [], ["..."], ["..a"]],
    );
  });

  const refused: Record<string, [names: string[], why: RegExp]> = {
    "an absolute name": [["/etc/passwd"], /"\/etc\/passwd" is absolute/],
    "a name of another machine": [["//host/share"], /is absolute/],
    "a step up": [["../a"], /leads out of the folder/],
    "a step up in the middle": [["a/b/../../../c"], /leads out of the folder/],
    "a step up at the end": [["a/.."], /leads out of the folder/],
    "a step up of a folder": [["../"], /leads out of the folder/],
    "a backslash": [["..\\a"], /holds a backslash/],
    "a backslash within": [["a\\b"], /holds a backslash/],
    "a drive": [["C:/Windows"], /holds a drive letter/],
    "a drive without a slash": [["c:a"], /holds a drive letter/],
    "a drive in the middle": [["a/C:/b"], /holds a drive letter/],
    "a NUL": [["a.png\0.exe"], /"a\.png\\u0000\.exe" holds a NUL/],
    "a line end": [["a\nb"], /"a\\nb" holds a control character/],
    "a terminal's command": [["\x1b[2J"], /"\\u001b\[2J" holds a control character/],
    "no name": [[""], /is no file's name/],
    "just a dot": [["."], /is no file's name/],
    "the same name twice": [["a", "a"], /"a" is there twice, the other one as "a"/],
    "the same name twice, once with a dot": [["a", "./a"], /is there twice/],
    "names that differ in case": [["A.png", "a.PNG"], /"a\.PNG" is there twice, the other one as "A\.png"/],
    "names that differ in case beyond ASCII": [["GRÖSSE", "größe"], /is there twice/],
    "names that differ in their accents' form": [["\u00e9", "e\u0301"], /is there twice/],
    "folders that differ in case": [["Benign/1.png", "benign/2.png"], /"benign" is there twice/],
    "a file where a folder is": [["a/b", "a"], /"a" is there twice/],
    "a folder where a file is": [["a", "a/b"], /"a" is there twice/],
    "a part that no disk takes": [["a".repeat(256)], /has a part longer than 255 bytes/],
    "a long name": [["a/".repeat(600)], /is longer than 1000 bytes/],
  };
  for (const [name, [names, why]] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      throws(() => checkNames("a.zip", ["fine", ...names]), { name: "Problem", message: why });
    });
  }

  it("accepts a folder that is named more than once", () => {
    deepEqual(checkNames("a.zip", ["a/", "a/b", "a/"]), [["a"], ["a", "b"], ["a"]]);
  });
});

describe("decodeName(bytes, asCodePage)", () => {
  const asCodePage = (bytes: Uint8Array) => `code page: ${bytes.join(" ")}`;

  it("takes what is UTF-8 as that, with its byte order mark", () => {
    deepEqual(decodeName(Buffer.from("\ufeffGröße"), asCodePage), "\ufeffGröße");
  });

  it("takes other bytes by the code page", () => {
    deepEqual(decodeName(Uint8Array.of(0x94, 0x61), asCodePage), "code page: 148 97");
  });
});
