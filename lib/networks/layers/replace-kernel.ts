import { tf } from "../../runtime/tensorflow";

/** Computes a kernel of TensorFlow.js: inputs and attributes by name, to its output. */
export type KernelFunction = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[];

/** A call of a kernel. */
export type KernelCall = Parameters<tf.KernelConfig["kernelFunc"]>[0];

/** How a kernel's gradient is computed, and what is kept for it from the forward pass. */
export type KernelGradient = Omit<tf.GradConfig, "kernelName">;

/** What takes the place of a kernel of TensorFlow.js. */
export interface KernelReplacement {
  /** The kernel's name in TensorFlow.js: "MaxPool". */
  readonly name: string;
  /**
   * Makes the forward pass, of the one that was there, which it may call. It may also call TensorFlow.js's function for the
   * same kernel, which then computes by the one that was there. Null leaves the forward pass as it is.
   */
  readonly forward: ((stock: KernelFunction) => KernelFunction) | null;
  /** Makes the backward pass, of the one that was there, which it may call. */
  readonly gradient: (stock: KernelGradient) => KernelGradient;
}

/** The name of the backend that tfjs-node registers its kernels for. */
const backend = "tensorflow";

/**
 * Puts a replacement in the place of a kernel and its gradient, for all that this process computes with TensorFlow.js.
 *
 * @returns Puts back what was there, unless somebody else has replaced it again in the meantime; once is enough.
 */
export function replaceKernel({ name, forward, gradient }: KernelReplacement): () => void {
  const stockKernel = tf.getKernel(name, backend);
  const stockGradient = tf.getGradient(name);
  const kernel =
    forward === null ? stockKernel : { ...stockKernel, kernelFunc: guard(forward, stockKernel.kernelFunc) };
  const ownGradient = { ...gradient(stockGradient), kernelName: name };
  setKernel(kernel);
  setGradient(ownGradient);
  return () => {
    if (tf.getKernel(name, backend) === kernel) setKernel(stockKernel);
    if (tf.getGradient(name) === ownGradient) setGradient(stockGradient);
  };
}

// Within a replacement, the kernel is the one that was there: what falls back to TensorFlow.js must not come here again.
function guard(forward: (stock: KernelFunction) => KernelFunction, stock: KernelFunction): KernelFunction {
  const own = forward(stock);
  let inside = false;
  return (call) => {
    if (inside) return stock(call);
    inside = true;
    try {
      return own(call);
    } finally {
      inside = false;
    }
  };
}

// TensorFlow.js warns of what is registered twice.
function setKernel(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

function setGradient(gradient: tf.GradConfig): void {
  tf.unregisterGradient(gradient.kernelName);
  tf.registerGradient(gradient);
}
