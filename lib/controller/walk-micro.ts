import type { MicroSpace } from "../space/micro/architecture";
import { attend } from "./attention";
import { chooseOne, squash, type SampledDecision, type Sampler } from "./decide";
import { toEpisode, type Episode } from "./episode";
import { emptyMemory, step } from "./lstm";
import type { ControllerParameters } from "./parameters";
import type { ControllerSettings } from "./settings";
import { addBias, multiply, rowOf, zeros, type Signal, type Tape } from "./signal";

/**
 * Lets the controller decide on the two cells of the micro space (Pham et al. 2018, section 2.4): the normal cell, then the
 * reduction cell with the memory of the first. For each node it decides on two inputs, then on the two operations.
 *
 * @param parameters What it has learned.
 * @param settings How it draws.
 * @param sampler Makes the decisions.
 */
export function walkMicro(
  space: MicroSpace,
  parameters: ControllerParameters,
  settings: ControllerSettings,
  sampler: Sampler,
): Episode {
  const { units, memoryLayers, temperature, tanhConstant, operationTanhReduction } = settings;
  const { nodes } = space;
  const start = rowOf(parameters.start, 0);
  const operationConstant = tanhConstant && tanhConstant / operationTanhReduction;
  const decisions: SampledDecision[] = [];
  const tape: Tape = [];
  let memory = emptyMemory(units, memoryLayers);

  // One step, and what the controller knows after it.
  const advance = (input: Signal) => {
    memory = step(parameters.memory, input, memory, tape);
    return memory.at(-1)!.output;
  };
  const decide = (logits: Signal) => {
    const decision = chooseOne(logits, sampler, tape);
    decisions.push(decision);
    return decision.sampled;
  };

  for (const cellBias of [settings.normalCellBias, null]) {
    // The cell's own inputs have a key each, but nothing that could be read after they were chosen.
    const keys = [0, 1].map(() => multiply(advance(start), parameters.key!, tape));
    const anchors = [zeros(units), zeros(units)];
    for (let node = 0; node < nodes; node++) {
      let input = start;
      for (let side = 0; side < 2; side++) {
        const query = multiply(advance(input), parameters.query!, tape);
        const scores = attend(keys, query, parameters.score!, tape);
        input = anchors[decide(squash(scores, temperature, tanhConstant, null, tape))]!;
      }
      for (let side = 0; side < 2; side++) {
        const scores = multiply(advance(input), parameters.operation, tape);
        const biased = parameters.operationBias ? addBias(scores, parameters.operationBias, tape) : scores;
        const logits = squash(biased, temperature, operationConstant, cellBias, tape);
        input = rowOf(parameters.embedding, decide(logits));
      }
      const anchor = advance(input);
      anchors.push(anchor);
      keys.push(multiply(anchor, parameters.key!, tape));
    }
  }
  return toEpisode(space, decisions, 0, tape);
}
