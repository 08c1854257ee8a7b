import { deepEqual, throws } from "node:assert/strict";

import { withDefaults } from "../../lib/runtime/options";

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
