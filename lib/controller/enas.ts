import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import type { SavedState, StoredArray } from "../runs/state";
import type { Space } from "../space/kinds";
import { startAdam, stepAdam } from "./adam";
import type { Episode } from "./episode";
import { createOpenProposals } from "./open-proposals";
import { createParameters, listParameters } from "./parameters";
import { sampleBy } from "./sampler";
import { policyGradient } from "./reinforce";
import { damaged, readHead, writeHead } from "./saved";
import type { ControllerSettings } from "./settings";
import type { Strategy } from "./strategy";
import { retrace, walk } from "./walk";

/**
 * Makes the strategy of ENAS (Pham, Guan, Zoph, Le and Dean, "Efficient neural architecture search via parameter sharing", ICML
 * 2018): a recurrent controller draws architectures, decision by decision, and learns from their rewards by REINFORCE. All of
 * it is computed in float64 and without TensorFlow: the same on every machine, and nothing to dispose.
 *
 * @param space The space, checked.
 * @param settings The settings, checked.
 * @param random The source of chance of the parameters.
 * @returns The strategy.
 */
export function createEnas(space: Space, settings: ControllerSettings, random: RandomGenerator): Strategy {
  const parameters = createParameters(space, settings, random);
  const list = listParameters(parameters);
  const adam = startAdam(list);
  const proposals = createOpenProposals<Episode>();
  const head = { strategy: "enas", space };
  let baseline = settings.baselineStart === "zero" ? 0 : null;
  const draw = (source: RandomGenerator) => walk(space, parameters, settings, sampleBy(source));

  /** All arrays of the state, by name; those in use, not copies. */
  const arrays = () =>
    [...list].flatMap(([name, { shape, values }]) => [
      [`controller/${name}`, shape, values] as const,
      [`adam/mean/${name}`, shape, adam.means.get(name)!] as const,
      [`adam/square/${name}`, shape, adam.squares.get(name)!] as const,
    ]);

  return {
    name: "enas",
    learns: true,
    sample: (source) => draw(source).architecture,
    propose(source) {
      const episode = draw(source);
      return proposals.open(episode.architecture, episode);
    },
    learn(scored) {
      const rewarded = proposals.close(scored).map(({ kept, reward }) => ({ episode: kept, reward }));
      const learned = policyGradient(list, settings, rewarded, baseline);
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
    state: (): SavedState => ({
      json: { ...writeHead(head), baseline, steps: adam.steps },
      arrays: new Map(arrays().map(([name, shape, values]) => [name, { shape: [...shape], values: values.slice() }])),
    }),
    restore(state) {
      const { baseline: restored, steps } = readHead(state, head);
      if (restored !== null && typeof restored !== "number") throw damaged("baseline");
      if (typeof steps !== "number") throw damaged("count of steps");
      if (state.arrays.size !== 3 * list.size) throw damaged("list of arrays");
      // All is looked at before anything is changed.
      const found = arrays().map(([name, shape, values]) => [values, read(state, name, shape)] as const);
      for (const [values, from] of found) values.set(from);
      baseline = restored;
      adam.steps = steps;
      proposals.clear();
    },
  };
}

function read(state: SavedState, name: string, shape: readonly number[]): Float64Array {
  const stored: StoredArray | undefined = state.arrays.get(name);
  if (stored?.shape.join() !== shape.join() || !(stored.values instanceof Float64Array)) throw damaged(name);
  return stored.values;
}
