/**
 * Fast kernels: our own in C++, in `native`, and TensorFlow's fused ones where ours are not. None is recorded for `tf.grad`:
 * each forward pass has its backward pass beside it.
 *
 * @module
 */
export { describeKernels, useKernels } from "./choose-kernels";
