import { rmSync } from "node:fs";
import { join } from "node:path";

import { startProgress, type Progress } from "../display/progress";
import { packageVersion } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { logLoss } from "../statistics/scoring-rules";
import { areaUnderCurve } from "../statistics/area-under-curve";
import type { Split } from "../data/split/split";
import type { GivenPlan } from "../validate/plan";
import { readHistory } from "../validate/read-history";
import { readValidation } from "../validate/read-validation";
import { runPlan } from "../validate/run-plan";
import { architectureOf, keepNetworks, type DrawnNetwork } from "./drawn-networks";
import { keepFolds } from "./folds";
import { readProtocol, stepOf, type Protocol, type ProtocolRun } from "./protocol";
import { nameOfRow, round, type RowKey } from "./row";
import { appendRows, readRows, type MeasuredRow } from "./table-file";

/** How many networks are trained before their rows are written: what is lost at most where a process is killed. */
const mostInBatch = 12;

/** Networks that are trained alike on one fold. */
interface Batch extends Omit<ProtocolRun, "networks" | "folds"> {
  readonly networks: readonly DrawnNetwork[];
  readonly fold: number;
  readonly seed: number;
}

/** What a step has to do. */
export interface StepWork {
  /** How many trainings it asks for. */
  readonly total: number;
  /** How many of them are in the table. */
  readonly done: number;
}

/** Where and with how many processes a step is run. */
export interface StepOptions {
  /** A folder for what is under way; it is emptied as it goes. */
  readonly workFolder: string;
  /** Trainings at a time, each in a process of its own with one thread. */
  readonly workers: number;
  /** The folder with the data sets; default: `SONONAS_DATA`, else `data/`. */
  readonly dataRoot?: string;
  /** What shows how far it is; null: nothing. Default: a bar. */
  readonly progress?: Progress | null;
}

/**
 * Takes a step of a benchmark's protocol: trains what it asks for and the table does not have, and adds it to the table, some
 * minutes' work at a time. Where it is stopped or killed, the same call goes on from the table.
 *
 * @param folder The benchmark's folder.
 * @param step The step's name.
 * @returns How much of it is done.
 * @throws {Problem} Where there is no such step, the images are not those of the folds, or a training fails.
 * @throws {Interrupted} Where it is asked to stop.
 */
export async function runStep(folder: string, step: string, options: StepOptions): Promise<StepWork> {
  const protocol = readProtocol(folder);
  const { total, done } = workOf(folder, protocol, step);
  // Images are not read for nothing.
  if (done === total) return { total, done };
  const batches = missingBatches(folder, protocol, keepNetworks(folder, protocol), step);
  const { split } = await keepFolds(folder, protocol, options.dataRoot);
  const { progress = startProgress({ title: `The step "${step}"`, total, before: done }) } = options;
  let count = done;
  for (const batch of batches) {
    const measured = await measureBatch(protocol, split, batch, options);
    appendRows(folder, measured);
    count += measured.length;
    await progress?.advance(measured.length, `${batch.set}, fold ${batch.fold}`);
  }
  progress?.finish();
  return { total, done: count };
}

/**
 * Says how much of a step is done.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where there is no such step, or the table is damaged.
 */
export function workOf(folder: string, protocol: Protocol, step: string): StepWork {
  const known = new Set(readRows(folder).map(nameOfRow));
  const keys = stepOf(protocol, step).runs.flatMap(({ networks: [from, to], folds, ...rest }) =>
    folds.flatMap((fold) => Array.from({ length: to - from }, (_, index) => ({ ...rest, fold, place: from + index }))),
  );
  const names = new Set(keys.map(nameOfRow));
  return { total: names.size, done: [...names].filter((name) => known.has(name)).length };
}

function missingBatches(folder: string, protocol: Protocol, networks: readonly DrawnNetwork[], step: string): Batch[] {
  const known = new Set(readRows(folder).map(nameOfRow));
  return stepOf(protocol, step).runs.flatMap(({ networks: [from, to], folds, ...rest }) =>
    folds.flatMap((fold): Batch[] => {
      const missing = networks.filter(({ set, place }) => {
        if (set !== rest.set || place < from || place >= to) return false;
        const name = nameOfRow({ ...rest, place, fold });
        // Two runs of a step may ask for the same.
        if (known.has(name)) return false;
        known.add(name);
        return true;
      });
      const count = Math.ceil(missing.length / mostInBatch);
      return Array.from({ length: count }, (_, index) => ({
        ...{ ...rest, fold, seed: 10 * rest.repeat + fold },
        networks: missing.slice(index * mostInBatch, (index + 1) * mostInBatch),
      }));
    }),
  );
}

async function measureBatch(
  protocol: Protocol,
  split: Split,
  batch: Batch,
  { workFolder, workers, dataRoot }: StepOptions,
): Promise<MeasuredRow[]> {
  const { set, fold, repeat, size, epochs, seed, networks } = batch;
  const settings = protocol.sets[set]!.settings;
  const plan: GivenPlan = {
    dataset: protocol.dataset,
    dataRoot: dataRoot ?? null,
    preparation: { ...protocol.preparation, size },
    split,
    ...{ folds: [fold], seeds: [seed], threads: 1 },
    training: { ...protocol.training, epochs },
    models: networks.map((network) => ({
      name: `${set} ${network.place}`,
      kind: "control",
      network: { kind: "found", architecture: architectureOf(protocol, network), settings },
    })),
  };
  const names = [networks[0]!, networks.at(-1)!].map(({ place }) => place).join("-to-");
  const place = join(workFolder, `${set}-${names}-fold-${fold}-repeat-${repeat}-${size}px-${epochs}-epochs`);
  const { done, notices } = await runPlan(place, plan, { workers, watch: null });
  if (!done) throw new Problem(notices.join(" "), "Mend what it says, and run the step again: it goes on.");
  const { models, units, costs } = readValidation(place);
  const measured = models.map(({ predictions: { rows } }, index): MeasuredRow => {
    const network = networks[index]!;
    const key: RowKey = { set, place: network.place, fold, repeat, size, epochs };
    const { unit } = units[index]!;
    const cost = costs.find((one) => one.unit.number === unit.number)!;
    const history = readHistory(place, unit);
    const validation = rows.filter(({ part }) => part === "validation");
    const labels = validation.map(({ label }) => label);
    const logits = (part: "validation" | "test") => rows.filter((row) => row.part === part).map(({ logit }) => logit!);
    return {
      row: {
        ...{ ...key, network: network.network, seed },
        cpuSeconds: round(cost.processorSeconds!, 2),
        trainingSeconds: round(cost.trainingSeconds, 2),
        area: round(areaUnderCurve(logits("validation"), labels), 6),
        loss: round(
          logLoss(
            labels,
            validation.map(({ probability }) => probability),
          ),
          6,
        ),
        accuracy: round(
          validation.filter(({ label, logit }) => logit! > 0 === (label === 1)).length / labels.length,
          6,
        ),
        curve: {
          area: history.map(({ validationArea }) => round(validationArea!, 5)),
          loss: history.map(({ validationLoss }) => round(validationLoss!, 5)),
          accuracy: history.map(({ validationAccuracy }) => round(validationAccuracy!, 5)),
        },
        ...{ protocol: protocol.hash, version: packageVersion("sononas") },
      },
      validation: logits("validation"),
      test: logits("test"),
    };
  });
  rmSync(place, { recursive: true });
  return measured;
}
