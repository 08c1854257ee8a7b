import { deepEqual, throws } from "node:assert/strict";

import { placesOf } from "../../../lib/data/prepare/prepared";

describe("placesOf(prepared, ids)", () => {
  const prepared = { ids: ["a", "b", "c"] };

  it("finds images by name, in the order of the names", () => {
    deepEqual(placesOf(prepared, ["c", "a"]), [2, 0]);
    deepEqual(placesOf(prepared, []), []);
  });

  it("names an image that is not there", () => {
    throws(() => placesOf(prepared, ["a", "d"]), /"d" is not among the 3.*leftOut/);
  });

  it("names an image that is asked for twice", () => {
    throws(() => placesOf(prepared, ["a", "b", "a"]), /"a" stands twice/);
  });
});
