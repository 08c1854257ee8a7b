import { equal } from "node:assert/strict";

import { smoke } from "../../lib/study/profiles/smoke";
import { watchSearches } from "../../lib/study/watch-searches";

describe("watchSearches(study)", () => {
  it("shows nothing of its own outside of a notebook, where the table of units says enough", () => {
    equal(watchSearches({ settings: smoke, path: (...parts) => parts.join("/") }), undefined);
  });
});
