/**
 * Sets what TensorFlow reads when it is loaded, and never again. Imported before it, for this effect.
 *
 * @module
 */
import util from "node:util";

import { readVariable, setTensorflowVariables } from "./environment";
import { Problem } from "./problem";

const threads = readVariable("SONONAS_THREADS");
if (threads !== undefined && !/^[1-9]\d*$/.test(threads)) {
  throw new Problem(
    `SONONAS_THREADS is "${threads}", expected a whole number from 1.`,
    "Set it to one, or unset it to use all processors.",
  );
}

/** Whether TensorFlow had not been loaded by somebody else before its variables were set. */
export const inTime = !Object.keys(require.cache).some((file) => file.endsWith("tfjs_binding.node"));

if (inTime) setTensorflowVariables(threads === undefined ? undefined : Number(threads));

// TensorFlow.js asks these two of Node, which calls them deprecated from version 22 on, in red below a reader's cell.
const utilities: Record<string, unknown> = util;
utilities.isArray = Array.isArray;
utilities.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
