import { equal, throws } from "node:assert/strict";

import { createStrategy, type StrategyOptions } from "../../lib/controller/create-strategy";
import { createRandom } from "../../lib/runtime/random";
import { microSpace } from "../helpers/spaces";

const space = microSpace(2);
const create = (options: StrategyOptions) => createStrategy(options, createRandom(1));

describe("createStrategy(options, random)", () => {
  it("makes each of the three", () => {
    for (const kind of ["enas", "uniform", "evolution"] as const) equal(create({ kind, space }).name, kind);
  });

  it("takes single settings beside the preset's", () => {
    const shape = create({ kind: "enas", space, preset: "released", units: 8 })
      .state()
      .arrays.get("controller/key")!.shape;
    equal(shape.join(), "8,8");
    // The preset "small" is the default; it has no bias of the operations.
    equal(create({ kind: "enas", space }).state().arrays.has("controller/operationBias"), false);
    equal(create({ kind: "enas", space, preset: "released" }).state().arrays.has("controller/operationBias"), true);
  });

  it("refuses a strategy, an option, a preset, a value and a space that are none", () => {
    throws(() => create({ kind: "random", space } as never), /no strategy "random"\. It is "enas", "uniform" or "evol/);
    throws(() => create({ kind: "enas", space, learningrate: 1 } as never), /Did you mean "learningRate"/);
    throws(() => create({ kind: "enas", space, preset: "tiny" } as never), /no preset "tiny"/);
    throws(() => create({ kind: "enas", space, temperature: 0 }), /temperature: 0, expected a number above 0/);
    throws(() => create({ kind: "uniform", space, units: 3 } as never), /The uniform strategy has no option "units"/);
    throws(() => create({ kind: "evolution", space, popluation: 3 } as never), /Did you mean "population"/);
    for (const kind of ["enas", "uniform", "evolution"] as const) {
      throws(() => create({ kind, space: { kind: "micro", nodes: 0 } }), /nodes = 0/);
      throws(() => create({ kind, space: { kind: "macro", layers: 1.5 } }), /layers = 1.5/);
    }
  });
});
