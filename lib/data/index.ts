/**
 * Images and their labels.
 *
 * @module
 */
export { drawLesion, outlineDistance } from "./phantom/lesion";
export type { Lesion, LesionFeatures } from "./phantom/lesion";
export { generatePhantoms } from "./phantom/phantom";
export type { Phantom, PhantomOptions } from "./phantom/phantom";
