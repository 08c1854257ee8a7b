import { join } from "node:path";

import { startProgress, type Progress } from "../display/progress";
import { costOf } from "../graph/cost";
import { describeMachine } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { listenForStop } from "../runs/stop";
import { buildNetwork } from "../space/build";
import { encode, hashArchitecture } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { runUnits } from "../units/run-units";
import { startUnit } from "../units/unit-process";
import { architectureOf, keepNetworks } from "./drawn-networks";
import type { NestedOptions } from "./nested-options";
import { appendNested, readNested, type NestedRow } from "./nested-rows";
import {
  folderOfSearch,
  forgetNestedSplit,
  forgetSearches,
  keepNestedSplit,
  readNestedSearch,
  type NestedSearch,
} from "./nested-search";
import { readProtocol, stepOf, type Protocol } from "./protocol";
import { round } from "./row";
import type { StepOptions, StepWork } from "./run-step";
import { forgetWinners, testWinners } from "./test-winners";

/** A network that is tested on an outer fold: the winner of a search, or one that was not searched for. */
type NestedEntry = Pick<NestedRow, "arm" | "search" | "fold">;

/** What does a search in a process of its own. */
const workerEntry = join(__dirname, "nested-worker");

/**
 * Searches on outer folds, as a step of a benchmark's protocol says: each arm searches by trials on the inner folds of what the outer fold
 * does not test, all arms within the same limit, each search in a process of its own with one thread; its winner is trained on all of
 * that with several seeds and tested once (`networkOfFold`), and so are the networks that it is held against. What is in the table is not
 * done again; a search that was cut off goes on after its last training. One outer fold after the other is done whole.
 *
 * @param folder The benchmark's folder.
 * @param step The step's name.
 * @returns How much of it is done, in networks that are tested; none where the step has no such searches.
 * @throws {Problem} Where there is no such step, or a training fails.
 * @throws {Interrupted} Where it is asked to stop; all is saved.
 */
export async function runNested(folder: string, step: string, options: StepOptions): Promise<StepWork> {
  const protocol = readProtocol(folder);
  const asked = stepOf(protocol, step).nested;
  if (asked === undefined) return { total: 0, done: 0 };
  const { wanted, missing } = listNested(folder, asked);
  if (missing.length === 0) return { total: wanted.length, done: wanted.length };
  const split = await keepNestedSplit(protocol, options);
  const before = wanted.length - missing.length;
  const { progress = startProgress({ title: `The step "${step}"`, total: wanted.length, before }) } = options;
  for (const fold of asked.outer) {
    const own = missing.filter((entry) => entry.fold === fold);
    if (own.length === 0) continue;
    const searches = own.filter((entry): entry is NestedSearch => entry.search !== null);
    await runSearches(folder, step, searches, options, progress);
    const networks = own.map((entry) => networkOf(folder, protocol, asked, entry, options));
    const { ids, outcomes } = await testWinners(protocol, asked, split, fold, networks, options);
    const measured = networks.map(({ row }, index) => {
      const { areas, logits } = outcomes[index]!;
      return { row: { ...row, areas: [...areas] }, logits };
    });
    appendNested(folder, measured, ids);
    forgetSearches(options, searches);
    forgetWinners(fold, options);
    await progress?.advance(own.length - searches.length, `outer fold ${fold} is tested`);
  }
  forgetNestedSplit(options);
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

function listNested(folder: string, { outer, arms, searches, references }: NestedOptions) {
  const nameOf = ({ arm, search, fold }: NestedEntry) => `${arm} ${search} ${fold}`;
  const known = new Set(readNested(folder).map(nameOf));
  const wanted = outer.flatMap((fold): NestedEntry[] => [
    ...searches.flatMap((search) => Object.keys(arms).map((arm) => ({ arm, search, fold }))),
    ...Object.keys(references).map((arm) => ({ arm, search: null, fold })),
  ]);
  return { wanted, missing: wanted.filter((entry) => !known.has(nameOf(entry))) };
}

async function runSearches(
  folder: string,
  step: string,
  searches: readonly NestedSearch[],
  { workFolder, workers, dataRoot = "" }: StepOptions,
  progress: Progress | null,
): Promise<void> {
  const stop = listenForStop();
  try {
    const units = searches.map((one) => {
      const name = `${one.arm}, outer fold ${one.fold}, search ${one.search}`;
      return { one, name, needs: [], cost: 0, threads: 1 };
    });
    const undone = await runUnits({
      ...{ units, workers, processors: describeMachine().processors },
      stopped: () => stop.requested !== null,
      folderOf: ({ one }) => folderOfSearch({ workFolder }, one),
      start: ({ one: { arm, search, fold }, name }) =>
        startUnit({
          ...{ entry: workerEntry, threads: 1 },
          parameters: [folder, step, arm, String(search), String(fold), workFolder, dataRoot],
          onProgress: ({ done, note }) => void progress?.advance(0, `${name}: ${done}, ${note}`),
        }),
      onEnd: ({ name }, { kind }) => void progress?.advance(kind === "done" ? 1 : 0, `${name}: ${kind}`),
    });
    stop.check();
    if (undone.length > 0)
      throw new Problem(
        undone.map(({ unit, message }) => `The search ${unit.name} is not done: ${message}`).join(" "),
        "Mend what it says, and run the step again: it goes on.",
      );
  } finally {
    stop.end();
  }
}

// What is known of a network before it is tested.
function networkOf(
  folder: string,
  protocol: Protocol,
  asked: NestedOptions,
  { arm, search, fold }: NestedEntry,
  options: StepOptions,
) {
  const found = search === null ? null : readNestedSearch(options, { arm, search, fold });
  const reference = found === null ? referenceOf(folder, protocol, asked, arm) : null;
  const { space, settings } = protocol.sets[reference?.set ?? asked.set]!;
  const architecture = reference?.architecture ?? found!.chosen;
  const { bin, preparation } = protocol;
  const size = { height: bin.size, width: bin.size, channels: preparation.channels?.length ?? 1 };
  const { trainable, multiplyAdds } = costOf(buildNetwork(architecture, size, settings));
  const accounts = found?.accounts ?? { seconds: 0, supernets: 0, sharers: 1 };
  const row = {
    ...{ arm, search, fold, network: hashArchitecture(architecture), code: encode(space, architecture) },
    ...{ parameters: trainable, multiplyAdds, trainings: found?.trials.length ?? 0 },
    cpuSeconds: round(accounts.seconds, 3),
    supernetSeconds: round(accounts.supernets / accounts.sharers, 3),
    protocol: protocol.hash,
  };
  return { name: search === null ? arm : `${arm} search ${search}`, architecture, settings, row };
}

function referenceOf(
  folder: string,
  protocol: Protocol,
  { references }: NestedOptions,
  name: string,
): { readonly set: string; readonly architecture: Architecture } {
  const { set, place } = references[name]!;
  const drawn = keepNetworks(folder, protocol).find((network) => network.set === set && network.place === place)!;
  return { set, architecture: architectureOf(protocol, drawn) };
}
