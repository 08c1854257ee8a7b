import type { Window } from "../../graph/layer";
import { ownKernels } from "../../kernels/choose-kernels";
import { averagePool, averagePoolGradients, maxPool, maxPoolGradients } from "../../kernels/pools";
import { tf } from "../../runtime/tensorflow";
import { callIsRecorded, onlyOnce } from "./recording";
import type { KernelCall, KernelReplacement } from "./replace-kernel";
import { windowOf, type WindowAttributes } from "./window";

/**
 * Max pool that keeps a byte for each output, the place where it was found, for its gradient: TensorFlow.js keeps input and
 * output, and its gradient searches again. Only with our own kernels; TensorFlow's has no faster form.
 */
export const maxPoolReplacement: KernelReplacement = {
  name: "MaxPool",
  forward: (stock) => (call) => {
    const { x, window } = read(call);
    if (window === null || !ownKernels()) {
      const out = stock(call) as tf.Tensor;
      remember(call, x, out);
      return out;
    }
    const { out, places } = maxPool(x, window, callIsRecorded());
    if (places === null) remember(call, x, out);
    else remember(call, places, shapeTensor(x));
    return out;
  },
  gradient: (stock) => ({
    inputsToSave: [...kept],
    gradFunc(d, saved, attributes) {
      const [places, shape] = saved as [tf.Tensor, tf.Tensor];
      if (shape.rank !== 1) return stock.gradFunc(d, saved, attributes);
      const window = windowFrom(attributes)!;
      return {
        x: () =>
          onlyOnce("a max pool", d as tf.Tensor4D, (given) =>
            maxPoolGradients(given, { shape: [...shape.dataSync()] }, { out: given, places }, window, null),
          ),
      };
    },
  }),
};

/** Average pool that keeps its input's shape for its gradient: TensorFlow.js keeps the input, for its shape. */
export const averagePoolReplacement: KernelReplacement = {
  name: "AvgPool",
  forward: (stock) => (call) => {
    const { x, window } = read(call);
    remember(call, window === null ? x : shapeTensor(x));
    return window !== null && ownKernels() ? averagePool(x, window) : stock(call);
  },
  gradient: (stock) => ({
    inputsToSave: [kept[0]],
    gradFunc(d, saved, attributes) {
      const [shape] = saved as [tf.Tensor];
      if (shape.rank !== 1) return stock.gradFunc(d, saved, attributes);
      const window = windowFrom(attributes)!;
      return {
        x: () =>
          onlyOnce("an average pool", d as tf.Tensor4D, (given) =>
            averagePoolGradients(given, [...shape.dataSync()], window, null),
          ),
      };
    },
  }),
};

/** The names under which what is kept stands among a call's inputs. */
const kept = ["kept", "keptBeside"] as const;

// Keeps tensors for the gradient, where it may be asked for. TensorFlow.js keeps nothing but inputs and outputs, and the
// kernel has one output: so they are made inputs. They are new to it, so that it asks for no gradient of them, and the
// handles made here go with the call.
function remember({ inputs }: KernelCall, ...tensors: tf.Tensor[]): void {
  if (!callIsRecorded()) return;
  tensors.forEach((tensor, index) => (inputs[kept[index]!] = tf.clone(tensor)));
}

const shapeTensor = (x: tf.Tensor) => tf.tensor1d(x.shape, "int32");

const windowFrom = (attributes: unknown): Window | null => {
  const { filterSize, ...others } = attributes as WindowAttributes & { filterSize: number | number[] };
  return windowOf(filterSize, others);
};

// What our kernels are to compute; no window where they cannot.
function read({ inputs, attrs }: KernelCall): { x: tf.Tensor4D; window: Window | null } {
  const x = inputs.x as tf.Tensor4D;
  return { x, window: x.dtype === "float32" && x.size > 0 ? windowFrom(attrs) : null };
}
