import { kindOf, type Space } from "../space/kinds";
import { chooseOne, squash, type SampledDecision, type Sampler } from "./decide";
import { toEpisode, type Episode } from "./episode";
import { emptyMemory, step } from "./lstm";
import { optionRows } from "./option-rows";
import type { ControllerParameters } from "./parameters";
import type { ControllerSettings } from "./settings";
import { multiply, rowOf, sectionOf, type Tape } from "./signal";

/**
 * Lets the controller decide on an architecture of a space that is a list of decisions: one step for each, in the order of
 * `encode`, which reads what was chosen before and scores the options as operations are scored in the spaces of ENAS. Decisions
 * of one group share what is learned of their options.
 *
 * @param parameters What it has learned.
 * @param settings How it draws.
 * @param sampler Makes the decisions.
 */
export function walkDecisions(
  space: Space,
  parameters: ControllerParameters,
  settings: ControllerSettings,
  sampler: Sampler,
): Episode {
  const { units, memoryLayers, temperature, tanhConstant, operationTanhReduction } = settings;
  const constant = tanhConstant && tanhConstant / operationTanhReduction;
  const { first } = optionRows(space);
  const decisions: SampledDecision[] = [];
  const tape: Tape = [];
  let memory = emptyMemory(units, memoryLayers);
  let input = rowOf(parameters.start, 0);
  for (const { group, options } of kindOf(space, "space").decisionsOf(space)) {
    memory = step(parameters.memory, input, memory, tape);
    const scores = multiply(memory.at(-1)!.output, parameters.operation, tape);
    const own = sectionOf(scores, first.get(group)!, options.length);
    const decision = chooseOne(squash(own, temperature, constant, null, tape), sampler, tape);
    decisions.push(decision);
    input = rowOf(parameters.embedding, first.get(group)! + decision.sampled);
  }
  return toEpisode(space, decisions, 0, tape);
}
