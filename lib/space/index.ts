/**
 * The search spaces: a space as plain data, its decisions, its architectures, and the networks of these; a kind of space is
 * one entry of a table, and so is an operation.
 *
 * @module
 */
export { checkArchitecture, describeArchitecture, drawArchitecture } from "./architecture";
export { buildNetwork } from "./build";
export { decode, encode, hashArchitecture } from "./encode";
export type { Architecture, Space } from "./kinds";
export { tableOfOperations } from "./operations";
export { presets } from "./presets";
export { mutateArchitecture, sampleArchitecture } from "./sample";
export { sampleWithin } from "./sample-within";
export { checkSpace, countArchitectures, decisionsOf } from "./space";
