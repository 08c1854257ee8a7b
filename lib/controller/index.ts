/**
 * What proposes architectures: the controller of ENAS, and the strategies that stand beside it.
 *
 * @module
 */
export type { LibraryStrategy, OwnStrategy, StrategyOptions } from "./check-strategy";
export { createStrategy } from "./create-strategy";
export { controllerPreset } from "./presets";
export type { ControllerPreset, PresetName } from "./presets";
export type { ControllerSettings } from "./settings";
export type { Learned, Proposal, Scored, Strategy } from "./strategy";
export { defineStrategy } from "./strategy-definition";
export type { StrategyDefinition, StrategyParts } from "./strategy-definition";
export { nameOfStrategy, slugOfStrategy } from "./strategy-name";
export type { ChosenStrategy } from "./strategy-name";
export { strategies } from "./strategies";
