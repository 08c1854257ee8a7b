import { separable, separableGradients, separableWithoutNorm } from "../../../kernels/separable";
import type { tf } from "../../../runtime/tensorflow";
import type { Step } from "../run-state";

/** The nodes of half of a separable operation. */
export interface SeparableNodes {
  /** The input of its ReLU. */
  readonly input: string;
  readonly depthwise: string;
  readonly pointwise: string;
  readonly norm: string;
  readonly epsilon: number;
}

/** ReLU, depthwise convolution, pointwise convolution and batch normalisation at once. */
export function separableStep(nodes: SeparableNodes): Step {
  const { input, depthwise, pointwise, norm, epsilon } = nodes;
  return {
    output: norm,
    inputs: [input],
    keeps: [input],
    keepsOutput: true,
    takesSums: true,
    findsSums: [input],
    forward(run) {
      const x = run.read(input);
      const weights = {
        depthwise: run.weight(depthwise, "depthwise_kernel"),
        pointwise: run.weight(pointwise, "kernel"),
      };
      if (run.settings.statistics === "moving") run.setMoving(norm, separableWithoutNorm(x, weights), epsilon);
      else run.setNormalised(norm, separable(x, weights, run.norm(norm, epsilon)));
    },
    backward(run, d) {
      const weights = {
        depthwise: run.weight(depthwise, "depthwise_kernel"),
        pointwise: run.weight(pointwise, "kernel"),
      };
      run.contribute(input, (base) => {
        const result = run.normalised(norm);
        const [given, inputMean] = [run.sumsOf(norm), run.meanForSums(input, norm)];
        const gradients = separableGradients(
          d as tf.Tensor4D,
          result,
          run.read(input),
          weights,
          run.norm(norm, epsilon),
          base,
          { given, inputMean },
        );
        if (gradients.inputSums !== undefined) run.giveSums(input, gradients.inputSums);
        run.give(depthwise, "depthwise_kernel", gradients.depthwise);
        run.give(pointwise, "kernel", gradients.pointwise);
        run.give(norm, "gamma", gradients.gamma);
        run.give(norm, "beta", gradients.beta);
        return gradients.x;
      });
    },
  };
}
