import { match } from "node:assert/strict";

import type { OptimisedNetworks } from "../../lib/study/optimise-networks";
import { showOptimised } from "../../lib/study/show-optimised";
import { captureOutput } from "../helpers/capture";

describe("showOptimised(optimised, part)", () => {
  it("says of networks of which nothing was optimised what they are worth, and no settings", async () => {
    const optimised: OptimisedNetworks = {
      results: [{ arm: "ENAS", seed: 1, optimisation: null, areas: [0.8, 0.9] }],
      subjects: new Map(),
    };
    const said = await captureOutput(() => {
      showOptimised(optimised, "arms");
    });
    match(said, /ENAS.*0\.85/s);
  });
});
