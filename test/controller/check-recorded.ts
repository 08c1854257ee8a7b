import { deepEqual } from "node:assert/strict";

import type { Episode } from "../../lib/controller/episode";
import { listParameters } from "../../lib/controller/parameters";
import { replay } from "../../lib/controller/sampler";
import type { Sampler } from "../../lib/controller/decide";
import { near } from "../statistics/recorded/read";
import { readRecorded, type RecordedCase } from "./recorded/read";

/**
 * Describes the tests that what the controller computes is what PyTorch computed.
 *
 * @param kind Of which kind of space.
 * @param walk Lets the controller of a case decide.
 */
export function itMatchesPyTorch(
  kind: "micro" | "macro",
  walk: (one: RecordedCase, sampler: Sampler) => Episode,
): void {
  for (const one of readRecorded(kind)) {
    it(`has the probability, the entropy, the penalty and the gradients that PyTorch computes: ${one.name}`, () => {
      const episode = walk(one, replay(one.decisions));
      near(episode.logProbability, one.logProbability, 1e-12);
      near(episode.entropy, one.entropy, 1e-12);
      near(episode.skipPenalty, one.skipPenalty, 1e-12);
      episode.backward(one.upstream);
      const parameters = listParameters(one.controller);
      deepEqual([...parameters.keys()].sort(), Object.keys(one.gradients).sort());
      for (const [name, { gradient }] of parameters) near([...gradient], one.gradients[name]!, 1e-12);
    });
  }
}
