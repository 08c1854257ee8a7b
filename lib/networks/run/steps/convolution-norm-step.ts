import type { Convolution } from "../../../graph/layer";
import { addTo, type Base } from "../../../kernels/accumulate";
import { convolution, takesReadable } from "../../../kernels/convolution";
import { convolutionNorm, convolutionNormGradients } from "../../../kernels/convolution-norm";
import { reluGradients } from "../../../kernels/relu";
import {
  rowConvolution,
  rowConvolutionGradients,
  type RowConvolutionGradients,
  type RowConvolutionInput,
} from "../../../kernels/row-convolution";
import { sum } from "../../../kernels/sum";
import type { tf } from "../../../runtime/tensorflow";
import type { RunState, Step } from "../run-state";

/** The nodes of a convolution and the batch normalisation behind it. */
export interface ConvolutionNormNodes {
  /** The input, of the ReLU where there is one. */
  readonly input: string;
  /** Whether a ReLU lies between that nobody else reads. */
  readonly relu: boolean;
  readonly convolution: string;
  /** What it does; without a bias. */
  readonly layer: Convolution;
  readonly norm: string;
  readonly epsilon: number;
}

/** A ReLU if there is one, a convolution and its batch normalisation at once, which is left to the reader. */
export function convolutionNormStep(nodes: ConvolutionNormNodes): Step {
  const { input, relu, convolution: node, layer, norm, epsilon } = nodes;
  // The input in whatever form it is, for the kernel that takes it so.
  const readable = (run: RunState): RowConvolutionInput | null => {
    const [x, kernel] = [run.read(input), run.weight(node, "kernel")];
    return takesReadable(layer, kernel, x.value.shape) ? { x, relu, kernel, window: layer } : null;
  };
  // The input as any other kernel takes it; what a ReLU gives is kept for the backward pass.
  const plain = (run: RunState): tf.Tensor4D => {
    if (!relu) return run.plain(input);
    const [known] = run.kept(node);
    if (known !== undefined) return known as tf.Tensor4D;
    const seen = sum([run.read(input)], true);
    run.keep(node, [seen]);
    return seen;
  };
  const give = (run: RunState, { kernel, gamma, beta }: Pick<RowConvolutionGradients, "kernel" | "gamma" | "beta">) => {
    run.give(node, "kernel", kernel);
    run.give(norm, "gamma", gamma!);
    run.give(norm, "beta", beta!);
  };
  const back = (run: RunState, d: tf.Tensor4D, base: Base | "unwanted"): tf.Tensor4D | null => {
    const [result, weights, given] = [run.normalised(norm), run.norm(norm, epsilon), run.sumsOf(norm)];
    const taken = readable(run);
    if (taken !== null) {
      // Of a gradient that others have begun, too, as it is the whole that the sums are of.
      const inputMean = base === "unwanted" ? null : run.meanForSums(input, norm);
      const gradients = rowConvolutionGradients(d, taken, { result, norm: weights, given }, base, inputMean);
      if (gradients.inputSums !== null) run.giveSums(input, gradients.inputSums);
      give(run, gradients);
      return gradients.x;
    }
    const [x, kernel] = [plain(run), run.weight(node, "kernel")];
    const onto = relu && base !== "unwanted" ? null : base;
    const gradients = convolutionNormGradients(d, result, x, kernel, layer, weights, onto, given);
    give(run, gradients);
    if (!relu || gradients.x === null) return gradients.x;
    const dX = reluGradients(gradients.x, x);
    gradients.x.dispose();
    return base === null || base === "unwanted" ? dX : addTo(dX, base);
  };
  return {
    output: norm,
    inputs: [input],
    keeps: [input],
    keepsOutput: true,
    // The kernels for few channels do.
    takesSums: true,
    findsSums: [input],
    forward(run) {
      const taken = readable(run);
      const { statistics, gradient } = run.settings;
      if (statistics === "moving") {
        const kernel = run.weight(node, "kernel");
        run.setMoving(
          norm,
          taken === null ? convolution(plain(run), kernel, layer) : rowConvolution(taken, null),
          epsilon,
        );
      } else {
        const weights = run.norm(norm, epsilon);
        run.setNormalised(
          norm,
          taken === null
            ? convolutionNorm(plain(run), run.weight(node, "kernel"), layer, weights)
            : rowConvolution(taken, weights),
        );
      }
      if (!gradient) run.releaseKept(node);
    },
    backward(run, d) {
      if (run.wants(input)) run.contribute(input, (base) => back(run, d as tf.Tensor4D, base)!);
      else back(run, d as tf.Tensor4D, "unwanted");
      run.releaseKept(node);
    },
  };
}
