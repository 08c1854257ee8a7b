import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { decode, encode, hashArchitecture } from "../space/encode";
import type { Space } from "../space/kinds";
import { sampleWithin } from "../space/sample-within";
import { rankTrials, readTrialConfiguration, readTrialSearch } from "../trials/trial-record";
import type { Candidate } from "./candidate";

/** Architectures that were scored, and the space that they are of. */
export interface ScoredCandidates {
  readonly space: Space;
  readonly candidates: Candidate[];
}

/**
 * Gives the candidates that a search by trials has trained: what it chose first, then those that came furthest.
 *
 * @param folder The folder of the search.
 * @throws {Problem} Where it is none, or not done.
 */
export function candidatesOfTrials(folder: string): ScoredCandidates {
  const { space } = readTrialConfiguration(folder);
  const result = readTrialSearch(folder);
  const candidates = rankTrials(result, encode(space, result.chosen)).map(
    ({ code, parameters, multiplyAdds, shared }): Candidate => {
      const architecture = decode(space, code);
      const hash = hashArchitecture(architecture);
      return { hash, architecture, parameters, multiplyAdds, drawn: null, onAll: shared, standAlone: null };
    },
  );
  return { space, candidates };
}

/**
 * Draws architectures as a search by trials draws its first candidates: within its budget, all equally likely and none twice.
 *
 * @param folder The folder of the search.
 * @throws {Problem} Where it is none, or its budget has fewer.
 */
export function drawLikeTrials(
  folder: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Candidate[] {
  const { space, priced } = readTrialConfiguration(folder);
  const random = createRandom(seed).split("control");
  const found = new Map<string, Candidate>();
  for (let draw = 0; found.size < count && draw < 20 * count; draw++) {
    const { architecture, cost } = sampleWithin(space, random.split(draw), priced);
    const { trainable: parameters, multiplyAdds } = cost;
    const hash = hashArchitecture(architecture);
    found.set(hash, { hash, architecture, parameters, multiplyAdds, drawn: null, onAll: null, standAlone: null });
  }
  if (found.size === count) return [...found.values()];
  throw new Problem(
    `The budget of the search has ${found.size} different networks after ${20 * count} draws, expected ${count} as a control.`,
    "Choose a smaller count, or widen the budget.",
  );
}
