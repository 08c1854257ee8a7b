import type { tf } from "../../../runtime/tensorflow";
import { addTo } from "../../../kernels/accumulate";
import { excitation, excitationGradients, type ExcitationWeights } from "../../../kernels/excitation";
import type { RunState, Step } from "../run-state";

/** The nodes of a squeeze-and-excitation, and of what follows it. */
export interface ExcitationNodes {
  /** The image whose channels are weighed. */
  readonly input: string;
  /** The first dense layer, which reduces the means. */
  readonly reduce: string;
  /** The second one, which makes gates of them. */
  readonly expand: string;
  /** What is added to the product; null for nothing. */
  readonly skip: string | null;
  /** Whether a ReLU ends it. */
  readonly relu: boolean;
  /** The last node: the product, the sum or the ReLU. */
  readonly output: string;
}

/** A squeeze-and-excitation with the sum and the ReLU behind it, at once. */
export function excitationStep({ input, reduce, expand, skip, relu, output }: ExcitationNodes): Step {
  const weightsOf = (run: RunState): ExcitationWeights => ({
    reduce: run.weight(reduce, "kernel") as tf.Tensor as tf.Tensor2D,
    reduceBias: run.vector(reduce, "bias"),
    expand: run.weight(expand, "kernel") as tf.Tensor as tf.Tensor2D,
    expandBias: run.vector(expand, "bias"),
  });
  return {
    output,
    inputs: skip === null ? [input] : [input, skip],
    keeps: [input],
    keepsOutput: relu,
    findsSums: [input],
    forward(run) {
      const added = skip === null ? null : run.read(skip);
      const { out, means, inner, gates } = excitation(run.read(input), weightsOf(run), added, relu);
      run.set(output, out);
      if (run.settings.gradient) run.keep(output, [means, inner, gates]);
      else for (const tensor of [means, inner, gates]) tensor.dispose();
    },
    backward(run, d) {
      const [means, inner, gates] = run.kept(output) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      run.contribute(input, (base) => {
        const gradients = excitationGradients(
          d as tf.Tensor4D,
          run.read(input),
          weightsOf(run),
          { out: (relu ? run.plain(output) : d) as tf.Tensor4D, means, inner, gates },
          // Of a gradient that others have begun, the sums would be those of a part.
          { added: skip !== null, relu, inputMean: base === null ? run.meanForSums(input, output) : null },
        );
        run.give(reduce, "kernel", gradients.reduce);
        run.give(reduce, "bias", gradients.reduceBias);
        run.give(expand, "kernel", gradients.expand);
        run.give(expand, "bias", gradients.expandBias);
        if (gradients.inputSums !== null) run.giveSums(input, gradients.inputSums);
        if (skip !== null) run.pass(skip, gradients.skip ?? d);
        gradients.skip?.dispose();
        return addTo(gradients.x, base);
      });
    },
  };
}
