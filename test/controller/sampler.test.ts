import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { architectureOf, inControllerOrder, sampleBy, replay } from "../../lib/controller/sampler";
import { createRandom } from "../../lib/runtime/random";
import { sampleArchitecture } from "../../lib/space/sample";
import { macroSpace, microSpace, shapeSpace, readMacro, readMicro } from "../helpers/spaces";

describe("sampleBy(random)", () => {
  it("samples as often as it should", () => {
    const sampler = sampleBy(createRandom(1));
    const probabilities = Float64Array.of(0.5, 0, 0.2, 0.3);
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 10_000; draw++) counts[sampler(probabilities)]!++;
    equal(counts[1], 0);
    const expected = [5000, 2000, 3000];
    // χ² with 2 degrees of freedom is above 13.8 once in a thousand.
    const chi = [counts[0]!, counts[2]!, counts[3]!].reduce(
      (sum, count, index) => sum + (count - expected[index]!) ** 2 / expected[index]!,
      0,
    );
    ok(chi < 13.8, `${chi}`);
  });

  it("samples the last possible one where rounded probabilities do not reach 1", () => {
    const random = { ...createRandom(1), uniform: () => 1 - 2 ** -53 };
    equal(sampleBy(random)(Float64Array.of(0.1, 0.7, 0.19999, 0)), 2);
  });
});

describe("replay(decisions)", () => {
  it("takes one after the other, and says where there is none or it is not possible", () => {
    const sampler = replay([1, 2]);
    equal(sampler(new Float64Array(2)), 1);
    throws(() => sampler(new Float64Array(2)), /Decision 1 of an architecture is 2, expected 0 to 1/);
    throws(() => sampler(new Float64Array(2)), /Decision 2 of an architecture is absent/);
  });
});

describe("inControllerOrder(space, architecture) and architectureOf(space, decisions)", () => {
  it("order a node as the controller does: both inputs, then both operations", () => {
    deepEqual(inControllerOrder(microSpace(1), readMicro("0 2 1 3  1 4 0 0")), [0, 1, 2, 3, 1, 0, 4, 0]);
    deepEqual(inControllerOrder(macroSpace(3), readMacro("3  4 1  5 0 1")), [3, 4, 1, 5, 0, 1]);
  });

  it("undo each other", () => {
    const random = createRandom(2);
    for (const space of [microSpace(4), macroSpace(5), shapeSpace()]) {
      const architecture = sampleArchitecture(space, random);
      deepEqual(architectureOf(space, inControllerOrder(space, architecture)), architecture);
    }
  });
});
