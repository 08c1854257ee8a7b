import { deepEqual, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  checkDescription,
  descriptionFile,
  mergeDescriptions,
  nothingSaid,
  readDescription,
  writeDescription,
} from "../../../lib/data/own/description";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("the description of a folder", () => {
  it("is read as it was written, and says nothing where there is none", () => {
    deepEqual(readDescription(folder.path), nothingSaid);
    const said = { ...nothingSaid, columns: { patient: "PatientID" }, masks: { suffix: "_seg" }, bits: 12 };
    writeDescription(folder.path, said);
    deepEqual(readDescription(folder.path), said);
  });

  it("is added to column by column and word by word", () => {
    const before = mergeDescriptions(nothingSaid, {
      columns: { image: "File" },
      values: { M: "malignant" },
      leaveOut: ["a"],
    });
    const now = mergeDescriptions(before, {
      columns: { patient: "ID" },
      values: { B: "benign" },
      leaveOut: ["a", "b"],
    });
    deepEqual(now, {
      columns: { image: "File", patient: "ID" },
      values: { M: "malignant", B: "benign" },
      leaveOut: ["a", "b"],
    });
  });

  it("refuses what is no JSON, keys and values that are none, and names its file", () => {
    const write = (text: string) => {
      writeFileSync(join(folder.path, descriptionFile), text);
    };
    write("{");
    throws(() => readDescription(folder.path), /sononas-set\.json is no JSON/);
    write('{"colums": {}}');
    throws(() => readDescription(folder.path), /sononas-set\.json has no option "colums"\. Did you mean "columns"\?/);
    write("null");
    throws(() => readDescription(folder.path), /sononas-set\.json/);
    throws(() => checkDescription({ columns: { patent: "ID" } }, "x"), /patent/);
    throws(() => checkDescription({ values: { M: "maligant" } }, "x"), /maligant/);
    throws(() => checkDescription({ bits: 40 }, "x"), /bits/);
    throws(() => checkDescription({ masks: { sufix: "_seg" } }, "x"), /masks/);
  });
});
