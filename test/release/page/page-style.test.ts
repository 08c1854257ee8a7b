import { equal, ok } from "node:assert/strict";

import { tryPageStyle } from "../../../lib/release/page/page-style";

describe("tryPageStyle", () => {
  it("asks for no other file, and ends no element", () => {
    for (const foreign of ["url(", "@import", "</", "http"]) equal(tryPageStyle.includes(foreign), false, foreign);
    ok(tryPageStyle.includes(":focus-visible"), "what has the focus is seen");
  });
});
