import { join } from "node:path";

import type { Candidate } from "../../lib/derive/candidate";
import type { KeptCandidates } from "../../lib/derive/read-candidates";
import { createRandom } from "../../lib/runtime/random";
import { hearSignals } from "../../lib/runs/stop";
import { runSearch } from "../../lib/search/run-search";
import { sampleArchitecture } from "../../lib/space/sample";
import type { TrainingOptions } from "../../lib/train/training-options";
import type { TrainingWatch } from "../../lib/train/watch-training";
import { tinySearch, tinySearchImages } from "../search/helpers";
import { microSpace } from "../helpers/spaces";

/** A training of two epochs of three steps. */
export const brief: Partial<TrainingOptions> = { epochs: 2, batchSize: 8 };

/** Steps of it. */
export const briefSteps = 6;

/** Makes a tiny search in a folder, done. */
export async function tinySearchIn(folder: string): Promise<string> {
  const path = join(folder, "search");
  await runSearch(path, { images: tinySearchImages(), options: tinySearch, watch: null });
  return path;
}

/** Counts steps of trainings, and may send this process a signal after some. */
export function countingWatch(signalAfter = Infinity): {
  watch: (title: string) => TrainingWatch;
  steps: number;
  titles: string[];
} {
  const counter = {
    steps: 0,
    titles: [] as string[],
    watch: (title: string): TrainingWatch => {
      counter.titles.push(title);
      return {
        begin: () => undefined,
        async step() {
          counter.steps += 1;
          if (counter.steps === signalAfter) process.kill(process.pid, "SIGTERM");
          for (let round = 0; counter.steps === signalAfter && round < 20; round++) {
            await new Promise((resolve) => setTimeout(resolve, 1));
            await hearSignals();
          }
        },
        epoch: () => undefined,
        end: () => undefined,
      };
    },
  };
  return counter;
}

/** A candidate; its score when trained from scratch is null where it was not trained. */
export function candidate(
  name: string,
  parts: { drawn?: number | null; onAll?: number | null; score?: number | null; parameters?: number } = {},
): Candidate {
  const { drawn = null, onAll = null, score = null, parameters = 100 } = parts;
  return {
    hash: name,
    architecture: sampleArchitecture(microSpace(2), createRandom(1)),
    parameters,
    multiplyAdds: 10 * parameters,
    drawn,
    onAll,
    standAlone: score === null ? null : { loss: 0.5, accuracy: 0.8, areaUnderCurve: score, score },
  };
}

/** Candidates as a run that is done keeps them. */
export const kept = (candidates: readonly Candidate[], outcome = "an outcome"): KeptCandidates => ({
  candidates,
  outcome,
});

/** The names of candidates. */
export const namesOf = (candidates: readonly Candidate[]): string => candidates.map(({ hash }) => hash).join(" ");
