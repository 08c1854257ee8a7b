/**
 * What proposes architectures: the controller of ENAS, and the strategies that stand beside it.
 *
 * @module
 */
export { createStrategy } from "./create-strategy";
export type { Strategy } from "./strategy";
export { defineStrategy } from "./strategy-definition";
export { nameOfStrategy } from "./strategy-name";
export { strategies } from "./strategies";
