import { deepEqual } from "node:assert/strict";

import { flag, float, float32, integer, text } from "../../lib/kernels/attributes";
import { tf } from "../../lib/runtime/tensorflow";

describe("the attributes of kernels", () => {
  it("have the binding's number of their type beside name and value", () => {
    const { binding } = tf.backend() as unknown as { binding: Readonly<Record<string, number>> };
    deepEqual(
      [flag("a", true), integer("b", [1, 2]), float("c", 0.5), text("d", "SAME"), float32("T")],
      [
        { name: "a", type: binding.TF_ATTR_BOOL, value: true },
        { name: "b", type: binding.TF_ATTR_INT, value: [1, 2] },
        { name: "c", type: binding.TF_ATTR_FLOAT, value: 0.5 },
        { name: "d", type: binding.TF_ATTR_STRING, value: "SAME" },
        { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
      ],
    );
  });
});
