import { equal } from "node:assert/strict";

import { layerNameOf } from "../../../lib/networks/model/layer-name";

describe("layerNameOf(nodeName)", () => {
  it("has dots in place of slashes", () => {
    equal(layerNameOf("layer2/node3/x-1/norm_2"), "layer2.node3.x-1.norm_2");
    equal(layerNameOf("input"), "input");
  });
});
