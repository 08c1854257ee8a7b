import { equal, match, ok } from "node:assert/strict";

import { createStrategy } from "../../lib/controller/create-strategy";
import { strategies } from "../../lib/controller/strategies";
import { createRandom } from "../../lib/runtime/random";
import { encode } from "../../lib/space/encode";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";

describe("strategies", () => {
  for (const [kind, { kind: own, title, description }] of Object.entries(strategies)) {
    it(`has ${kind} under its kind, with a title and a description`, () => {
      equal(own, kind);
      match(kind, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      ok(title.length > 0 && description.endsWith("."));
    });

    it(`makes ${kind} with its defaults, of every kind of space`, () => {
      for (const space of [microSpace(2), macroSpace(3), shapeSpace()]) {
        const strategy = createStrategy({ kind: kind as keyof typeof strategies, space }, createRandom(1));
        const { architecture } = strategy.propose(createRandom(2));
        ok(encode(space, architecture).length > 0);
      }
    });
  }

  it("calls no two alike", () => {
    const names = Object.values(strategies).flatMap(({ kind, title }) => [...new Set([kind, title.toLowerCase()])]);
    equal(new Set(names).size, names.length);
  });
});
