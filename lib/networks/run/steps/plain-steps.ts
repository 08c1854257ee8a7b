import type { Dropout, Shape } from "../../../graph/layer";
import type { GraphNode } from "../../../graph/graph";
import { share } from "../../../kernels/direct-tensor";
import { reluGradients } from "../../../kernels/relu";
import { relu6Gradient } from "../../../kernels/tensorflow";
import { tf } from "../../../runtime/tensorflow";
import { dropoutMask } from "../../model/dropout-mask";
import { layerValue } from "../../model/stock-forward";
import { weightsOf } from "../../../graph/weights";
import type { Step } from "../run-state";

/** A ReLU by itself, one that ends at 6 or one that does not. */
export function reluStep(node: string, input: string, six: boolean): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [],
    keepsOutput: true,
    forward(run) {
      const x = run.plain(input);
      run.set(
        node,
        tf.tidy(() => (six ? tf.relu6(x) : tf.relu(x))),
      );
    },
    backward(run, d) {
      const dX = (six ? relu6Gradient : reluGradients)(d, run.plain(node));
      run.pass(input, dX);
      dX.dispose();
    },
  };
}

/** Channels of several values behind each other; their shapes are without the batch. */
export function concatenationStep(node: string, inputs: readonly string[], shapes: readonly Shape[]): Step {
  const channels = shapes.map((shape) => shape.at(-1)!);
  return {
    output: node,
    inputs,
    keeps: [],
    keepsOutput: false,
    forward(run) {
      const values = inputs.map((input) => run.plain(input));
      run.set(
        node,
        tf.tidy(() => tf.concat(values, -1)),
      );
    },
    backward(run, d) {
      const parts = tf.tidy(() => tf.split(d, channels, -1));
      inputs.forEach((input, index) => {
        run.pass(input, parts[index]!);
      });
      tf.dispose(parts);
    },
  };
}

/** Dropout or drop-path. */
export function dropoutStep(node: string, layer: Dropout, input: string): Step {
  return {
    output: node,
    inputs: [input],
    keeps: [],
    keepsOutput: false,
    forward(run) {
      const x = run.plain(input);
      const { dropout } = run.settings;
      if (dropout === null || layer.rate === 0) {
        run.set(node, share(x));
        return;
      }
      const { values, shape } = dropoutMask(layer, x.shape, dropout.split(node));
      const mask = tf.tensor(values, [...shape]);
      run.set(node, tf.mul(x, mask));
      run.keep(node, [mask]);
    },
    backward(run, d) {
      const [mask] = run.kept(node);
      if (mask === undefined) {
        run.pass(input, d);
        return;
      }
      const dX = tf.mul(d, mask);
      run.pass(input, dX);
      dX.dispose();
    },
  };
}

/**
 * Any other layer, by TensorFlow.js's own operations and their gradients. The backward pass computes the layer once more.
 *
 * @param shapes The shapes of its inputs, without the batch.
 */
export function stockStep(node: GraphNode, shapes: readonly Shape[]): Step {
  const { name, layer, inputs } = node;
  if (layer.kind === "batch normalisation" || layer.kind === "dropout")
    throw new Error(`${name} has a step of its own.`);
  const weights = weightsOf(layer, shapes).map((weight) => weight.name);
  const compute = (values: readonly tf.Tensor[]) =>
    layerValue(layer, values.slice(0, inputs.length), (weight) => values[inputs.length + weights.indexOf(weight)]!);
  return {
    output: name,
    inputs,
    keeps: inputs,
    keepsOutput: false,
    forward(run) {
      const values = inputs.map((input) => run.plain(input));
      const all = [...values, ...weights.map((weight) => run.weight(name, weight))];
      // A tidy does not release what a function hands back from outside of it, a reshaped input for example.
      run.set(
        name,
        tf.tidy(() => tf.clone(compute(all))),
      );
    },
    backward(run, d) {
      const values = inputs.map((input) => run.plain(input));
      const all = [...values, ...weights.map((weight) => run.weight(name, weight))];
      // Clones, as one value that stands twice would be given the sum of both gradients twice.
      const gradients = tf.tidy(() =>
        tf.grads((...given: tf.Tensor[]) => compute(given))(
          all.map((each) => tf.clone(each)),
          d,
        ),
      );
      inputs.forEach((input, index) => {
        run.pass(input, gradients[index]!);
      });
      tf.dispose(gradients.slice(0, inputs.length));
      weights.forEach((weight, index) => {
        run.give(name, weight, gradients[inputs.length + index]!);
      });
    },
  };
}
