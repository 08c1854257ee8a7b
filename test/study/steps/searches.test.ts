import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";

import { smoke } from "../../../lib/study/profiles/smoke";
import { nameOf, searchesOf } from "../../../lib/study/steps/searches";

describe("searchesOf(study)", () => {
  const path = (...parts: string[]) => join("results", "study", ...parts);

  it("names the units of each search by their folders; the uniform one has no control of its own", () => {
    deepEqual(
      searchesOf({ path, settings: smoke }).map(({ own, searched, derived, control }) => [
        ...[own, searched, derived, control],
      ]),
      [
        [true, "search/enas-seed-1", "derive/seed-1", "control/seed-1"],
        [false, "search/uniform-seed-1", "derive/uniform-seed-1", null],
      ],
    );
    equal(nameOf({ path }, path("search", "enas-seed-1")), "search/enas-seed-1");
  });
});
