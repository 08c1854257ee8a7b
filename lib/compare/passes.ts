import { withoutAuxiliary, type Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { describeKernels } from "../kernels/choose-kernels";
import { planNetwork } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { createWeights } from "../networks/weights/weight-bank";
import type { RandomGenerator } from "../runtime/random";
import type { tf } from "../runtime/tensorflow";

/** A network that is ready to be timed. */
export interface PreparedPass {
  /** Computes the logits of images, `[batch, height, width, channels]`: those of one after the other, once they are there. */
  readonly run: (images: tf.Tensor4D) => Float32Array;
  /** Releases its weights. */
  readonly dispose: () => void;
}

/** What computes networks where they are used: kernels of this process, loops of a page. */
export interface PassesOfNetworks {
  /** Says in words what it is: "2 threads, own kernels, avx512". */
  readonly describe: () => string;
  /** Makes a network ready, without its auxiliary head, with weights by chance: times do not depend on what they are. */
  readonly prepare: (graph: Graph, random: RandomGenerator) => PreparedPass;
}

/** Passes by the kernels of this process, with moving statistics. */
export const kernelPasses: PassesOfNetworks = {
  describe() {
    const { kind, variant, threads } = describeKernels();
    return `${threads} threads, ${kind === "own" ? `own kernels, ${variant!}` : "TensorFlow's kernels"}`;
  },
  prepare(graph, random) {
    const plain = withoutAuxiliary(graph);
    const plan = planNetwork(plain);
    const weights = createWeights(namedWeightsOf(plain), random);
    return {
      run(images) {
        const run = runNetwork(plan, weights.of, images, { noteStatistics: false });
        // Reading the logits waits until they are computed.
        const logits = run.output.dataSync<"float32">();
        run.dispose();
        return logits;
      },
      dispose: () => {
        weights.dispose();
      },
    };
  },
};
