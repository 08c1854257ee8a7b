import { attend } from "./attention";
import { chooseOne, chooseSkip, squash, type Decision, type Pick, type SkipTarget } from "./decide";
import { toEpisode, type Episode } from "./episode";
import { emptyMemory, step } from "./lstm";
import type { ControllerParameters } from "./parameters";
import type { ControllerSettings } from "./settings";
import { addBias, divideSum, multiply, rowOf, type Signal, type Trail } from "./signal";

/**
 * Lets the controller decide on a network of the macro space (Pham et al. 2018, section 2.3): for each layer its operation,
 * then each of its skip connections.
 *
 * @param layers Layers of the network.
 * @param parameters What it has learned.
 * @param settings How it draws.
 * @param pick Makes the decisions.
 * @returns The episode.
 */
export function walkMacro(
  layers: number,
  parameters: ControllerParameters,
  settings: ControllerSettings,
  pick: Pick,
): Episode {
  const { units, memoryLayers, temperature, tanhConstant, operationTanhReduction } = settings;
  const start = rowOf(parameters.start, 0);
  const operationConstant = tanhConstant && tanhConstant / operationTanhReduction;
  const target: SkipTarget = {
    target: settings.skipTarget,
    probability: settings.skipProbability,
    // The penalty is a mean over the layers that have skip connections: all but the first.
    share: 1 / (layers - 1),
  };
  const decisions: Decision[] = [];
  const trail: Trail = [];
  const [anchors, keys]: [Signal[], Signal[]] = [[], []];
  let memory = emptyMemory(units, memoryLayers);
  let input = start;
  let penalty = 0;

  // One step, and what the controller knows after it.
  const advance = (next: Signal) => {
    memory = step(parameters.memory, next, memory, trail);
    return memory.at(-1)!.output;
  };

  for (let layer = 0; layer < layers; layer++) {
    const scores = multiply(advance(input), parameters.operation, trail);
    const biased = parameters.operationBias ? addBias(scores, parameters.operationBias, trail) : scores;
    const operation = chooseOne(squash(biased, temperature, operationConstant, null, trail), pick, trail);
    decisions.push(operation);

    const anchor = advance(rowOf(parameters.embedding, operation.picked));
    input = start;
    if (layer > 0) {
      const query = multiply(anchor, parameters.query, trail);
      const logits = squash(attend(keys, query, parameters.score, trail), temperature, tanhConstant, null, trail);
      const skips = keys.map((_, index) => chooseSkip(logits, index, pick, target, trail));
      decisions.push(...skips);
      penalty += skips.reduce((sum, skip) => sum + skip.penalty, 0);
      const chosen = anchors.filter((_, index) => skips[index]!.picked === 1);
      input = divideSum(chosen, units, 1 + chosen.length, trail);
    }
    anchors.push(anchor);
    keys.push(multiply(anchor, parameters.key, trail));
  }
  return toEpisode("macro", decisions, penalty, trail);
}
