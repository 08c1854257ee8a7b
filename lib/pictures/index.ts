/**
 * Pictures in memory: decoding, resizing, masks.
 *
 * @module
 */
export { decodePicture } from "./decode-picture";
export type { DecodedPicture } from "./decode-picture";
export { areaOfMask, boxOfMask, maskOfPicture, outlineOfMask, uniteMasks } from "./mask";
export type { Box, Mask, Picture } from "./picture";
export { regionsOfMask } from "./regions";
export type { Region } from "./regions";
export { formBMode } from "./radio-frequency";
export type { RadioFrequency } from "./radio-frequency";
export { resize } from "./resize";
export type { ResizeFilter, ResizeOptions } from "./resize";
