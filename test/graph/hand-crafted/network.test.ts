import { deepEqual, equal, throws } from "node:assert/strict";

import { startHandCrafted } from "../../../lib/graph/hand-crafted/network";
import { Problem } from "../../../lib/runtime/problem";
import { square } from "./count";

describe("startHandCrafted(name, size, smallest, options)", () => {
  it("gives a builder for the images, two classes, and the paper's dropout", () => {
    const { builder, classes, dropoutOr } = startHandCrafted("a network", square(40, 3), 28, {});
    deepEqual(builder.input.shape, [40, 40, 3]);
    equal(builder.finish(builder.input).name, "a network");
    equal(classes, 2);
    equal(dropoutOr(0.4), 0.4);
  });

  it("takes what was chosen instead, also no dropout", () => {
    const start = startHandCrafted("a network", square(40), 28, { classes: 7, dropout: 0 });
    equal(start.classes, 7);
    equal(start.dropoutOr(0.4), 0);
    equal(startHandCrafted("a network", square(40), 28, { dropout: 0.1 }).dropoutOr(0.4), 0.1);
  });

  it("refuses images that are too small on one side, and names the network and both sizes", () => {
    const size = { height: 27, width: 60, channels: 1 };
    throws(() => startHandCrafted("a network", size, 28, {}), /a network .* 27 × 60 pixels, expected at least 28 × 28/);
    equal(startHandCrafted("a network", square(28), 28, {}).classes, 2);
  });

  it("refuses options out of their range as problems", () => {
    for (const options of [{ classes: 1 }, { classes: 2.5 }, { dropout: 1 }, { dropout: -1 }, { droput: 0 } as object])
      throws(() => startHandCrafted("a network", square(40), 28, options), Problem);
  });
});
