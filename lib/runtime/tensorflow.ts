/**
 * TensorFlow.js on Node, loaded once and with the right settings. Every other file takes `tf` from here.
 *
 * @module
 */
import { inTime } from "./prepare-tensorflow";
import "./load-tensorflow";
import * as tf from "@tensorflow/tfjs-node-gpu";

import { describeMachine, readVariable } from "./environment";

export { tf };

/** What this process computes with. */
export interface Runtime {
  /** TensorFlow's version, as the loaded library reports it: "2.21.0". */
  readonly tensorflow: string;
  /** TensorFlow.js's version: "4.22.0". */
  readonly tfjs: string;
  readonly device: "CPU" | "GPU";
  /**
   * Whether Intel's oneDNN kernels are on. They are faster, on AMD's processors too, where TensorFlow may leave them off.
   * Null where TensorFlow was loaded before this library, by an import that stands before it, and decided for itself.
   */
  readonly oneDnn: boolean | null;
  /** How many threads one operation may use on the CPU. Results are repeatable to the bit only at the same number. */
  readonly threads: number;
}

/** The part of tfjs-node's backend that its types leave out. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

/** Says what this process computes with. */
export function describeRuntime(): Runtime {
  const backend = tf.backend() as unknown as NodeBackend;
  const threads = readVariable("TF_NUM_INTRAOP_THREADS");
  const setting = readVariable("TF_ENABLE_ONEDNN_OPTS");
  return {
    tensorflow: backend.binding.TF_Version,
    tfjs: tf.version_core,
    device: backend.isUsingGpuDevice ? "GPU" : "CPU",
    oneDnn: setting === undefined && !inTime ? null : setting === "1",
    threads: threads === undefined ? describeMachine().processors : Number(threads),
  };
}
