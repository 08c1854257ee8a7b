import type { Window } from "../../../graph/layer";
import { averagePool, averagePoolGradients, maxPool, maxPoolGradients } from "../../../kernels/pools";
import { tf } from "../../../runtime/tensorflow";
import type { Step } from "../run-state";

/** The shape of an image without its batch. */
type ImageShape = readonly number[];

/**
 * A max pool.
 *
 * @param node Its node.
 * @param window Its window.
 * @param input The node that it takes its input from.
 * @param shape The input's shape, `[height, width, channels]`.
 * @returns The step.
 */
export function maxPoolStep(node: string, window: Window, input: string, shape: ImageShape): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [],
    keepsOutput: false,
    forward(run) {
      const x = run.plain(input);
      const { out, places } = maxPool(x, window, run.settings.gradient);
      run.set(node, out);
      // Our kernel has remembered the places. TensorFlow's, which large windows take too, wants to see input and output again.
      if (places !== null) run.keep(node, [places]);
      else if (run.settings.gradient) run.keep(node, [tf.clone(x), tf.clone(out)]);
    },
    backward(run, d) {
      const kept = run.kept(node) as tf.Tensor4D[];
      const d4 = d as tf.Tensor4D;
      run.contribute(input, (base) => {
        if (kept.length === 2) return maxPoolGradients(d4, kept[0]!, { out: kept[1]!, places: null }, window, base);
        return maxPoolGradients(d4, { shape: [d4.shape[0], ...shape] }, { out: d4, places: kept[0]! }, window, base);
      });
    },
  };
}

/**
 * An average pool.
 *
 * @param node Its node.
 * @param window Its window.
 * @param input The node that it takes its input from.
 * @param shape The input's shape, `[height, width, channels]`.
 * @returns The step.
 */
export function averagePoolStep(node: string, window: Window, input: string, shape: ImageShape): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [],
    keepsOutput: false,
    forward(run) {
      run.set(node, averagePool(run.plain(input), window));
    },
    backward(run, d) {
      run.contribute(input, (base) => averagePoolGradients(d as tf.Tensor4D, [d.shape[0], ...shape], window, base));
    },
  };
}

/**
 * The mean over the whole image.
 *
 * @param node Its node.
 * @param input The node that it takes its input from.
 * @param shape The input's shape, `[height, width, channels]`.
 * @returns The step.
 */
export function globalAveragePoolStep(node: string, input: string, shape: ImageShape): Step {
  const [height, width, channels] = shape as [number, number, number];
  return {
    output: node,
    inputs: [input],
    keeps: [],
    keepsOutput: false,
    forward(run) {
      // Read outside of the tidy: what it makes may stay for the next reader.
      const x = run.plain(input);
      run.set(
        node,
        tf.tidy(() => tf.mean(x, [1, 2])),
      );
    },
    backward(run, d) {
      const batch = d.shape[0];
      const spread = tf.tidy(() => {
        const each = tf.reshape(tf.div(d, height * width), [batch, 1, 1, channels]);
        return tf.tile(each, [1, height, width, 1]);
      });
      run.pass(input, spread);
      spread.dispose();
    },
  };
}
