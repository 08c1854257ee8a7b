import { rmSync } from "node:fs";
import { join } from "node:path";

import { findSimilar, groupSimilar } from "../data/inspect/duplicates";
import { prepare } from "../data/prepare/prepare";
import { loadDataSet } from "../data/sets/load";
import { nested } from "../data/split/nested";
import type { Fold, Split } from "../data/split/split";
import { startProgress } from "../display/progress";
import { costOf } from "../graph/cost";
import { dataRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { buildNetwork } from "../space/build";
import { encode, hashArchitecture } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { areaUnderCurve } from "../statistics/area-under-curve";
import { sizeOf } from "../train/specification";
import { searchByTrials } from "../trials/search-by-trials";
import { trainSharedScores } from "../trials/shared-scores";
import { poolStrategies } from "../trials/strategies/table";
import { checkTrials, usesShared, type CheckedTrials } from "../trials/trial-options";
import type { TrialSearchResult } from "../trials/trial-record";
import type { GivenPlan } from "../validate/plan";
import { readValidation } from "../validate/read-validation";
import { runPlan } from "../validate/run-plan";
import { namesOfTested } from "../train/test-door";
import type { NestedOptions } from "./nested-options";
import { appendNested, readNested, type NestedRow } from "./nested-rows";
import { readProtocol, stepOf, type Protocol } from "./protocol";
import { round } from "./row";
import type { StepOptions, StepWork } from "./run-step";

/** A search on an outer fold. */
interface NestedSearch {
  readonly arm: string;
  readonly search: number;
  /** The outer fold, from 1. */
  readonly fold: number;
}

/** What the searches of a step work on. */
interface NestedWork {
  readonly protocol: Protocol;
  readonly options: NestedOptions;
  /** For each outer fold its inner ones. */
  readonly inner: readonly (readonly Fold[])[];
  readonly prepared: Awaited<ReturnType<typeof prepare>>;
  readonly split: Split;
  readonly workFolder: string;
}

/**
 * Searches on outer folds, as a step of a benchmark's protocol says: each arm searches by trials on the inner folds of what the outer fold
 * does not test, all arms within the same limit, and its winner is trained on all of that with several seeds and tested once
 * (`networkOfFold`). What is in the table is not done again; a search that was cut off goes on after its last training. One outer fold
 * after the other is done whole.
 *
 * @param folder The benchmark's folder.
 * @param step The step's name.
 * @returns How much of it is done, in searches; none where the step has no such searches.
 * @throws {Problem} Where there is no such step, or a training fails.
 * @throws {Interrupted} Where it is asked to stop; all is saved.
 */
export async function runNested(folder: string, step: string, options: StepOptions): Promise<StepWork> {
  const protocol = readProtocol(folder);
  const asked = stepOf(protocol, step).nested;
  if (asked === undefined) return { total: 0, done: 0 };
  const { wanted, missing } = listNested(folder, asked);
  if (missing.length === 0) return { total: wanted.length, done: wanted.length };
  const work = await openWork(protocol, asked, options);
  const before = wanted.length - missing.length;
  const { progress = startProgress({ title: `The step "${step}"`, total: wanted.length, before }) } = options;
  for (const fold of asked.outer) {
    const own = missing.filter((one) => one.fold === fold);
    if (own.length === 0) continue;
    const found: { one: NestedSearch; result: TrialSearchResult }[] = [];
    for (const one of own) {
      found.push({ one, result: await searchOn(work, one) });
      await progress?.advance(1, `${one.arm}, outer fold ${fold}, search ${one.search}`);
    }
    const areas = await testWinners(work, fold, found, options);
    appendNested(
      folder,
      found.map(({ one, result }, index) => rowOf(work, one, result, areas[index]!)),
    );
    for (const one of own) rmSync(placeOf(work, one), { recursive: true });
  }
  progress?.finish();
  return { total: wanted.length, done: wanted.length };
}

/**
 * Says how much of the searches on outer folds of a step is done.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where there is no such step.
 */
export function nestedOf(folder: string, protocol: Protocol, step: string): StepWork {
  const asked = stepOf(protocol, step).nested;
  if (asked === undefined) return { total: 0, done: 0 };
  const { wanted, missing } = listNested(folder, asked);
  return { total: wanted.length, done: wanted.length - missing.length };
}

function listNested(folder: string, { outer, arms, searches }: NestedOptions) {
  const known = new Set(readNested(folder).map(({ arm, search, fold }) => `${arm} ${search} ${fold}`));
  const wanted = outer.flatMap((fold) =>
    searches.flatMap((search) => Object.keys(arms).map((arm): NestedSearch => ({ arm, search, fold }))),
  );
  return { wanted, missing: wanted.filter(({ arm, search, fold }) => !known.has(`${arm} ${search} ${fold}`)) };
}

async function openWork(protocol: Protocol, options: NestedOptions, given: StepOptions): Promise<NestedWork> {
  const { dataset, folds, preparation } = protocol;
  const { records, inspections, set, dataHash } = await loadDataSet(dataset, { root: given.dataRoot ?? dataRoot() });
  const nearDuplicates = groupSimilar(findSimilar(inspections), records).map(({ images }) => images);
  const { outer, inner, seed } = folds;
  const split = nested(records, { dataset: set.name, dataHash }, { outer, inner, seed, nearDuplicates });
  return {
    ...{ protocol, options, split, workFolder: given.workFolder },
    inner: Array.from({ length: outer }, (_, index) => split.folds.slice(index * inner, (index + 1) * inner)),
    prepared: await prepare(records, { ...preparation, size: options.size }),
  };
}

function placeOf({ workFolder }: NestedWork, { arm, search, fold }: NestedSearch): string {
  return join(workFolder, `nested-fold-${fold}-${arm}-search-${search}`);
}

function trialsOf({ protocol, options }: NestedWork, arm: string): CheckedTrials {
  return checkTrials({ ...options.arms[arm]!, folds: protocol.folds.inner });
}

async function searchOn(work: NestedWork, one: NestedSearch): Promise<TrialSearchResult> {
  const { protocol, options, prepared } = work;
  const trials = trialsOf(work, one.arm);
  const { space, settings } = protocol.sets[options.set]!;
  // No test part goes further from here.
  const folds = work.inner[one.fold - 1]!.map(({ train, validation }) => ({ train, validation }));
  const scored = usesShared(trials) ? trials.supernet!.count : 0;
  const own = folds.slice(0, folds.length - scored);
  const { count: _, ...supernet } = trials.supernet ?? { count: 0 };
  const shared =
    scored === 0
      ? null
      : await trainSharedScores({
          ...{ prepared, folds: folds.slice(own.length), watch: null },
          options: { ...supernet, space, network: settings, seed: one.search },
          folderOf: (place) => join(placeOf(work, one), `supernet-${place + 1}`),
        });
  const { size, multiplyAdds } = protocol.bin;
  return searchByTrials(join(placeOf(work, one), "search"), {
    strategy: poolStrategies.find(({ kind }) => kind === trials.strategy)!,
    ...{ space, settings, prepared, shared, folds: own, seed: one.search, progress: null },
    priced: {
      size: { ...sizeOf(prepared), height: size, width: size },
      settings,
      budget: options.budget ?? { multiplyAdds },
    },
    ...{ candidates: trials.candidates, training: trials.training, limit: trials.limit },
  });
}

// All winners of an outer fold in one cross-validation, each a network of that fold alone.
async function testWinners(
  work: NestedWork,
  fold: number,
  found: readonly { one: NestedSearch; result: TrialSearchResult }[],
  { workFolder, workers, dataRoot: root }: StepOptions,
): Promise<number[][]> {
  const { protocol, options, split, inner } = work;
  const { size, epochs, seeds } = options.winners;
  const { settings } = protocol.sets[options.set]!;
  const [own] = inner[fold - 1]!;
  const { train, validation } = own!;
  const name = `outer ${fold}`;
  const networkOf = (architecture: Architecture) => ({ kind: "found" as const, architecture, settings });
  const plan: GivenPlan = {
    ...{ dataset: protocol.dataset, dataRoot: root ?? null, preparation: { ...protocol.preparation, size } },
    // Nothing is chosen by the validation images any more: winners learn from them too.
    split: {
      ...split,
      name,
      folds: [{ name, train: [...train, ...validation], validation: [], test: namesOfTested(own!) }],
    },
    ...{ seeds: [...seeds], threads: 1, training: { ...protocol.training, epochs } },
    models: found.map(({ one, result }) => ({
      ...{ name: `${one.arm} search ${one.search}`, kind: "found", network: networkOf(result.chosen) },
      networkOfFold: { [name]: networkOf(result.chosen) },
    })),
  };
  const place = join(workFolder, `nested-fold-${fold}-winners`);
  const { done, notices } = await runPlan(place, plan, { workers, watch: null });
  if (!done) throw new Problem(notices.join(" "), "Mend what it says, and run the step again: it goes on.");
  const { models } = readValidation(place);
  const areas = models.map(({ predictions: { rows } }) =>
    seeds.map((seed) => {
      const tested = rows.filter((row) => row.part === "test" && row.seed === seed);
      return round(
        areaUnderCurve(
          tested.map(({ logit }) => logit!),
          tested.map(({ label }) => label),
        ),
        6,
      );
    }),
  );
  rmSync(place, { recursive: true });
  return areas;
}

function rowOf(work: NestedWork, one: NestedSearch, result: TrialSearchResult, areas: readonly number[]): NestedRow {
  const { protocol, options, prepared } = work;
  const { space, settings } = protocol.sets[options.set]!;
  const { size } = protocol.bin;
  const { chosen, trials, accounts } = result;
  const cost = costOf(buildNetwork(chosen, { ...sizeOf(prepared), height: size, width: size }, settings));
  return {
    ...{ ...one, network: hashArchitecture(chosen), code: encode(space, chosen), areas: [...areas] },
    ...{ parameters: cost.trainable, multiplyAdds: cost.multiplyAdds, trainings: trials.length },
    cpuSeconds: round(accounts.seconds, 3),
    supernetSeconds: round(accounts.supernets / accounts.sharers, 3),
    protocol: protocol.hash,
  };
}
