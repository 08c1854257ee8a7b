import { withoutAuxiliary } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { createWeights } from "../networks/weights/weight-bank";
import type { PassesOfNetworks } from "../compare/passes";
import { forwardOf } from "./page/forward";

/**
 * Passes by the plain loops with which a released page predicts, in this process: what a browser on this machine takes whose
 * JavaScript is V8's too, as in Chrome and Edge; others differ.
 */
export const pagePasses: PassesOfNetworks = {
  describe: () => `a page's loops, V8 ${process.versions.v8}`,
  prepare(graph, random) {
    const plain = withoutAuxiliary(graph);
    const weights = createWeights(namedWeightsOf(plain), random);
    const forward = forwardOf(plain, (node, weight) => weights.of(node, weight).dataSync<"float32">());
    return {
      run(images) {
        const [batch] = images.shape;
        const pixels = images.dataSync<"float32">();
        const each = pixels.length / batch;
        const logits = Array.from({ length: batch }, (_, image) =>
          forward(pixels.subarray(image * each, (image + 1) * each)).get(plain.output)!,
        );
        return Float32Array.from(logits.flatMap((two) => [...two]));
      },
      dispose: () => {
        weights.dispose();
      },
    };
  },
};
