import { equal, throws } from "node:assert/strict";

import { parseLabel, parseNumber, parseText } from "../../../lib/data/sets/parse";

describe("parseLabel(text, place)", () => {
  it("takes upper and lower case and spaces around", () => {
    equal(parseLabel(" Malignant ", "x"), "malignant");
    equal(parseLabel("benign", "x"), "benign");
  });

  it("refuses what is neither, names the place and what it means, never the nearest by its letters", () => {
    throws(
      () => parseLabel("malign", "list.csv, row 7"),
      /list\.csv, row 7: the label is "malign".*Did you mean "malignant"\?/,
    );
    throws(() => parseLabel("", "list.csv, row 7"), /the label is ""/);
    throws(() => parseLabel("maligant", "x"), /the label is "maligant", expected one of [^?]*Correct the file\.$/);
  });
});

describe("parseNumber(text)", () => {
  it("takes a decimal point and a decimal comma", () => {
    equal(parseNumber("0.0079"), 0.0079);
    equal(parseNumber("0,0079"), 0.0079);
  });

  it("gives nothing for what is no number", () => {
    for (const text of [undefined, "", "NaN", "not available", "12 mm"]) equal(parseNumber(text), undefined);
  });
});

describe("parseText(text)", () => {
  it("gives nothing for the ways in which tables say nothing", () => {
    for (const text of [undefined, "", " ", "NaN", "n/a", "not applicable", "-"]) equal(parseText(text), undefined);
    equal(parseText(" 4a "), "4a");
  });
});
