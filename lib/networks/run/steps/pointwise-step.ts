import { addTo } from "../../../kernels/accumulate";
import { pointwise, pointwiseGradients, type PointwiseOptions } from "../../../kernels/pointwise";
import { tf } from "../../../runtime/tensorflow";
import type { RunState, Step } from "../run-state";

/** One of the 1 × 1 convolutions of a {@link pointwiseStep}. */
export interface PointwiseNode {
  /** The node that it takes its input from, before the ReLU. */
  readonly input: string;
  readonly convolution: string;
  /** Whether the image is shifted before. */
  readonly shifted: boolean;
}

/** The nodes of 1 × 1 convolutions that are put together and normalised. */
export interface PointwiseNodes {
  /** The convolutions; one input may stand twice. */
  readonly convolutions: readonly PointwiseNode[];
  readonly options: PointwiseOptions;
  readonly norm: string;
  readonly epsilon: number;
}

/** 1 × 1 convolutions of several inputs, added up or put behind each other, and normalised at once. */
export function pointwiseStep({ convolutions, options, norm, epsilon }: PointwiseNodes): Step {
  const inputs = [...new Set(convolutions.map(({ input }) => input))];
  const inputsOf = (run: RunState) =>
    convolutions.map(({ input, convolution, shifted }) => {
      const { value, scale, shift } = run.read(input);
      return { x: value, scale, shift, kernel: run.weight(convolution, "kernel"), shifted };
    });
  const standsOnce = (name: string) => convolutions.filter(({ input }) => input === name).length === 1;
  return {
    output: norm,
    inputs,
    keeps: inputs,
    keepsOutput: true,
    takesSums: true,
    // Of one that stands twice only the gradient of both together would do.
    findsSums: options.stride === 1 && options.combine === "sum" ? inputs.filter(standsOnce) : [],
    forward(run) {
      const given = inputsOf(run);
      if (run.settings.statistics === "moving") run.setMoving(norm, pointwise(given, options, null), epsilon);
      else run.setNormalised(norm, pointwise(given, options, run.norm(norm, epsilon)));
    },
    backward(run, d) {
      // Each input's gradient so far; of one that stands twice, the first takes up both.
      const bases = convolutions.map(({ input }) =>
        run.wants(input) ? run.takeGradient(input) : ("unwanted" as const),
      );
      const gradients = pointwiseGradients(
        d as tf.Tensor4D,
        run.normalised(norm),
        inputsOf(run),
        options,
        run.norm(norm, epsilon),
        bases,
        { given: run.sumsOf(norm), inputMeans: convolutions.map(({ input }) => run.meanForSums(input, norm)) },
      );
      convolutions.forEach(({ input, convolution }, index) => {
        const dX = gradients.x[index];
        // Of one input that stands twice with others between, there is a gradient already.
        if (dX !== null && dX !== undefined) run.contribute(input, (base) => addTo(dX, base));
        run.give(convolution, "kernel", gradients.kernels[index]!);
        const sums = gradients.inputSums[index] ?? null;
        if (sums !== null) run.giveSums(input, sums);
      });
      for (const base of bases) if (base !== null && base !== "unwanted") base.dispose();
      run.give(norm, "gamma", gradients.gamma!);
      run.give(norm, "beta", gradients.beta!);
    },
  };
}
