import { Problem } from "../runtime/problem";

/** A part of a study's folder, or a sentence that says why it is not there and what to run. */
export type Attempted<Value> =
  { readonly value: Value; readonly missing: null } | { readonly value: null; readonly missing: string };

/**
 * Does something that a user's folder can make fail.
 *
 * @throws {Error} What is no problem of the folder's.
 */
export function attempt<Value>(read: () => Value): Attempted<Value> {
  try {
    return { value: read(), missing: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { value: null, missing: error.message };
  }
}
