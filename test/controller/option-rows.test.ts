import { equal } from "node:assert/strict";

import { optionRows } from "../../lib/controller/option-rows";
import { macroSpace, shapeSpace } from "../helpers/spaces";

describe("optionRows(space)", () => {
  it("puts the options of each group of decisions behind those of the groups before, once", () => {
    const { count, first } = optionRows(shapeSpace());
    // Four widths, three depths, and two of four others in each of three stages; three of three others.
    equal(count, 3 * 15 + 3 * 3);
    equal(first.get("stage 1, width"), 0);
    equal(first.get("stage 1, depth"), 4);
    equal(first.get("stage 2, width"), 15);
    equal(first.get("downsampling"), 45);
    equal(first.get("head"), 51);
    equal(optionRows(macroSpace(1)).count, 6);
  });
});
