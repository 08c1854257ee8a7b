import { readFileSync } from "node:fs";
import { join } from "node:path";

import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import type { Prepared } from "../data/prepare/prepared";
import { readSplit } from "../data/split/split-file";
import type { Fold } from "../data/split/split";
import { writePredictions } from "../evaluate/prediction-file";
import { processorSeconds } from "../runtime/environment";
import { peakResidentMegabytes } from "../runtime/peak-memory";
import { Problem } from "../runtime/problem";
import { describeRuntime } from "../runtime/tensorflow";
import { WrongConfiguration } from "../runs/exit-codes";
import { openRun } from "../runs/open-run";
import type { Json } from "../runs/state";
import { listenForStop } from "../runs/stop";
import { upgradeStored } from "../space/upgrade";
import { keepingFailure } from "../units/keep-failure";
import { forgetFailure } from "../units/unit-folder";
import { areaUnderCurve } from "../statistics/area-under-curve";
import { hasTargets, type TargetImages } from "../train/auxiliary-targets";
import { Diverged } from "../train/learning-step";
import { differencesOf, scoreLogits, type Logits } from "../train/predict";
import type { NetworkSpecification } from "../train/specification";
import { checkTraining, type CheckedTraining, type TrainingOptions } from "../train/training-options";
import type { TrainingWatch } from "../train/watch-training";
import { loadPlanRecords, preparePlan, prepareTargets } from "./images";
import { networkOf, trainingOf } from "./plan";
import { readPlanFolder, splitFile, type SettledPlan } from "./plan-folder";
import { predictionRows } from "./prediction-rows";
import { predictTestPart } from "../train/test-door";
import { trainUnit, type UnitTrained } from "./train-unit";
import { writeCost } from "./unit-cost";
import { predictionsFile, readUnitState, trainingFolder, type UnitResult } from "./unit-state";
import { unitOf, type Unit } from "./units";

/** What a unit works on. */
interface Material {
  readonly fold: Fold;
  readonly prepared: Prepared;
  /** What networks are to tell beside the class; null: nothing. */
  readonly targets: TargetImages | null;
  readonly patients: ReadonlyMap<string, string | null>;
  readonly network: NetworkSpecification;
  readonly training: Partial<TrainingOptions>;
  readonly checked: CheckedTraining;
}

/**
 * Runs a unit of a plan in this process: trains its model on the training part of its fold, predicts the validation part, and
 * once the training is done and sealed, the test part. Of a plan that leaves that shut, the result alone is kept. What was begun before goes on from its checkpoint; what is done is not
 * done again. The set and its preparation are loaded from the plan.
 *
 * Its folder has, in the end: `predictions.csv`, where test parts are predicted, `cost.json`, the training with its weights in `training`, and `done.json`, which is
 * written last. An error is kept as `failed.json`.
 *
 * @param number The unit's number, from 1.
 * @param watch What shows how far its training is; null: nothing.
 * @throws {WrongConfiguration} Where there is no such unit, or this process has another number of threads than the plan.
 * @throws {Problem} Where another process works on it, the images cannot be loaded, or its training fails.
 * @throws {Interrupted} Where it was asked to stop; all is saved, and the same call goes on.
 */
