import { excitationStep } from "../../../../lib/networks/run/steps/excitation-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { checkStep, numbersNear, valueOf } from "./check-step";

const weights = { "reduce/kernel": [6, 2], "reduce/bias": [2], "expand/kernel": [2, 6], "expand/bias": [6] };

describe("excitationStep(nodes)", () => {
  for (const skip of [null, "y"]) {
    for (const relu of [false, true]) {
      it(`weighs the channels of an image${skip === null ? "" : ", adds another"}${relu ? ", cuts off at 0" : ""}`, () => {
        checkStep({
          step: excitationStep({ input: "x", reduce: "reduce", expand: "expand", skip, relu, output: "it" }),
          inputs: { x: [3, 5, 4, 6], ...(skip === null ? {} : { y: [3, 5, 4, 6] }) },
          weights,
          expected: (given) => {
            const { x } = given;
            const of = (name: string) => given[name] as tf.Tensor as tf.Tensor2D;
            const dense = (value: tf.Tensor2D, name: string) =>
              tf.add<tf.Tensor2D>(tf.matMul(value, of(`${name}/kernel`)), of(`${name}/bias`));
            const gates = tf.sigmoid(dense(tf.relu(dense(tf.mean<tf.Tensor2D>(x!, [1, 2]), "reduce")), "expand"));
            const product = tf.mul(x!, tf.reshape(gates, [3, 1, 1, 6]));
            const sum = skip === null ? product : tf.add(product, given.y!);
            return relu ? tf.relu(sum) : sum;
          },
        });
      });
    }
  }

  it("halves by hand where the gates are open half", () => {
    const x = tf.tensor4d([2, 4, 6, 8], [1, 2, 1, 2]);
    const given = {
      ...{ "reduce/kernel": tf.zeros([2, 1]), "reduce/bias": tf.zeros([1]) },
      ...{ "expand/kernel": tf.zeros([1, 2]), "expand/bias": tf.tensor1d([0, 100]) },
    };
    const nodes = { input: "x", reduce: "reduce", expand: "expand", skip: null, relu: false, output: "it" };
    numbersNear(valueOf(excitationStep(nodes), { x }, given), [1, 4, 3, 8]);
    tf.dispose([x, ...Object.values(given)]);
  });
});
