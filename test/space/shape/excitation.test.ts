import { deepEqual, equal, throws } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { costOf } from "../../../lib/graph/cost";
import { addExcitation } from "../../../lib/space/shape/excitation";

function excited(channels: number) {
  const builder = startGraph("one", { height: 5, width: 4, channels });
  return builder.finish(addExcitation(builder, "place", builder.input));
}

describe("addExcitation(builder, place, input)", () => {
  it("squeezes the means to a quarter, and multiplies each channel by what comes of them", () => {
    const graph = excited(12);
    deepEqual(
      graph.nodes.slice(1).map(({ layer, shape }) => `${layer.kind} ${shape.join("×")}`),
      [
        ...["global average pool 12", "dense 3", "activation 3", "dense 12", "activation 12"],
        ...["reshape 1×1×12", "multiply 5×4×12"],
      ],
    );
    // Two dense layers with a bias each.
    equal(costOf(graph).trainable, 12 * 3 + 3 + 3 * 12 + 12);
  });

  it("keeps at least one number, and rounds a quarter up", () => {
    const squeezed = (channels: number) => excited(channels).nodes[2]!.shape[0];
    deepEqual([1, 4, 5, 16].map(squeezed), [1, 1, 2, 4]);
  });

  it("refuses a name that is taken", () => {
    const builder = startGraph("one", { height: 5, width: 4, channels: 4 });
    const first = addExcitation(builder, "place", builder.input);
    throws(() => addExcitation(builder, "place", first), /cannot be the name of a node/);
  });
});
