import { throws } from "node:assert/strict";

import load from "../../../lib/release/page/left-out-in-page";

describe("what is left out in a page", () => {
  it("says so, and what to do", () => {
    throws(load, /JPEG-LS or JPEG 2000, which this page does not read: export it uncompressed/);
  });
});
