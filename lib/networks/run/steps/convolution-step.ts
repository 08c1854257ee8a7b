import type { Convolution, DepthwiseConvolution } from "../../../graph/layer";
import { convolution, convolutionGradients } from "../../../kernels/convolution";
import { depthwise, depthwiseGradients } from "../../../kernels/depthwise";
import { tf } from "../../../runtime/tensorflow";
import type { RunState, Step } from "../run-state";

/** A convolution by itself. */
export function convolutionStep(node: string, layer: Convolution, input: string): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [input],
    keepsOutput: false,
    forward(run) {
      setWithBias(run, node, convolution(run.plain(input), run.weight(node, "kernel"), layer), layer.bias);
    },
    backward(run, d) {
      giveBias(run, node, d, layer.bias);
      const kernel = run.weight(node, "kernel");
      const x = run.plain(input);
      if (!run.wants(input)) {
        run.give(node, "kernel", convolutionGradients(d as tf.Tensor4D, x, kernel, layer, "unwanted").kernel);
        return;
      }
      run.contribute(input, (base) => {
        const gradients = convolutionGradients(d as tf.Tensor4D, x, kernel, layer, base);
        run.give(node, "kernel", gradients.kernel);
        return gradients.x!;
      });
    },
  };
}

/** A convolution of each channel by itself. */
export function depthwiseStep(node: string, layer: DepthwiseConvolution, input: string): Step {
  const name = "depthwise_kernel";
  return {
    output: node,
    inputs: [input],
    keeps: [input],
    keepsOutput: false,
    forward(run) {
      setWithBias(run, node, depthwise(run.plain(input), run.weight(node, name), layer), layer.bias);
    },
    backward(run, d) {
      giveBias(run, node, d, layer.bias);
      run.contribute(input, (base) => {
        const gradients = depthwiseGradients(d as tf.Tensor4D, run.plain(input), run.weight(node, name), layer, base);
        run.give(node, name, gradients.kernel);
        return gradients.x;
      });
    },
  };
}

function setWithBias(run: RunState, node: string, value: tf.Tensor4D, bias: boolean): void {
  if (!bias) {
    run.set(node, value);
    return;
  }
  run.set(
    node,
    tf.tidy(() => tf.add(value, run.weight(node, "bias"))),
  );
  value.dispose();
}

function giveBias(run: RunState, node: string, d: tf.Tensor, bias: boolean): void {
  if (!bias) return;
  run.give(
    node,
    "bias",
    tf.tidy(() => tf.sum(d, [0, 1, 2])),
  );
}
