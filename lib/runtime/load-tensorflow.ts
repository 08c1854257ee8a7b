/**
 * Loads TensorFlow, with the right settings and without its greeting. Imported before it, for this effect.
 *
 * @module
 */
import "./prepare-tensorflow";

import { createRequire } from "node:module";

import { readVariable } from "./environment";
import { loadQuietly } from "./load-quietly";

const load = () => {
  createRequire(__filename)("@tensorflow/tfjs-node-gpu");
};

// Whoever asks for all that TensorFlow says gets its greeting, too.
if (readVariable("TF_CPP_MIN_LOG_LEVEL") === "0") load();
else loadQuietly(load);
