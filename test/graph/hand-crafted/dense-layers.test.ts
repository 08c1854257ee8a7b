import { deepEqual, equal } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { addDenseLayers } from "../../../lib/graph/hand-crafted/dense-layers";
import { parametersOf, square } from "./count";

function build(dropout: number, where: "before" | "after") {
  const builder = startGraph("a head", square(3, 5));
  return builder.finish(addDenseLayers(builder, builder.input, dropout, where));
}

const namesOf = (...settings: Parameters<typeof build>) =>
  build(...settings)
    .nodes.slice(1)
    .map(({ name }) => name.replace("head/", ""));

describe("addDenseLayers(builder, input, dropout, where)", () => {
  it("has dropout before each dense layer, as AlexNet", () => {
    deepEqual(namesOf(0.5, "before"), ["flatten", "dropout1", "dense1", "relu1", "dropout2", "dense2", "relu2"]);
  });

  it("has dropout after each dense layer, as VGG", () => {
    deepEqual(namesOf(0.5, "after"), ["flatten", "dense1", "relu1", "dropout1", "dense2", "relu2", "dropout2"]);
  });

  it("has no dropout of 0", () => {
    deepEqual(namesOf(0, "before"), ["flatten", "dense1", "relu1", "dense2", "relu2"]);
  });

  it("has two layers of 4096 with bias, whatever the map's size", () => {
    equal(parametersOf(build(0.5, "after")), (3 * 3 * 5 + 1) * 4096 + 4097 * 4096);
  });
});
