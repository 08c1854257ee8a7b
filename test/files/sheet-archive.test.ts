import { readFileSync } from "node:fs";
import { throws } from "node:assert/strict";
import { join } from "node:path";

import { checkSheetArchive } from "../../lib/files/sheet-archive";
import { makeZip } from "../helpers/zip";

describe("checkSheetArchive(bytes, path)", () => {
  const workbook = { name: "xl/workbook.xml", contents: "<workbook/>", deflate: true };

  it("accepts a workbook", () => {
    checkSheetArchive(readFileSync(join(__dirname, "fixtures", "sheet.xlsx")), "sheet.xlsx");
    checkSheetArchive(makeZip([workbook]), "sheet.xlsx");
  });

  it("refuses an archive without one, and what is none", () => {
    for (const bytes of [makeZip([{ name: "a" }]), makeZip([]), Buffer.from("a,b\n1,2\n"), Buffer.alloc(0)]) {
      throws(
        () => {
          checkSheetArchive(bytes, "sheet.xlsx");
        },
        { name: "Problem", message: /^sheet\.xlsx is not a whole Excel workbook of the kind \.xlsx\./ },
      );
    }
  });

  it("refuses one that unpacks to more than memory holds, whatever it states", () => {
    const contents = Buffer.alloc(1e6);
    const files = [1, 2, 3].map((index) => ({ name: `xl/${index}.xml`, contents, deflate: true, size: 10 }));
    checkSheetArchive(makeZip([workbook, ...files]), "sheet.xlsx", 3_000_011);
    for (const most of [3_000_010, 2_500_000, 1_000_000, 5]) {
      throws(
        () => {
          checkSheetArchive(makeZip([workbook, ...files]), "sheet.xlsx", most);
        },
        { name: "Problem", message: /sheet\.xlsx unpacks to more than \S+ \S+, expected a table/ },
      );
    }
  });

  it("refuses one that is cut off or damaged", () => {
    const whole = makeZip([workbook]);
    for (let length = 0; length < whole.length - 2; length += 3) {
      throws(() => {
        checkSheetArchive(whole.subarray(0, length), "sheet.xlsx");
      }, /not a whole Excel workbook/);
    }
  });
});
