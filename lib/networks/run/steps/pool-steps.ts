import type { Window } from "../../../graph/layer";
import type { Base } from "../../../kernels/accumulate";
import { share } from "../../../kernels/direct-tensor";
import { averagePoolGradients, averagePoolOnto, maxPoolGradients, maxPoolOnto } from "../../../kernels/pools";
import type { Readable } from "../../../kernels/normalised";
import { tf } from "../../../runtime/tensorflow";
import type { RunState, Step } from "../run-state";

/** A pool. */
export interface Pool {
  readonly kind: "max pool" | "average pool";
  readonly window: Window;
  /** The node that it takes its input from. */
  readonly input: string;
  /** The input's shape, `[height, width, channels]`. */
  readonly shape: readonly number[];
}

/**
 * A pool, or the sum of a pool and a value: the pool adds it on its way, and what it gives alone is never written.
 *
 * @param output The node of the pool, or of the sum.
 * @param addend The node that is added; null for none.
 */
export function poolStep(output: string, pool: Pool, addend: string | null): Step {
  const { kind, window, input, shape } = pool;
  return {
    output,
    inputs: addend === null ? [input] : [input, addend],
    keeps: [],
    keepsOutput: false,
    forward(run) {
      run.set(output, poolForward(run, output, pool, addend === null ? null : run.read(addend)));
    },
    backward(run, d) {
      const d4 = d as tf.Tensor4D;
      if (addend !== null) run.pass(addend, d);
      run.contribute(input, (base) =>
        kind === "average pool"
          ? averagePoolGradients(d4, [d.shape[0], ...shape], window, base)
          : backThroughMaximum(d4, run.kept(output) as tf.Tensor4D[], window, shape, base),
      );
    },
  };
}

// Pools, and keeps for the backward pass of a node what a maximum needs: our kernel has remembered the places. TensorFlow's, which
// large windows take too, wants to see input and output again.
function poolForward(run: RunState, node: string, { kind, window, input }: Pool, addend: Readable | null): tf.Tensor4D {
  if (kind === "average pool") return averagePoolOnto(run.read(input), window, addend);
  const { out, places, pooled } = maxPoolOnto(run.read(input), window, addend, run.settings.gradient);
  if (places !== null) run.keep(node, [places]);
  else if (pooled !== null) run.keep(node, [share(run.plain(input)), pooled]);
  return out;
}

// Our kernel has kept the places; TensorFlow's has kept input and output.
function backThroughMaximum(d: tf.Tensor4D, kept: tf.Tensor4D[], window: Window, shape: Pool["shape"], base: Base) {
  if (kept.length === 2) return maxPoolGradients(d, kept[0]!, { out: kept[1]!, places: null }, window, base);
  return maxPoolGradients(d, { shape: [d.shape[0], ...shape] }, { out: d, places: kept[0]! }, window, base);
}
