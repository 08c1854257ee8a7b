import type { Convolution } from "../../../graph/layer";
import { convolution } from "../../../kernels/convolution";
import { convolutionNorm, convolutionNormGradients } from "../../../kernels/convolution-norm";
import type { tf } from "../../../runtime/tensorflow";
import type { Base } from "../../../kernels/accumulate";
import type { Step } from "../run-state";

/** The nodes of a convolution and the batch normalisation behind it. */
export interface ConvolutionNormNodes {
  readonly input: string;
  readonly convolution: string;
  /** What it does; without a bias. */
  readonly layer: Convolution;
  readonly norm: string;
  readonly epsilon: number;
  readonly ofImage: boolean;
}

/** A convolution and its batch normalisation at once, which is left to the reader. */
export function convolutionNormStep({
  input,
  convolution: node,
  layer,
  norm,
  epsilon,
  ofImage,
}: ConvolutionNormNodes): Step {
  return {
    output: norm,
    inputs: [input],
    keeps: [input],
    keepsOutput: true,
    // The kernel for few channels does.
    takesSums: ofImage,
    forward(run) {
      const [x, kernel] = [run.plain(input), run.weight(node, "kernel")];
      if (run.settings.statistics === "moving") run.setMoving(norm, convolution(x, kernel, layer), epsilon);
      else run.setNormalised(norm, convolutionNorm(x, kernel, layer, run.norm(norm, epsilon)));
    },
    backward(run, d) {
      const gradientsOnto = (base: Base | "unwanted") => {
        const [x, kernel] = [run.plain(input), run.weight(node, "kernel")];
        const [result, weights] = [run.normalised(norm), run.norm(norm, epsilon)];
        const given = run.sumsOf(norm);
        const gradients = convolutionNormGradients(d as tf.Tensor4D, result, x, kernel, layer, weights, base, given);
        run.give(node, "kernel", gradients.kernel);
        run.give(norm, "gamma", gradients.gamma);
        run.give(norm, "beta", gradients.beta);
        return gradients.x;
      };
      if (run.wants(input)) run.contribute(input, (base) => gradientsOnto(base)!);
      else gradientsOnto("unwanted");
    },
  };
}
