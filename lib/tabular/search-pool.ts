import { rmSync } from "node:fs";
import { join } from "node:path";

import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import type { Prepared } from "../data/prepare/prepared";
import { processorSeconds } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { openRun } from "../runs/open-run";
import type { Json } from "../runs/state";
import { encode, hashArchitecture } from "../space/encode";
import type { Architecture, NetworkSettings } from "../space/kinds";
import { sampleWithin, type Budget } from "../space/sample-within";
import { checkSpace, decisionsOf, type GivenSpace } from "../space/space";
import { trainInRun } from "../train/train-in-run";
import { sizeOf } from "../train/specification";
import type { TrainingOptions } from "../train/training-options";
import type { Candidate, PoolStrategy, Trial } from "./strategies/pool-strategy";

/** What a search among candidates of a space needs. */
export interface PoolSearchTask {
  readonly strategy: PoolStrategy;
  readonly space: GivenSpace;
  /** Settings of networks. */
  readonly settings: Partial<NetworkSettings>;
  /** What networks may cost for the prepared images; candidates are drawn inside. */
  readonly budget: Budget;
  /** How many candidates are drawn. */
  readonly candidates: number;
  readonly seed: number;
  readonly prepared: Prepared;
  /** The inner folds: ids to learn from and to validate on. Test images have no place here. */
  readonly folds: readonly { readonly train: readonly string[]; readonly validation: readonly string[] }[];
  /** How each candidate is trained, apart from the seed. */
  readonly training: Partial<TrainingOptions>;
  /** Processor seconds that may be used, scores by shared weights included. */
  readonly seconds: number;
  /** About how many of them a training takes: what a strategy plans with. */
  readonly secondsPerTraining: number;
  /** Scores an architecture by shared weights; null: none, and no strategy that uses them can be chosen. */
  readonly shared: {
    readonly score: (architecture: Architecture) => number;
    /** Processor seconds that the supernets have cost. */
    readonly seconds: number;
    /** What tells these supernets from others: a hash. */
    readonly identity: string;
  } | null;
}

/** A training that was made. */
export interface MeasuredTrial extends Trial {
  readonly area: number;
  readonly seconds: number;
}

/** What a search among candidates came to. */
export interface PoolSearchResult {
  readonly chosen: Architecture;
  readonly trials: readonly MeasuredTrial[];
  /** Processor seconds that were used, shared weights included. */
  readonly seconds: number;
}

/**
 * Looks for the best network of a space by a strategy that trains candidates alone on inner folds, within processor seconds: what a
 * replay does on a table, on new images. Each training that is done is kept, so that a search that is cut off goes on after the last
 * one, with the same choices.
 *
 * @param folder The run's folder.
 * @returns What was chosen, and every training.
 * @throws {Problem} Where the strategy wants shared scores and there are none, the budget has no networks, or the folder has another
 *   task.
 * @throws {Interrupted} Where it is asked to stop; the same call goes on.
 */
export async function searchPool(folder: string, task: PoolSearchTask): Promise<PoolSearchResult> {
  const { strategy, settings, prepared, folds, training, shared, seed } = task;
  if (strategy.usesShared && shared === null)
    throw new Problem(
      `The strategy "${strategy.title}" uses scores by shared weights, and there are none.`,
      "Train supernets and give their scores, or choose another strategy.",
    );
  const space = checkSpace(task.space);
  const run = openRun(folder, {
    kind: "pool search",
    configuration: {
      ...{ strategy: strategy.kind, space, settings, budget: task.budget, candidates: task.candidates, seed, training },
      ...{ seconds: task.seconds, secondsPerTraining: task.secondsPerTraining },
    } as unknown as Json,
    inputs: {
      data: prepared.hash,
      folds: hashOf(canonicalJson(folds)),
      shared: strategy.usesShared ? shared!.identity : "none",
    },
  });
  try {
    const architectures = drawCandidates(task);
    const kept = (run.latest()?.state.json ?? null) as {
      trials: MeasuredTrial[];
      scores: number[];
      scoring: number;
    } | null;
    const trials = [...(kept?.trials ?? [])];
    const before = processorSeconds();
    const scores =
      kept?.scores ?? (strategy.usesShared ? architectures.map(({ architecture }) => shared!.score(architecture)) : []);
    const scoring = kept?.scoring ?? (strategy.usesShared ? shared!.seconds + processorSeconds() - before : 0);
    const candidates = architectures.map(({ architecture, cost }, index): Candidate => {
      const { trainable: parameters, multiplyAdds } = cost;
      return { code: encode(space, architecture), parameters, multiplyAdds, shared: scores[index] ?? null };
    });
    const save = () => {
      run.saveCheckpoint(trials.length, { json: { trials, scores, scoring } as unknown as Json, arrays: new Map() });
    };
    if (kept === null) save();

    let used = scoring;
    const search = strategy.search(
      {
        ...{ candidates, folds: folds.length, options: decisionsOf(space).map(({ options }) => options.length) },
        trainings: Math.max(0, Math.floor((task.seconds - used) / task.secondsPerTraining)),
      },
      createRandom(seed).split("strategy"),
    );
    let step = search.next();
    for (let number = 0; step.done !== true; number++) {
      const { candidate, fold } = step.value;
      let trial = trials[number];
      if (trial !== undefined && (trial.candidate !== candidate || trial.fold !== fold))
        throw new Problem(
          `The search in ${folder} trained candidate ${trial.candidate} on fold ${trial.fold}, and would now train ${candidate} on ${fold}.`,
          "Go on with the version of this program that began it, or choose another folder.",
        );
      if (trial === undefined) {
        const place = join(run.folder, "training");
        const started = processorSeconds();
        const { architecture } = architectures[candidate]!;
        const trained = await trainInRun(place, {
          network: { kind: "found", architecture, settings },
          images: { prepared, ...folds[fold]! },
          options: { ...training, seed: seed * 1000 + fold },
          watch: null,
        });
        trained.weights.dispose();
        const area = trained.history.at(-1)!.validationArea;
        if (area === null)
          throw new Problem(`Fold ${fold} has validation images of one class only.`, "Split by class.");
        trial = { candidate, fold, area, seconds: processorSeconds() - started };
        trials.push(trial);
        save();
        rmSync(place, { recursive: true });
      }
      used += trial.seconds;
      step = search.next(used > task.seconds ? null : trial.area);
    }
    const chosen = architectures[step.value]!.architecture;
    run.finish({ chosen: encode(space, chosen), trainings: trials.length });
    return { chosen, trials, seconds: used };
  } finally {
    run.close();
  }
}

function drawCandidates({ space, settings, budget, candidates, seed, prepared }: PoolSearchTask) {
  const random = createRandom(seed).split("candidates");
  const drawn = new Map<string, ReturnType<typeof sampleWithin>>();
  for (let tries = 0; drawn.size < candidates && tries < 20 * candidates; tries++) {
    const one = sampleWithin(space, random, { size: sizeOf(prepared), settings, budget });
    const hash = hashArchitecture(one.architecture);
    if (!drawn.has(hash)) drawn.set(hash, one);
  }
  if (drawn.size < candidates)
    throw new Problem(
      `The space has ${drawn.size} different networks within the budget after ${20 * candidates} draws, expected ${candidates}.`,
      "Ask for fewer candidates, or widen the budget.",
    );
  return [...drawn.values()];
}
