import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readStudyFile } from "../../lib/study/study-file";
import { temporaryFolder } from "../helpers/temporary";

describe("readStudyFile(file)", () => {
  const folder = temporaryFolder();
  const file = () => join(folder.path, "winner.json");

  it("reads an object, and has nothing where there is no file", () => {
    equal(readStudyFile(file()), null);
    writeFileSync(file(), '{"a": [1, null]}');
    deepEqual(readStudyFile(file()), { a: [1, null] });
  });

  it("says of a file that is cut off, empty, or no object, that it is damaged, and what to do", () => {
    for (const contents of ["", '{"a": ', "[1]", "null", "3"]) {
      writeFileSync(file(), contents);
      throws(
        () => readStudyFile(file()),
        /winner\.json is damaged\..*run the notebook that writes it again/s,
        contents,
      );
    }
  });
});
