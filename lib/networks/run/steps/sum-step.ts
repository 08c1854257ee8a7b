import { sum } from "../../../kernels/sum";
import { reluGradients } from "../../../kernels/relu";
import { tf } from "../../../runtime/tensorflow";
import type { Step } from "../run-state";

/**
 * The sum of values, with a ReLU behind it or without.
 *
 * @param inputs The nodes that are added; one may stand twice.
 * @param relu The node of the ReLU; null for none.
 */
export function sumStep(add: string, inputs: readonly string[], relu: string | null): Step {
  const output = relu ?? add;
  return {
    output,
    inputs,
    keeps: [],
    keepsOutput: relu !== null,
    forward(run) {
      run.set(
        output,
        sum(
          inputs.map((input) => run.read(input)),
          relu !== null,
        ),
      );
    },
    backward(run, d) {
      const dSum = relu === null ? d : reluGradients(d, run.plain(output));
      for (const input of inputs) run.pass(input, dSum);
      if (dSum !== d) tf.dispose(dSum);
    },
  };
}
