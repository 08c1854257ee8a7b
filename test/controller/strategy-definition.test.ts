import { deepEqual, equal } from "node:assert/strict";

import { defineStrategy } from "../../lib/controller/strategy-definition";
import { createRandom } from "../../lib/runtime/random";
import { climb } from "../helpers/climb";
import { microSpace } from "../helpers/spaces";

describe("defineStrategy(definition)", () => {
  it("gives the definition back, whose parts know their options", () => {
    equal(defineStrategy(climb), climb);
    const parts = climb.create(microSpace(2), { steps: 2 }, createRandom(1));
    parts.learn([{ architecture: parts.sample(createRandom(2)), kept: null, reward: 0.5 }]);
    equal(parts.state().reward, 0.5);
    const other = climb.create(microSpace(2), { steps: 2 }, createRandom(3));
    other.restore(parts.state(), new Map());
    deepEqual(other.sample(createRandom(4)), parts.sample(createRandom(4)));
  });
});
