import type { MacroSpace } from "../space/macro/architecture";
import { attend } from "./attention";
import { chooseOne, chooseSkip, squash, type SampledDecision, type Sampler, type SkipTarget } from "./decide";
import { toEpisode, type Episode } from "./episode";
import { emptyMemory, step } from "./lstm";
import type { ControllerParameters } from "./parameters";
import type { ControllerSettings } from "./settings";
import { addBias, divideSum, multiply, rowOf, type Signal, type Tape } from "./signal";

/**
 * Lets the controller decide on a network of the macro space (Pham et al. 2018, section 2.3): for each layer its operation,
 * then each of its skip connections.
 *
 * @param parameters What it has learned.
 * @param settings How it draws.
 * @param sampler Makes the decisions.
 */
export function walkMacro(
  space: MacroSpace,
  parameters: ControllerParameters,
  settings: ControllerSettings,
  sampler: Sampler,
): Episode {
  const { units, memoryLayers, temperature, tanhConstant, operationTanhReduction } = settings;
  const { layers } = space;
  const start = rowOf(parameters.start, 0);
  const operationConstant = tanhConstant && tanhConstant / operationTanhReduction;
  const target: SkipTarget = {
    target: settings.skipTarget,
    probability: settings.skipProbability,
    // The penalty is a mean over the layers that have skip connections: all but the first.
    share: 1 / (layers - 1),
  };
  const decisions: SampledDecision[] = [];
  const tape: Tape = [];
  const [anchors, keys]: [Signal[], Signal[]] = [[], []];
  let memory = emptyMemory(units, memoryLayers);
  let input = start;
  let penalty = 0;

  // One step, and what the controller knows after it.
  const advance = (next: Signal) => {
    memory = step(parameters.memory, next, memory, tape);
    return memory.at(-1)!.output;
  };

  for (let layer = 0; layer < layers; layer++) {
    const scores = multiply(advance(input), parameters.operation, tape);
    const biased = parameters.operationBias ? addBias(scores, parameters.operationBias, tape) : scores;
    const operation = chooseOne(squash(biased, temperature, operationConstant, null, tape), sampler, tape);
    decisions.push(operation);

    const anchor = advance(rowOf(parameters.embedding, operation.sampled));
    input = start;
    if (layer > 0) {
      const query = multiply(anchor, parameters.query!, tape);
      const logits = squash(attend(keys, query, parameters.score!, tape), temperature, tanhConstant, null, tape);
      const skips = keys.map((_, index) => chooseSkip(logits, index, sampler, target, tape));
      decisions.push(...skips);
      penalty += skips.reduce((sum, skip) => sum + skip.penalty, 0);
      const chosen = anchors.filter((_, index) => skips[index]!.sampled === 1);
      input = divideSum(chosen, units, 1 + chosen.length, tape);
    }
    anchors.push(anchor);
    keys.push(multiply(anchor, parameters.key!, tape));
  }
  return toEpisode(space, decisions, penalty, tape);
}
