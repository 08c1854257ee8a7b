/**
 * Pictures in memory: decoding, resizing, masks.
 *
 * @module
 */
export { decodePicture } from "./decode-picture";
export type { Picture } from "./picture";
export { resize } from "./resize";
