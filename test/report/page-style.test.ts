import { doesNotMatch, equal, match } from "node:assert/strict";

import { pageStyle } from "../../lib/report/page-style";

describe("pageStyle", () => {
  it("asks for no other file and cannot end its element", () => {
    doesNotMatch(pageStyle, /url\(|@import|</);
  });

  it("has as many closing brackets as opening ones, and rules for paper", () => {
    equal(pageStyle.split("{").length, pageStyle.split("}").length);
    match(pageStyle, /@media print/);
  });
});
