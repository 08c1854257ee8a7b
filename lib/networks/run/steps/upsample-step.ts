import { upsample, upsampleGradients } from "../../../kernels/upsample";
import type { tf } from "../../../runtime/tensorflow";
import type { Step } from "../run-state";

/** An image made larger by whole numbers. */
export function upsampleStep(node: string, factor: number, input: string): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [],
    keepsOutput: false,
    forward(run) {
      run.set(node, upsample(run.read(input), factor));
    },
    backward(run, d) {
      run.contribute(input, (base) => upsampleGradients(d as tf.Tensor4D, factor, base));
    },
  };
}
