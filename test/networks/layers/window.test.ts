import { deepEqual, equal } from "node:assert/strict";

import { windowOf } from "../../../lib/networks/layers/window";

describe("windowOf(size, attributes)", () => {
  const plain = { strides: 2, pad: "same" };

  it("reads one number or two equal ones, for size, stride and dilation", () => {
    const window = { size: 3, stride: 2, padding: "same" };
    deepEqual(windowOf(3, plain), window);
    deepEqual(windowOf([3, 3], { strides: [2, 2], pad: "same", dilations: [1, 1], dataFormat: "NHWC" }), window);
    deepEqual(windowOf([3], { strides: [2], pad: "same", dilations: null }), window);
    deepEqual(windowOf(5, { strides: 1, pad: "valid", dilations: 1 }), { size: 5, stride: 1, padding: "valid" });
  });

  it("gives none for a window that is not square, is spread, has a border in pixels, or channels first", () => {
    equal(windowOf([3, 5], plain), null);
    equal(windowOf([], plain), null);
    equal(windowOf(3, { ...plain, strides: [1, 2] }), null);
    equal(windowOf(3, { ...plain, dilations: 2 }), null);
    equal(windowOf(3, { ...plain, dilations: [1, 2] }), null);
    equal(windowOf(3, { ...plain, pad: 0 }), null);
    equal(
      windowOf(3, {
        ...plain,
        pad: [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ],
      }),
      null,
    );
    equal(windowOf(3, { ...plain, dataFormat: "NCHW" }), null);
  });
});
