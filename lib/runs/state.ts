/** Plain data as JSON holds them. Numbers are finite: JSON has no way to write others. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An array of numbers as it is stored: to the bit, whatever the numbers are. */
export interface StoredArray {
  /** Its sizes, whole numbers from 0; none for a single number. */
  readonly shape: readonly number[];
  /** Its numbers, row by row; as many as the sizes multiply to. */
  readonly values: Float32Array | Float64Array | Int32Array;
}

/** All that some work needs to be carried on. */
export interface SavedState {
  /** What is not an array: counters, lists. */
  readonly json: Json;
  /** The arrays by their keys: weights, moments of an optimiser. */
  readonly arrays: ReadonlyMap<string, StoredArray>;
}
