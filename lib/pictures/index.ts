/**
 * Pictures in memory: decoding, resizing, masks.
 *
 * @module
 */
export { resize } from "./resize";
