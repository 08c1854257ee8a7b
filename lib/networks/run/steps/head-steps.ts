import type { Dense } from "../../../graph/layer";
import { dense, denseGradients } from "../../../kernels/dense";
import { share } from "../../../kernels/direct-tensor";
import { globalMax, globalMaxGradients } from "../../../kernels/global-max";
import { globalAverage, globalAverageGradients } from "../../../kernels/global-average";
import type { tf } from "../../../runtime/tensorflow";
import type { Step } from "../run-state";

/** The nodes of a mean over the whole image. */
export interface GlobalAverageNodes {
  /** The input, of the ReLU where there is one. */
  readonly input: string;
  readonly pool: string;
  /** Whether a ReLU lies between that nobody else reads. */
  readonly relu: boolean;
  /** The input's shape, `[height, width, channels]`. */
  readonly shape: readonly [number, number, number];
}

/** The mean over the whole image, with a ReLU before it or without. */
export function globalAverageStep({ input, pool, relu, shape }: GlobalAverageNodes): Step {
  return {
    output: pool,
    inputs: [input],
    keeps: relu ? [input] : [],
    keepsOutput: false,
    forward(run) {
      run.set(pool, globalAverage(run.read(input), relu));
    },
    backward(run, d) {
      run.contribute(input, (base) =>
        globalAverageGradients(d as tf.Tensor2D, relu ? run.read(input) : null, [d.shape[0], ...shape], base),
      );
    },
  };
}

/** The largest of each channel over the whole image, of that shape: `[height, width, channels]`. */
export function globalMaxStep(node: string, input: string, shape: readonly [number, number, number]): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [],
    keepsOutput: false,
    forward(run) {
      const x = run.plain(input);
      const { out, places } = globalMax(x);
      run.set(node, out);
      if (run.settings.gradient) run.keep(node, places === null ? [share(x), share(out)] : [places]);
      else places?.dispose();
    },
    backward(run, d) {
      const [first, second] = run.kept(node);
      const d2 = d as tf.Tensor2D;
      run.contribute(input, (base) =>
        second === undefined
          ? globalMaxGradients(d2, { shape: [d2.shape[0], ...shape] }, { out: d2, places: first as tf.Tensor2D }, base)
          : globalMaxGradients(d2, first as tf.Tensor4D, { out: second as tf.Tensor2D, places: null }, base),
      );
    },
  };
}

/** A layer that connects all with all. */
export function denseStep(node: string, { bias }: Dense, input: string): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [input],
    keepsOutput: false,
    forward(run) {
      const x = run.plain(input) as tf.Tensor as tf.Tensor2D;
      const kernel = run.weight(node, "kernel") as tf.Tensor as tf.Tensor2D;
      run.set(node, dense(x, kernel, bias ? run.vector(node, "bias") : null));
    },
    backward(run, d) {
      const x = run.plain(input) as tf.Tensor as tf.Tensor2D;
      const kernel = run.weight(node, "kernel") as tf.Tensor as tf.Tensor2D;
      const give = (base: tf.Tensor | null | "unwanted") => {
        const gradients = denseGradients(d as tf.Tensor2D, x, kernel, bias, base);
        run.give(node, "kernel", gradients.kernel);
        if (gradients.bias !== null) run.give(node, "bias", gradients.bias);
        return gradients.x;
      };
      if (run.wants(input)) run.contribute(input, (base) => give(base)!);
      else give("unwanted");
    },
  };
}
