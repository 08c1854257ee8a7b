import { equal, throws } from "node:assert/strict";

import { decodeState } from "../../lib/runs/checkpoint";
import { DamagedFile } from "../../lib/runs/damaged-file";
import { Problem } from "../../lib/runtime/problem";

describe("DamagedFile", () => {
  it("is a problem, so that it is shown without a stack, and can be told from others", () => {
    equal(new Problem("a.", "b.") instanceof DamagedFile, false);
    throws(
      () => decodeState(new Uint8Array(0), "file"),
      (error) => error instanceof DamagedFile && error instanceof Problem,
    );
  });
});
