/**
 * What proposes architectures: the controller of ENAS, and the strategies that stand beside it as controls.
 *
 * @module
 */
export { createStrategy } from "./create-strategy";
export type {
  EnasStrategyOptions,
  EvolutionStrategyOptions,
  StrategyOptions,
  UniformStrategyOptions,
} from "./create-strategy";
export type { EvolutionOptions } from "./evolution";
export { controllerPreset } from "./presets";
export type { ControllerPreset, PresetName } from "./presets";
export type { ControllerSettings } from "./settings";
export type { Learned, Proposal, Scored, Strategy } from "./strategy";
