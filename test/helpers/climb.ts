import * as v from "valibot";

import { defineStrategy } from "../../lib/controller/strategy-definition";
import { wholeNumber } from "../../lib/runtime/option-values";
import { decode, encode } from "../../lib/space/encode";
import { mutateArchitecture, sampleArchitecture } from "../../lib/space/sample";

/** A strategy as a user writes it: from the best so far, a few decisions further. */
export const climb = defineStrategy({
  kind: "hill-climb",
  title: "hill climbing",
  description: "Changes a few decisions of the best architecture so far.",
  options: { steps: v.optional(wholeNumber({ from: 1 }), 1) },
  create(space, { steps }, random) {
    let best = { numbers: encode(space, sampleArchitecture(space, random)), reward: -1 };
    return {
      sample: (source) =>
        Array.from({ length: steps }).reduce(
          (one: ReturnType<typeof decode>) => mutateArchitecture(space, one, source),
          decode(space, best.numbers),
        ),
      learn(rewarded) {
        for (const { architecture, reward } of rewarded)
          if (reward > best.reward) best = { numbers: encode(space, architecture), reward };
        return { baseline: best.reward };
      },
      state: () => best,
      restore: ({ numbers, reward }) => (best = { numbers, reward } as typeof best),
    };
  },
});
