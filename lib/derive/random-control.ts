import * as v from "valibot";

import { asGiven, oneOf, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { openRun } from "../runs/open-run";
import { readRun } from "../runs/read-run";
import type { Json } from "../runs/state";
import { listenForStop } from "../runs/stop";
import { inputsOf, openSearch } from "../search/open-search";
import { encode, hashArchitecture } from "../space/encode";
import { sampleArchitecture } from "../space/sample";
import { countArchitectures } from "../space/space";
import { upgradeStored } from "../space/upgrade";
import { isTrialSearch } from "../trials/trial-record";
import { checkTraining, criteria, trainingSchema } from "../train/training-options";
import { bestFirst, type Candidate } from "./candidate";
import { networkOf, searchHash, spaceOf, trainOne, type DeriveTask } from "./derive-winner";
import { candidatesFile, candidatesOf } from "./read-candidates";
import { readScores, scoreInRun } from "./scores";
import { trainStandAlone } from "./stand-alone";
import { drawLikeTrials } from "./trial-candidates";

/** How the control is made: the options. */
export const controlSchema = v.strictObject({
  /** How many random architectures are trained, from 2; at least 8 for a rank correlation that says anything. Default: 8. */
  count: v.optional(wholeNumber({ from: 2 }), 8),
  /** How they are trained: as the derivation trains its own. Default: `trainingDefaults`. */
  training: v.optional(asGiven(trainingSchema), {}),
  /** With how many seeds each is trained from scratch, from 1; its score is the mean. Default: 1. */
  repeats: v.optional(wholeNumber({ from: 1 })),
  /** What they are ranked by; default: "area under the curve". */
  criterion: v.optional(oneOf(criteria), "area under the curve"),
  /** The seed of the draw; default: 1. */
  seed: v.optional(wholeNumber(), 1),
});

/**
 * How the control is made.
 *
 * @interface
 */
export type ControlOptions = v.InferOutput<typeof controlSchema>;

/**
 * Makes the control that a search has to beat: architectures of the same space, all equally likely, trained from scratch by the
 * same recipe on the same images. Each is also scored with the search's shared weights on all search-validation images, so that
 * the two orders can be compared. Beside a search by trials they are drawn within its budget, and have no such scores. Where it was cut off, the same call goes on.
 *
 * @returns The architectures, the best first.
 * @throws {Problem} Where the search is not done or of other images, an option is out of range, the space has fewer
 *   architectures, or the folder has another task.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function trainControl(
  folder: string,
  task: Omit<DeriveTask, "options"> & { readonly options: Partial<ControlOptions> },
): Promise<readonly Candidate[]> {
  const options = checkOptions("The random control", controlSchema, task.options);
  checkTraining(options.training, task.images.searchValidation.length);
  requireEnough(task, options);
  const run = openRun(folder, {
    kind: "random control",
    configuration: options,
    inputs: { ...inputsOf(task.images), search: searchHash(task.search) },
  });
  const stop = listenForStop();
  try {
    const done = run.finished ? run.readFile(candidatesFile) : null;
    if (done !== null) return candidatesOf(done);
    let candidates = upgradeStored(run.latest()?.state.json ?? null) as unknown as Candidate[] | null;
    if (candidates === null) {
      candidates = await scoreForControl(folder, task);
      const space = spaceOf(task.search);
      for (const { architecture, standAlone: _, ...rest } of candidates)
        run.record({ event: "scored", ...rest, architecture: encode(space, architecture) });
      run.saveCheckpoint(0, { json: candidates as unknown as Json, arrays: new Map() });
    }
    const trained: Candidate[] = [];
    for (const [index, candidate] of candidates.entries()) {
      stop.check();
      const place = { ...task, ...options, folder, network: networkOf(task.search) };
      const title = `random architecture ${index + 1} of ${candidates.length}`;
      trained.push({ ...candidate, standAlone: await trainStandAlone(candidate.architecture, place, title) });
    }
    const ordered = bestFirst(trained, ({ standAlone }) => standAlone!.score);
    run.writeFile(candidatesFile, `${JSON.stringify(ordered, null, 1)}\n`);
    run.finish({ best: ordered[0]!.hash });
    return ordered;
  } finally {
    stop.end();
    run.close();
  }
}

/** What a control needs. */
type ControlTask = Parameters<typeof trainControl>[1];

/**
 * Does the first part of {@link trainControl} alone: draws the architectures, and scores them with the shared weights where there
 * are such.
 *
 * @param folder That of the control.
 * @returns The architectures, in the order in which they were drawn.
 * @throws {Problem} As {@link trainControl}.
 */
export async function scoreForControl(folder: string, task: ControlTask): Promise<Candidate[]> {
  const options = checkOptions("The random control", controlSchema, task.options);
  requireEnough(task, options);
  const { count, seed } = options;
  const inputs = { ...inputsOf(task.images), search: searchHash(task.search) };
  return scoreInRun(folder, { configuration: { count, seed }, inputs }, () => {
    const byTrials = isTrialSearch(readRun(task.search));
    return Promise.resolve(byTrials ? drawLikeTrials(task.search, options) : drawAndScore(task, options));
  });
}

/**
 * Does one training of {@link trainControl} alone, once all is scored.
 *
 * @param folder That of the control.
 * @param number Which of those drawn, from 1.
 * @returns Its hash; null where there are not so many.
 * @throws {Problem} Where nothing is scored yet, or as {@link trainControl}.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function trainDrawn(folder: string, task: ControlTask, number: number): Promise<string | null> {
  const options = checkOptions("The random control", controlSchema, task.options);
  return trainOne(readScores(folder), number, { ...task, ...options, folder });
}

function requireEnough({ search }: Pick<ControlTask, "search">, { count }: Pick<ControlOptions, "count">): void {
  const there = countArchitectures(spaceOf(search));
  if (BigInt(count) <= there) return;
  throw new Problem(
    `The random control has count: ${count}, but the space has ${there} architectures.`,
    "Choose a smaller count.",
  );
}

function drawAndScore(
  task: Pick<DeriveTask, "search" | "images" | "strategy">,
  { count, seed }: ControlOptions,
): Candidate[] {
  const searcher = openSearch(task.search, task.images, task.strategy);
  try {
    const random = createRandom(seed).split("control");
    const found = new Map<string, Candidate>();
    for (let draw = 0; found.size < count; draw++) {
      const architecture = sampleArchitecture(searcher.options.space, random.split(draw));
      const hash = hashArchitecture(architecture);
      if (found.has(hash)) continue;
      const { reward, parameters, multiplyAdds } = searcher.scorer.score(architecture, "all");
      found.set(hash, { hash, architecture, parameters, multiplyAdds, drawn: null, onAll: reward, standAlone: null });
    }
    return [...found.values()];
  } finally {
    searcher.dispose();
  }
}
