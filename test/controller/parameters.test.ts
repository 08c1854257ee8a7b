import { deepEqual, equal, ok } from "node:assert/strict";

import { createParameters, listParameters, type ControllerParameters } from "../../lib/controller/parameters";
import { controllerPreset } from "../../lib/controller/presets";
import { createRandom } from "../../lib/runtime/random";
import { macroSpace, microSpace } from "../helpers/spaces";

const micro = microSpace(5);
const macro = macroSpace(12);
const make = (space: typeof micro | typeof macro, seed = 1, changes = {}) =>
  createParameters(space, { ...controllerPreset("released", space).settings, ...changes }, createRandom(seed));

const countParameters = (parameters: ControllerParameters) =>
  [...listParameters(parameters).values()].reduce((sum, { values }) => sum + values.length, 0);

describe("createParameters(space, settings, random)", () => {
  it("makes as many as the released program: 41,733 in the micro space, 41,856 in the macro space", () => {
    equal(countParameters(make(micro)), 41_733);
    // 2H · 4H + H + 6H + 2H² + H + 6H without a bias, H = 64.
    equal(countParameters(make(macro)), 32_768 + 64 + 384 + 8192 + 64 + 384);
    equal(countParameters(make(micro, 1, { memoryLayers: 2 })), 41_733 + 32_768);
  });

  it("draws evenly between -initialRange and initialRange, but for the bias", () => {
    const parameters = make(micro);
    deepEqual([...parameters.operationBias!.values], [10, 10, 0, 0, 0]);
    const [layer] = parameters.memory;
    const { values } = layer!;
    ok(values.every((value) => Math.abs(value) <= 0.1));
    // The standard deviation of an even distribution is its half-width / √3; of 32,768 values it is within 1%.
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    ok(Math.abs(deviation / (0.1 / Math.sqrt(3)) - 1) < 0.01, `${deviation}`);
  });

  it("makes the same of the same seed, and others of another", () => {
    deepEqual(make(macro), make(macro));
    ok(make(macro).start.values[0] !== make(macro, 2).start.values[0]);
  });
});

describe("listParameters(parameters)", () => {
  it("names all of them, and shares their numbers", () => {
    const parameters = make(micro, 1, { memoryLayers: 2 });
    const list = listParameters(parameters);
    deepEqual(
      [...list.keys()],
      ["memory 0", "memory 1", "start", "embedding", "key", "query", "score", "operation", "operationBias"],
    );
    equal(list.get("memory 1"), parameters.memory[1]);
    equal(listParameters(make(macro)).has("operationBias"), false);
    for (const [name, { shape, values }] of list)
      equal(
        values.length,
        shape.reduce((a, b) => a * b),
        name,
      );
  });
});
