import { equal, throws } from "node:assert/strict";

import { kindOf, spaceKinds } from "../../lib/space/kinds";

describe("kindOf(value, what)", () => {
  it("finds the entry of every kind by its name", () => {
    for (const [name, kind] of Object.entries(spaceKinds)) equal(kindOf({ kind: name as "micro" }), kind);
  });

  it("says what is wrong with a kind that is none", () => {
    throws(() => kindOf({ kind: "makro" as never }, "space"), /The kind of a space is "makro".*Did you mean "macro"/s);
    throws(() => kindOf({ kind: 3 as never }), /The kind of an architecture is 3, .*Give \{ kind: "micro"/s);
    throws(() => kindOf(null as never), /is not given/);
  });
});
