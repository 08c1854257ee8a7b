import { rmSync } from "node:fs";
import { join } from "node:path";

import { prepare } from "../data/prepare/prepare";
import { startProgress, type Progress } from "../display/progress";
import { dataRoot, processorSeconds } from "../runtime/environment";
import { scoreShared } from "../search/score-shared";
import { trainSupernet } from "../search/train-supernet";
import { computeNormalisation } from "../data/prepare/normalise";
import { areaUnderCurve } from "../statistics/area-under-curve";
import { differencesOf, scoreLogits } from "../train/predict";
import { architectureOf, keepNetworks } from "./drawn-networks";
import { keepFolds } from "./folds";
import { readProtocol, stepOf, type Protocol } from "./protocol";
import type { StepOptions, StepWork } from "./run-step";
import { round } from "./row";
import { appendSharedScores, readSharedScores } from "./shared-scores";

/**
 * Trains the supernets that a step of a benchmark's protocol asks for, one after the other in this process, and scores the networks
 * of a set with each: on the validation images of the inner fold on whose training part it has learned. What is in the table of
 * scores is not done again; a supernet that was cut off goes on.
 *
 * @param folder The benchmark's folder.
 * @param step The step's name.
 * @returns How much of it is done, in supernets.
 * @throws {Problem} Where there is no such step, or the images are not those of the folds.
 * @throws {Interrupted} Where it is asked to stop; all is saved.
 */
export async function runSupernets(
  folder: string,
  step: string,
  { workFolder, dataRoot: root = dataRoot(), progress }: Omit<StepOptions, "workers">,
): Promise<StepWork> {
  const protocol = readProtocol(folder);
  const { wanted, missing } = listSupernets(folder, protocol, step);
  const done = wanted.length - missing.length;
  if (missing.length === 0) return { total: wanted.length, done };
  const networks = keepNetworks(folder, protocol);
  const { split, records } = await keepFolds(folder, protocol, root);
  const bar: Progress | null =
    progress === undefined
      ? startProgress({ title: `The step "${step}"`, total: wanted.length * 1000, before: done * 1000 })
      : progress;
  for (const one of missing) {
    const { variant, seed, fold, set, size } = one;
    const options = { ...protocol.supernets[variant]!, seed };
    const prepared = await prepare(records, { ...protocol.preparation, size });
    const { train, validation } = split.folds[fold - 1]!;
    const place = join(workFolder, `supernet-${variant}-seed-${seed}-fold-${fold}-${size}px`);
    let told = 0;
    const trained = await trainSupernet(
      place,
      { prepared, train, searchValidation: validation },
      options,
      async (at, total, note) => {
        const now = Math.floor((1000 * at) / total);
        await bar?.advance(now - told, `${variant}, fold ${fold}: ${note}`);
        told = now;
      },
    );
    const { supernet, numbers } = trained;
    const normalisation = computeNormalisation(prepared, train);
    const rows = networks
      .filter((network) => network.set === set)
      .map((network) => {
        const before = processorSeconds();
        const logits = scoreShared(
          { supernet, numbers, prepared, ids: validation, learned: train, normalisation },
          architectureOf(protocol, network),
        );
        const area = areaUnderCurve(differencesOf(logits.values), [...logits.labels]);
        return {
          ...{ variant, seed, fold, set, place: network.place },
          area: round(area, 6),
          loss: round(scoreLogits(logits).loss, 6),
          cpuSeconds: round(processorSeconds() - before, 3),
          supernetSeconds: round(trained.processorSeconds ?? Number.NaN, 1),
          protocol: protocol.hash,
        };
      });
    appendSharedScores(folder, rows);
    rmSync(place, { recursive: true });
  }
  bar?.finish();
  return { total: wanted.length, done: wanted.length };
}

/**
 * Says how many supernets of a step are trained and have scored.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where there is no such step.
 */
export function supernetsOf(folder: string, protocol: Protocol, step: string): StepWork {
  const { wanted, missing } = listSupernets(folder, protocol, step);
  return { total: wanted.length, done: wanted.length - missing.length };
}

function listSupernets(folder: string, protocol: Protocol, step: string) {
  const known = readSharedScores(folder);
  const wanted = stepOf(protocol, step).supernets.flatMap(({ folds, ...rest }) =>
    folds.map((fold) => ({ ...rest, fold })),
  );
  const isMissing = ({ variant, seed, fold, set }: (typeof wanted)[number]) =>
    !known.some((row) => row.variant === variant && row.seed === seed && row.fold === fold && row.set === set);
  return { wanted, missing: wanted.filter(isMissing) };
}
