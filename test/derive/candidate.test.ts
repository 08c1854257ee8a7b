import { equal } from "node:assert/strict";

import { bestFirst } from "../../lib/derive/candidate";
import { candidate, namesOf } from "./helpers";

describe("bestFirst(candidates, scoreOf)", () => {
  const order = (...candidates: ReturnType<typeof candidate>[]) => namesOf(bestFirst(candidates, ({ onAll }) => onAll));

  it("puts the largest first, negative ones and 0 too", () => {
    equal(order(candidate("a", { onAll: -2 }), candidate("b", { onAll: 0.5 }), candidate("c", { onAll: 0 })), "b c a");
  });

  it("puts of equals the one with fewer parameters first, and then the one that came first", () => {
    const equals = { onAll: 0.7 };
    equal(
      order(
        candidate("a", { ...equals, parameters: 9 }),
        candidate("b", { ...equals, parameters: 5 }),
        candidate("c", { ...equals, parameters: 9 }),
        candidate("d", { onAll: 0.8, parameters: 99 }),
      ),
      "d b a c",
    );
  });

  it("leaves those without a score in their order, after all others, whatever they cost", () => {
    equal(
      order(candidate("a", { parameters: 9 }), candidate("b", { parameters: 1 }), candidate("c", { onAll: -9 })),
      "c a b",
    );
  });

  it("leaves the list that it was given as it was", () => {
    const given = [candidate("a", { onAll: 1 }), candidate("b", { onAll: 2 })];
    bestFirst(given, ({ onAll }) => onAll);
    equal(namesOf(given), "a b");
    equal(namesOf(bestFirst([], () => 1)), "");
  });
});
