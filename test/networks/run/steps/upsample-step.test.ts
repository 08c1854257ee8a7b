import { upsampleStep } from "../../../../lib/networks/run/steps/upsample-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { checkStep, numbersNear, valueOf } from "./check-step";

describe("upsampleStep(node, factor, input)", () => {
  for (const factor of [2, 3]) {
    it(`gives each pixel ${factor} × ${factor} times, and takes the gradient of all of these back to it`, () => {
      checkStep({
        step: upsampleStep("it", factor, "x"),
        inputs: { x: [2, 3, 5, 4] },
        expected: ({ x }) => tf.image.resizeNearestNeighbor(x!, [3 * factor, 5 * factor]),
      });
    });
  }

  it("gives rows and columns in order", () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    numbersNear(valueOf(upsampleStep("it", 2, "x"), { x }), [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
    x.dispose();
  });
});
