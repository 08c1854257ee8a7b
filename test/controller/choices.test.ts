import { deepEqual, throws } from "node:assert/strict";

import { checkOfSpace, choicesOfSpace } from "../../lib/controller/choices";
import { createRandom } from "../../lib/runtime/random";
import { sampleArchitecture } from "../../lib/space/sample";

describe("choicesOfSpace(space)", () => {
  it("lists the choices of each decision", () => {
    deepEqual(choicesOfSpace({ space: "micro", nodes: 1 }), [2, 5, 2, 5, 2, 5, 2, 5]);
    deepEqual(choicesOfSpace({ space: "macro", layers: 3 }), [6, 6, 2, 6, 2, 2]);
    throws(() => choicesOfSpace({ space: "micro", nodes: 0 }), /nodes = 0/);
  });
});

describe("checkOfSpace(architecture, space)", () => {
  it("takes an architecture of the space, and refuses one of another space or size", () => {
    const architecture = sampleArchitecture({ space: "micro", nodes: 2 }, createRandom(1));
    checkOfSpace(architecture, { space: "micro", nodes: 2 });
    throws(() => {
      checkOfSpace(architecture, { space: "micro", nodes: 3 });
    }, /of the micro space with 16 decisions was given, expected one of the micro space with 24/);
    throws(() => {
      checkOfSpace(architecture, { space: "macro", layers: 3 });
    }, /expected one of the macro space with 6/);
  });
});
