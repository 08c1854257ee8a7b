import { join } from "node:path";

import type { Prepared } from "../data/prepare/prepared";
import { readSplit } from "../data/split/split-file";
import { Problem } from "../runtime/problem";
import type { LayersNetwork } from "../train/layers-model/layers-specification";
import { trainLayersInRun, type TrainedLayers } from "../train/layers-model/train-layers";
import { trainingOf } from "./plan";
import { readPlanFolder, splitFile } from "./plan-folder";
import { readUnitState, trainingFolder } from "./unit-state";
import type { Unit } from "./units";

/** The images of a plan. */
export interface PlanImages {
  /** The hash of their set. */
  readonly dataHash: string;
  /** As the plan prepared them. */
  readonly prepared: Prepared;
}

/**
 * Loads the trained layers model of a unit that is done.
 *
 * @param network What the unit trained.
 * @param images The images of the plan: where the model is normalised by those that it learned from, their numbers
 *   are computed anew.
 * @returns The model; the caller disposes it.
 * @throws {Problem} Where the unit is not done, the images are others, or the model's files have changed since.
 */
export function loadLayersUnit(
  planFolder: string,
  unit: Unit,
  network: LayersNetwork,
  images: PlanImages,
): Promise<TrainedLayers> {
  const { plan } = readPlanFolder(planFolder);
  if (readUnitState(planFolder, unit).state !== "done") {
    throw new Problem(
      `${unit.model}, ${unit.fold}, seed ${unit.seed} is not trained yet.`,
      "Run the cross-validation to its end.",
    );
  }
  const { folds } = readSplit(join(planFolder, splitFile), { dataHash: images.dataHash });
  const { train, validation } = folds.find(({ name }) => name === unit.fold)!;
  const model = plan.models.find(({ name }) => name === unit.model)!;
  return trainLayersInRun(join(planFolder, unit.folder, trainingFolder), {
    ...{
      network,
      images: { prepared: images.prepared, train, validation },
      options: trainingOf(plan, model, unit),
      watch: null,
    },
  });
}
