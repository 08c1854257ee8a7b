import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { encode } from "../../lib/space/encode";
import type { MicroSpace } from "../../lib/space/micro/architecture";
import { sampleArchitecture } from "../../lib/space/sample";
import { checkSpace, countArchitectures, decisionsOf, type GivenSpace } from "../../lib/space/space";
import { createRandom } from "../../lib/runtime/random";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";

const pools: GivenSpace = { kind: "micro", nodes: 2, operations: ["max pool 3×3", "average pool 3×3"] };

describe("checkSpace(given)", () => {
  it("fills in the version and the published operations, and leaves a whole space as it is", () => {
    deepEqual(checkSpace({ kind: "micro", nodes: 4 }), {
      ...{ kind: "micro", version: 1, nodes: 4 },
      operations: ["separable 3×3", "separable 5×5", "average pool 3×3", "max pool 3×3", "identity"],
    });
    for (const space of [microSpace(4), macroSpace(6), checkSpace(pools), shapeSpace()])
      deepEqual(checkSpace(space), space);
    deepEqual((checkSpace(pools) as MicroSpace).operations, (pools as MicroSpace).operations);
  });

  it("reads the form of old records", () => {
    deepEqual(checkSpace({ space: "micro", nodes: 4 } as never), microSpace(4));
    deepEqual(checkSpace({ space: "macro", layers: 6 } as never), macroSpace(6));
  });

  it("refuses what is no space, names what is wrong, and says what it may have meant", () => {
    const wrong: [unknown, RegExp][] = [
      [
        { kind: "mikro", nodes: 4 },
        /The kind of a space is "mikro", expected "micro" or "macro" or "shape".*mean "micro"/s,
      ],
      [{ nodes: 4 }, /The kind of a space is not given/],
      [null, /The kind of a space is not given/],
      [{ kind: "micro", nodes: 0 }, /nodes = 0, expected a whole number from 1/],
      [{ kind: "macro", layers: 2.5 }, /layers = 2.5/],
      [{ kind: "macro", layers: "6" }, /layers = "6"/],
      [{ kind: "macro", nodes: 4 }, /of the kind "macro" has no "nodes"/],
      [{ kind: "micro" }, /nodes = nothing/],
      [{ kind: "micro", nodes: 4, version: 2 }, /has version: 2, expected 1/],
      [{ kind: "micro", nodes: 4, operation: [] }, /has no "operation".*Did you mean "operations"/s],
      [{ kind: "micro", nodes: 4, operations: [] }, /has operations: \[\], expected a list of at least one/],
      [{ kind: "micro", nodes: 4, operations: ["seperable 3×3"] }, /is "seperable 3×3".*mean "separable 3×3"/s],
      [{ kind: "micro", nodes: 4, operations: ["convolution 3×3"] }, /place 0 of the space's operations/],
      [{ kind: "micro", nodes: 4, operations: ["identity", "identity"] }, /the operation "identity" twice/],
      [{ space: "micro", nodes: 0 }, /nodes = 0/],
    ];
    for (const [space, message] of wrong) throws(() => checkSpace(space as never), message);
  });
});

describe("decisionsOf(space)", () => {
  it("names each decision once, in the order of the numbers", () => {
    for (const space of [microSpace(5), macroSpace(6), shapeSpace(), pools]) {
      const decisions = decisionsOf(space);
      equal(new Set(decisions.map(({ name }) => name)).size, decisions.length);
      equal(decisions.length, encode(space, sampleArchitecture(space, createRandom(1))).length);
      ok(decisions.every(({ options }) => options.length > 1 && new Set(options).size === options.length));
    }
    deepEqual(
      decisionsOf({ kind: "macro", layers: 2 }).map(({ name }) => name),
      ["operation of layer 0", "operation of layer 1", "skip connection of layer 1 from stem"],
    );
    equal(decisionsOf(pools)[5]!.name, "operation of side x of node 3 in the normal cell");
    deepEqual(decisionsOf(pools)[5]!.options, (pools as MicroSpace).operations);
    deepEqual(decisionsOf(pools)[4]!.options, ["input 0 (older)", "input 1 (newer)", "node 2"]);
  });

  it("have the entropy that a uniform controller begins with: 58.5 nats for cells of five nodes", () => {
    const entropy = decisionsOf(microSpace(5)).reduce((sum, { options }) => sum + Math.log(options.length), 0);
    equal(entropy.toFixed(1), "58.5");
  });
});

describe("countArchitectures(space)", () => {
  it("gives (5⁵ · 6!)⁴ for cells of five nodes, and what an exhaustive count gives for small spaces", () => {
    equal(countArchitectures(microSpace(5)), (5n ** 5n * 720n) ** 4n);
    // One node: two inputs and five operations on each of two sides, in each of two cells.
    equal(countArchitectures(microSpace(1)), BigInt((2 * 5) ** 4));
    // Two layers: six operations each, and one skip connection.
    equal(countArchitectures(macroSpace(2)), 72n);
    // Of each stage, both transitions, the stem and the head.
    equal(countArchitectures(shapeSpace()), (4n * 3n * 2n ** 4n) ** 3n * 9n * 3n * 3n);
    // Two operations in place of five.
    equal(countArchitectures(pools), (2n ** 2n * 6n) ** 4n);
  });

  it("refuses a size that is none", () => {
    throws(() => countArchitectures({ kind: "micro", nodes: 0 }), /nodes = 0, expected a whole number from 1/);
    throws(() => countArchitectures({ kind: "macro", layers: 2.5 }), /layers = 2.5/);
  });
});