export async function runUnit(folder: string, number: number, watch: TrainingWatch | null = null): Promise<UnitResult> {
  const { plan, units } = readPlanFolder(folder);
  const unit = unitOf(units, number);
  const place = join(folder, unit.folder);
  const known = readUnitState(folder, unit);
  if (known.state === "done") return known.result;
  requireThreads(plan);
  // From here on, and not in the training alone: loading can take long too.
  const stop = listenForStop();
  try {
    const material = await keepingFailure(place, () => loadMaterial(folder, plan, unit));
    stop.check();
    const { fold, network, checked } = material;
    const run = openRun(place, {
      kind: "validation unit",
      configuration: {
        ...{ model: unit.model, fold: unit.fold, seed: unit.seed, network, threads: plan.threads },
        training: checked,
      } as unknown as Json,
      inputs: { data: material.prepared.hash, fold: hashOf(canonicalJson(fold)) },
      upgrade: upgradeStored,
    });
    try {
      forgetFailure(place);
      return await keepingFailure(place, async () => {
        const training = join(run.folder, trainingFolder);
        const images = {
          ...{ prepared: material.prepared, train: fold.train, validation: fold.validation },
          ...(material.targets === null ? {} : { targets: material.targets }),
        };
        const trained = await trainOrDiverge(plan, () =>
          trainUnit(training, { network, images, options: material.training, watch }),
        );
        if (trained === null) {
          run.finish(diverged as unknown as Json);
          return diverged;
        }
        try {
          stop.check();
          const validation = fold.validation.length === 0 ? null : trained.predict(fold.validation);
          if (plan.predicts !== "validation") {
            const test = predictTestPart(fold, training, (ids) => trained.predict(ids));
            const rows = [
              ...(validation === null ? [] : predictionRows(unit, "validation", validation, material.patients)),
              ...predictionRows(unit, "test", test, material.patients),
            ];
            const path = join(run.folder, predictionsFile);
            writePredictions(path, { model: unit.model, rows });
            // Once more through the run, which seals what it has written.
            run.writeFile(predictionsFile, readFileSync(path));
          }
          noteCost(run.folder, trained);
          const result = resultOf(trained, validation);
          run.finish(result as unknown as Json);
          return result;
        } finally {
          trained.dispose();
        }
      });
    } finally {
      run.close();
    }
  } finally {
    stop.end();
  }
}

async function loadMaterial(folder: string, plan: SettledPlan, unit: Unit): Promise<Material> {
  const model = plan.models.find(({ name }) => name === unit.model);
  const records = await loadPlanRecords(plan);
  const { folds } = readSplit(join(folder, splitFile), { dataHash: records.loaded.dataHash });
  const fold = folds.find(({ name }) => name === unit.fold);
  if (model === undefined || fold === undefined) {
    throw new Problem(
      `The unit ${unit.number} is of ${unit.model} on ${unit.fold}, which its plan does not have.`,
      "Remove units.jsonl, and run the plan again: it is made anew.",
    );
  }
  const training = trainingOf(plan, model, unit);
  // Whether there are validation images is known here only; what needs them is refused before anything is computed.
  const checked = checkTraining(training, fold.validation.length);
  return {
    ...{ fold, training, checked },
    prepared: await preparePlan(plan, records, fold),
    targets: hasTargets(checked.targets) ? await prepareTargets(plan, records, fold, checked.targets) : null,
    patients: new Map(records.loaded.records.map(({ id, patient }) => [id, patient ?? null])),
    network: networkOf(model, fold.name),
  };
}

/** The result of a trial whose numbers became none: it is judged as the worst. */
const diverged: UnitResult = { validationAccuracy: null, validationArea: null, epochs: 0, keptEpoch: 0 };

// Where a plan is there to choose by, a training that cannot be done so is an answer, and no failure.
async function trainOrDiverge(plan: SettledPlan, train: () => Promise<UnitTrained>): Promise<UnitTrained | null> {
  try {
    return await train();
  } catch (error) {
    if (plan.predicts === "validation" && error instanceof Diverged) return null;
    throw error;
  }
}

// Another number would give numbers that differ in their last digits from those of the other units.
function requireThreads({ threads }: SettledPlan): void {
  const { threads: own } = describeRuntime();
  if (own === threads) return;
  throw new WrongConfiguration(
    `This process computes with ${own} threads, and the plan's units with ${threads}: results would differ in their last digits.`,
    `Set SONONAS_THREADS=${threads}, or use npm run validate, which does.`,
  );
}

function noteCost(folder: string, { parameters, multiplyAdds, history, seconds }: UnitTrained): void {
  const { threads, device } = describeRuntime();
  writeCost(folder, {
    trainingSeconds: seconds,
    processorSeconds: processorSeconds(),
    epochs: history.length,
    parameters,
    multiplyAdds,
    peakMegabytes: peakResidentMegabytes(),
    threads,
    device,
  });
}

function resultOf(
  { history, keptEpoch }: Pick<UnitTrained, "history" | "keptEpoch">,
  validation: Logits | null,
): UnitResult {
  const common = { epochs: history.length, keptEpoch };
  if (validation === null) return { validationAccuracy: null, validationArea: null, ...common };
  const labels = [...validation.labels];
  const both = labels.includes(0) && labels.includes(1);
  return {
    validationAccuracy: scoreLogits(validation).accuracy,
    validationArea: both ? areaUnderCurve(differencesOf(validation.values), labels) : null,
    ...common,
  };
}
