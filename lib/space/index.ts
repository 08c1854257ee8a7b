/**
 * The search spaces: architectures as plain data, without TensorFlow.
 *
 * @module
 */
export { checkArchitecture, looseEndsOf } from "./architecture";
export type {
  Architecture,
  Cell,
  CellNode,
  Edge,
  MacroArchitecture,
  MacroLayer,
  MicroArchitecture,
} from "./architecture";
export { describeArchitecture } from "./describe";
export { decode, encode, hashArchitecture } from "./encode";
export { choicesOf, mutateArchitecture } from "./mutate";
export { macroOperations, microOperations } from "./operations";
export type { MacroOperation, MicroOperation } from "./operations";
export { countArchitectures, sampleArchitecture } from "./sample";
export type { MacroSpace, MicroSpace, Space } from "./sample";
