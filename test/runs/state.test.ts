import { deepEqual, equal } from "node:assert/strict";

import { decodeState, encodeState } from "../../lib/runs/checkpoint";
import type { Json, SavedState } from "../../lib/runs/state";

describe("a SavedState", () => {
  it("takes every kind of JSON and every kind of array, and comes back from a checkpoint as it was", () => {
    const json: Json = { list: [1, "a", null, true, { deep: [] }], number: -0.5 };
    const arrays: SavedState["arrays"] = new Map([
      ["weights", { shape: [1, 2], values: new Float32Array([1.5, 2]) }],
      ["moments", { shape: [], values: new Float64Array([Math.PI]) }],
      ["order", { shape: [0, 3], values: new Int32Array(0) }],
    ]);
    const state = decodeState(encodeState({ json, arrays }), "file");
    deepEqual(state, { json, arrays });
    equal(state.arrays.get("weights")?.values.constructor, Float32Array);
  });
});
