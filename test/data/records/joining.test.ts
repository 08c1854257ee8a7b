import { equal, notEqual } from "node:assert/strict";

import { startJoining } from "../../../lib/data/records/joining";
import { createRandom } from "../../../lib/runtime/random";

describe("startJoining()", () => {
  it("leaves names alone that were not joined", () => {
    const joining = startJoining();
    equal(joining.rootOf("a"), "a");
    joining.join("a", "a");
    notEqual(joining.rootOf("a"), joining.rootOf("b"));
  });

  it("joins names through others, and keeps what stood for the first", () => {
    const joining = startJoining();
    joining.join("c", "d");
    joining.join("a", "b");
    joining.join("b", "d");
    for (const name of ["b", "c", "d"]) equal(joining.rootOf(name), "a");
  });

  it("gives the groups that an exhaustive search gives, in any order of joining", () => {
    const random = createRandom(1);
    for (let round = 0; round < 50; round++) {
      const names = Array.from({ length: 12 }, (_, index) => String(index));
      const pairs = Array.from({ length: 8 }, () => [random.choice(names), random.choice(names)] as const);
      const joining = startJoining();
      for (const [one, other] of pairs) joining.join(one, other);
      for (const start of names) {
        const reached = new Set([start]);
        for (let grown = 0; grown < reached.size;) {
          grown = reached.size;
          for (const [one, other] of pairs) {
            if (reached.has(one)) reached.add(other);
            if (reached.has(other)) reached.add(one);
          }
        }
        for (const name of names) equal(joining.rootOf(name) === joining.rootOf(start), reached.has(name));
      }
    }
  });
});
