import { deepEqual, equal, ok } from "node:assert/strict";

import * as cells from "../../../lib/data/own/cells";

const valueOf = (read: cells.CellValue<unknown>) => ("value" in read ? read.value : "refused");

describe("readName(text)", () => {
  it("makes names alike by stated rules: spaces, and .0 behind a whole number", () => {
    equal(valueOf(cells.readName(" 100.0 ")), "100");
    equal(valueOf(cells.readName("P  7")), "P 7");
    equal(valueOf(cells.readName("007")), "007");
    equal(valueOf(cells.readName("1.5")), "1.5");
    equal(cells.keyOfName("P1"), cells.keyOfName("p1"));
  });

  it("refuses numbers in scientific notation, which a spreadsheet has rounded", () => {
    for (const text of ["1.67683E+15", "1E5", "1,2e+10"]) ok("expected" in cells.readName(text), text);
    equal(valueOf(cells.readName("E12")), "E12");
  });

  it("says nothing where nothing stands", () => {
    for (const text of ["", " ", "n/a", "NaN", "-", "NULL", "?"]) equal(valueOf(cells.readName(text)), undefined, text);
  });
});

describe("the readers of cells", () => {
  it("read ages with and without a unit, and refuse what is no age", () => {
    deepEqual(
      ["52", "45 years", "045Y", "45 J", "", "52,5"].map((text) => valueOf(cells.readAge(text))),
      [52, 45, 45, "refused", undefined, 52.5],
    );
    for (const text of ["-5", "999", "430", "18M", "abc", "0x10", "1e2"])
      equal(valueOf(cells.readAge(text)), "refused", text);
  });

  it("read pixel sizes in millimetres, and refuse metres and nonsense", () => {
    deepEqual(
      ["0.08", "0,08 mm", ".1"].map((text) => valueOf(cells.readPixelSize(text))),
      [0.08, 0.08, 0.1],
    );
    for (const text of ["-1", "1e9", "0.00007", "0", "70"]) equal(valueOf(cells.readPixelSize(text)), "refused", text);
  });

  it("read sides and BI-RADS categories as people write them", () => {
    deepEqual(
      ["L", "right", "re.", "dx", "links"].map((text) => valueOf(cells.readSide(text))),
      ["left", "right", "right", "right", "left"],
    );
    equal(valueOf(cells.readSide("both")), "refused");
    deepEqual(
      ["4A", "IV b", "BI-RADS 5", "3", "4.0", "iii"].map((text) => valueOf(cells.readBirads(text))),
      ["4a", "4b", "5", "3", "4", "3"],
    );
    for (const text of ["9", "4d", "maybe"]) equal(valueOf(cells.readBirads(text)), "refused", text);
  });

  it("read boxes in two forms, widened to whole pixels", () => {
    const sized = cells.boxFieldsOf({ x: "x", y: "y", width: "w", height: "h" })!;
    deepEqual(valueOf(cells.readBox(sized, ["10", "20", "30", "40"])), { left: 10, top: 20, width: 30, height: 40 });
    deepEqual(valueOf(cells.readBox(sized, ["10.6", "20", "30.2", "40"])), {
      left: 10,
      top: 20,
      width: 31,
      height: 40,
    });
    const corners = cells.boxFieldsOf({ x1: "a", y1: "b", x2: "c", y2: "d" })!;
    deepEqual(valueOf(cells.readBox(corners, ["10", "20", "30", "40"])), { left: 10, top: 20, width: 20, height: 20 });
    equal(valueOf(cells.readBox(corners, ["", "", "", ""])), undefined);
    for (const four of [
      ["30", "20", "10", "40"],
      ["1", "", "2", "3"],
      ["a", "1", "2", "3"],
    ])
      equal(valueOf(cells.readBox(corners, four)), "refused", four.join());
    equal(cells.boxFieldsOf({ x: "x", y: "y", width: "w" }), null);
  });
});
