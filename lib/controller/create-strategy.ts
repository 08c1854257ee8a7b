import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { checkSpace, type GivenSpace } from "../space/space";
import { createEnas } from "./enas";
import { createEvolution, type EvolutionOptions } from "./evolution";
import { controllerPreset, type PresetName } from "./presets";
import { checkSettings, type ControllerSettings } from "./settings";
import type { Strategy } from "./strategy";
import { createUniform } from "./uniform";

/** A controller that learns; any of its settings may be given beside the preset's. */
export interface EnasStrategyOptions extends Partial<ControllerSettings> {
  /** Which strategy. */
  readonly kind: "enas";
  /** What is searched. */
  readonly space: GivenSpace;
  /** Where settings that are not given come from; default: "small". */
  readonly preset?: PresetName;
}

/** Random search. */
export interface UniformStrategyOptions {
  /** Which strategy. */
  readonly kind: "uniform";
  /** What is searched. */
  readonly space: GivenSpace;
}

/** Regularised evolution; default: a population of 100 and tournaments of 25, as published. */
export interface EvolutionStrategyOptions extends Partial<EvolutionOptions> {
  /** Which strategy. */
  readonly kind: "evolution";
  /** What is searched. */
  readonly space: GivenSpace;
}

/** Which strategy, of which space, and how. */
export type StrategyOptions = EnasStrategyOptions | UniformStrategyOptions | EvolutionStrategyOptions;

/**
 * Makes a strategy.
 *
 * @param options Which, of which space, and how.
 * @param random The source of chance for what it starts with.
 * @returns The strategy.
 * @throws {Problem} Where there is no such strategy or option, or a value is out of range.
 */
export function createStrategy(options: StrategyOptions, random: RandomGenerator): Strategy {
  const space = checkSpace(options.space);
  switch (options.kind) {
    case "enas": {
      const { kind: _kind, space: _space, preset = "small", ...settings } = options;
      return createEnas(space, checkSettings(settings, controllerPreset(preset, space).settings, space), random);
    }
    case "uniform": {
      const { kind: _kind, space: _space, ...others } = options;
      withDefaults("The uniform strategy", others, {});
      return createUniform(space);
    }
    case "evolution": {
      const { kind: _kind, space: _space, ...others } = options;
      return createEvolution(
        space,
        withDefaults<EvolutionOptions>("Evolution", others, { population: 100, tournament: 25 }),
      );
    }
    default:
      throw new Problem(
        `There is no strategy "${String((options as { kind: unknown }).kind)}".`,
        'It is "enas", "uniform" or "evolution".',
      );
  }
}
