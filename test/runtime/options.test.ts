import { deepEqual, doesNotThrow, throws } from "node:assert/strict";

import { requireWholeNumbers, withDefaults } from "../../lib/runtime/options";

interface Example {
  epochs: number;
  batch: number;
}
const defaults: Example = { epochs: 10, batch: 32 };

describe("withDefaults(name, given, defaults)", () => {
  it("takes what is given and fills in the rest", () => {
    deepEqual(withDefaults("train", { batch: 8 }, defaults), { epochs: 10, batch: 8 });
  });

  it("takes the default where undefined is given", () => {
    deepEqual(withDefaults<Example>("train", { epochs: undefined }, defaults), defaults);
  });

  it("refuses a key that is no option and names the nearest", () => {
    throws(
      () => withDefaults("train", { epcohs: 3 } as Partial<Example>, defaults),
      /train has no option "epcohs". Did you mean "epochs"\?/,
    );
  });

  it("leaves the defaults as they were", () => {
    withDefaults("train", { batch: 8 }, defaults);
    deepEqual(defaults, { epochs: 10, batch: 32 });
  });
});

describe("requireWholeNumbers(name, options, least)", () => {
  it("passes whole numbers from their least value on, and options that it is not asked about", () => {
    doesNotThrow(() => {
      requireWholeNumbers("train", { epochs: 1, batch: 8, rate: 0.5 }, { epochs: 1, batch: 2 });
    });
  });

  it("names the option, its value and the least", () => {
    for (const [epochs, said] of [
      [0, "0"],
      [1.5, "1.5"],
      [NaN, "NaN"],
      [Infinity, "Infinity"],
      ["3", '"3"'],
    ] as const) {
      throws(
        () => {
          requireWholeNumbers("train", { epochs }, { epochs: 1 });
        },
        { message: `train has epochs: ${said}, expected a whole number from 1. Correct it, or leave it out.` },
      );
    }
  });
});
