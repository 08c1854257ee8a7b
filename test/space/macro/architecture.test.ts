import { equal, throws } from "node:assert/strict";

import { checkMacro, type MacroArchitecture } from "../../../lib/space/macro/architecture";

describe("checkMacro(architecture)", () => {
  const layer = (...skips: boolean[]) => ({ operation: "separable 3×3" as const, skips });

  it("refuses a layer with too many or too few skip connections", () => {
    const good: MacroArchitecture = { kind: "macro", layers: [layer(), layer(true), layer(true, false)] };
    equal(checkMacro(good), good);
    throws(() => checkMacro({ kind: "macro", layers: [layer(), layer()] }), /Layer 1 has 0 skip connections/);
    throws(() => checkMacro({ kind: "macro", layers: [layer(true)] }), /Layer 0 has 1 skip connections/);
    throws(() => checkMacro({ kind: "macro", layers: [] }), /has no layers/);
    throws(() => checkMacro({ kind: "macro" } as never), /has no layers/);
  });

  it("refuses an operation that is none, and names the nearest", () => {
    const layers = [{ operation: "max pool 5×5", skips: [] }];
    throws(
      () => checkMacro({ kind: "macro", layers } as never),
      /The operation of layer 0 is "max pool 5×5".*Did you mean "max pool 3×3"/s,
    );
  });

  it("refuses a skip connection that is neither there nor not", () => {
    const layers = [layer(), { operation: "separable 3×3", skips: [1] }];
    throws(() => checkMacro({ kind: "macro", layers } as never), /Layer 1/);
  });
});
