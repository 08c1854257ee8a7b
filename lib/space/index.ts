/**
 * The search spaces: a space as plain data, its decisions, its architectures, and the networks of these; a kind of space is
 * one entry of a table, and so is an operation.
 *
 * @module
 */
export { checkArchitecture, describeArchitecture, drawArchitecture } from "./architecture";
export { buildNetwork, supernetWeightsOf } from "./build";
export { decode, encode, hashArchitecture } from "./encode";
export type { Decision, Operation } from "./kind";
export type { Architecture, NetworkSettings, Space } from "./kinds";
export type { MacroArchitecture, MacroLayer, MacroSpace } from "./macro/architecture";
export type { MacroOperation } from "./macro/operations";
export { macroDefaults } from "./macro/settings";
export type { MacroSettings } from "./macro/settings";
export { looseEndsOf } from "./micro/architecture";
export type { Cell, CellNode, Edge, MicroArchitecture, MicroSpace } from "./micro/architecture";
export { drawCell } from "./micro/draw";
export type { DrawCellOptions } from "./micro/draw";
export type { MicroOperation } from "./micro/operations";
export { microDefaults } from "./micro/settings";
export type { MicroSettings } from "./micro/settings";
export { operationCost, tableOfOperations } from "./operations";
export { presets } from "./presets";
export type { MacroPreset, MicroPreset, SpacePreset } from "./presets";
export { mutateArchitecture, sampleArchitecture } from "./sample";
export type { CommonSettings } from "./settings";
export { checkSpace, countArchitectures, decisionsOf } from "./space";
export type { GivenSpace } from "./space";
export { upgradeStored } from "./upgrade";
