import { equal } from "node:assert/strict";

import { nearestOf } from "../../lib/runtime/nearest";

describe("nearestOf(word, known)", () => {
  it("gives the word that takes the fewest changes", () => {
    equal(nearestOf("epocs", ["batchSize", "epochs", "seed"]), "epochs");
    equal(nearestOf("rounds", ["rounds"]), "rounds");
  });

  it("gives none where half of the letters and more are others, or there are no words", () => {
    equal(nearestOf("abcd", ["wxyz"]), null);
    equal(nearestOf("abcd", ["abxy"]), "abxy");
    equal(nearestOf("abcd", ["axyz"]), null);
    equal(nearestOf("abcd", []), null);
  });
});
