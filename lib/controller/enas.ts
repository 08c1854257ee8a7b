import * as v from "valibot";

import { oneOf } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import type { StoredArray } from "../runs/state";
import type { Space } from "../space/kinds";
import { startAdam, stepAdam } from "./adam";
import type { Episode } from "./episode";
import { createParameters, listParameters } from "./parameters";
import { controllerPreset, presetNames } from "./presets";
import { policyGradient } from "./reinforce";
import { sampleBy } from "./sampler";
import { damaged } from "./saved";
import { checkSettings, settingsSchema, type ControllerSettings } from "./settings";
import { defineStrategy, type StrategyParts } from "./strategy-definition";
import { retrace, walk } from "./walk";

/**
 * ENAS (Pham, Guan, Zoph, Le and Dean, "Efficient neural architecture search via parameter sharing", ICML 2018): a recurrent
 * controller draws architectures, decision by decision, and learns from their rewards by REINFORCE. All of it is computed in
 * float64 and without TensorFlow: the same on every machine, and nothing to dispose.
 */
export const enas = defineStrategy({
  kind: "enas",
  title: "ENAS",
  description:
    "A recurrent controller draws architectures, decision by decision, and learns from their rewards by REINFORCE.",
  options: {
    /** Where settings that are not given come from; default: "small". */
    preset: v.optional(oneOf(presetNames), "small"),
    ...v.partial(settingsSchema).entries,
  },
  create: (space, { preset, ...given }, random) =>
    createController(space, checkSettings(given, controllerPreset(preset, space).settings, space), random),
});

function createController(space: Space, settings: ControllerSettings, random: RandomGenerator): StrategyParts<Episode> {
  const parameters = createParameters(space, settings, random);
  const list = listParameters(parameters);
  const adam = startAdam(list);
  let baseline = settings.baselineStart === "zero" ? 0 : null;
  const draw = (source: RandomGenerator) => walk(space, parameters, settings, sampleBy(source));

  /** All arrays of the state, by name; those in use, not copies. */
  const arrays = () =>
    new Map<string, StoredArray & { readonly values: Float64Array }>(
      [...list].flatMap(([name, { shape, values }]) => [
        [`controller/${name}`, { shape, values }],
        [`adam/mean/${name}`, { shape, values: adam.means.get(name)! }],
        [`adam/square/${name}`, { shape, values: adam.squares.get(name)! }],
      ]),
    );

  return {
    sample: (source) => draw(source).architecture,
    propose(source) {
      const episode = draw(source);
      return { architecture: episode.architecture, kept: episode };
    },
    learn(rewarded) {
      const episodes = rewarded.map(({ kept, reward }) => ({ episode: kept, reward }));
      const learned = policyGradient(list, settings, episodes, baseline);
      if (!Number.isFinite(learned.gradientNorm)) {
        throw new Problem(
          `The controller's gradient has become ${learned.gradientNorm}, by rewards up to ${Math.max(...rewarded.map(({ reward }) => Math.abs(reward)))}.`,
          "Give rewards of the order of 1.",
        );
      }
      stepAdam(list, adam, settings);
      baseline = learned.baseline;
      return learned;
    },
    logProbability: (architecture) => retrace(space, parameters, settings, architecture).logProbability,
    state: () => ({ baseline, steps: adam.steps }),
    arrays,
    restore({ baseline: restored, steps }, stored) {
      if (restored === undefined || (restored !== null && typeof restored !== "number")) throw damaged("baseline");
      if (typeof steps !== "number") throw damaged("count of steps");
      if (stored.size !== 3 * list.size) throw damaged("list of arrays");
      // All is looked at before anything is changed.
      const found = [...arrays()].map(([name, { shape, values }]) => [values, read(stored, name, shape)] as const);
      for (const [values, from] of found) values.set(from);
      baseline = restored;
      adam.steps = steps;
    },
  };
}

function read(arrays: ReadonlyMap<string, StoredArray>, name: string, shape: readonly number[]): Float64Array {
  const stored = arrays.get(name);
  if (stored?.shape.join() !== shape.join() || !(stored.values instanceof Float64Array)) throw damaged(name);
  return stored.values;
}
