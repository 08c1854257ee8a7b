import { deepEqual, throws } from "node:assert/strict";

import { checkOperation, checkSizedSpace, type SpaceParts } from "../../lib/space/check-space";

const check = (given: object) =>
  checkSizedSpace<SpaceParts & { readonly rings: number }>(given, "rings", ["red", "green", "blue"], ["red", "green"]);

describe("checkSizedSpace(given, size, known, published)", () => {
  it("fills in the version and the published operations, not those that came later, in one order of keys", () => {
    deepEqual(Object.entries(check({ rings: 2, kind: "toy" })), [
      ["kind", "toy"],
      ["version", 1],
      ["rings", 2],
      ["operations", ["red", "green"]],
    ]);
    deepEqual(check({ kind: "toy", rings: 2, operations: ["blue"] }).operations, ["blue"]);
  });

  it("refuses a key, a version, a size and a list of operations that are none", () => {
    throws(() => check({ kind: "toy", ring: 2 }), /"toy" has no "ring".*Did you mean "rings"/s);
    throws(() => check({ kind: "toy", rings: 2, version: "1" }), /has version: "1", expected 1/);
    throws(() => check({ kind: "toy", rings: -1 }), /rings = -1/);
    throws(() => check({ kind: "toy", rings: 2, operations: "red" }), /has operations: "red", expected a list/);
    throws(() => check({ kind: "toy", rings: 2, operations: [1] }), /The operation of place 0 .* is 1, expected/);
  });
});

describe("checkOperation(operation, known, place)", () => {
  it("names the place, what is known and the nearest", () => {
    checkOperation("blue", ["blue"], "layer 3");
    throws(() => {
      checkOperation("bleu", ["red", "blue"], "layer 3");
    }, /The operation of layer 3 is "bleu", expected one of red, blue.*Did you mean "blue"/s);
  });
});
