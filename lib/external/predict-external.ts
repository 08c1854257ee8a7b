import type { Prediction } from "../evaluate/predictions";
import { Problem } from "../runtime/problem";
import type { Logits } from "../train/predict";
import { loadLayersUnit, type PlanImages } from "../validate/load-layers-unit";
import { loadUnit } from "../validate/load-unit";
import { networkOf, trainingOf } from "../validate/plan";
import { readPlanFolder } from "../validate/plan-folder";
import { predictTrained } from "../validate/predict-trained";
import { predictionRows } from "../validate/prediction-rows";
import type { Unit } from "../validate/units";
import type { ExternalImages } from "./open-external";

/**
 * Predicts another set's images with the network of one unit of a cross-validation, normalised as those that it learned from.
 *
 * @param planFolder The folder of the cross-validation.
 * @param own The images of the cross-validation.
 * @returns A row for each image, with the unit's fold and seed.
 * @throws {Problem} Where the unit is not done, or its images were prepared otherwise.
 */
export async function predictExternal(
  planFolder: string,
  unit: Unit,
  { dataset, prepared, records }: Pick<ExternalImages, "dataset" | "prepared" | "records">,
  own: PlanImages,
): Promise<Prediction[]> {
  const { plan } = readPlanFolder(planFolder);
  const { size, channels } = plan.preparation;
  if (prepared.size !== size || prepared.channels.join() !== channels.join()) {
    throw new Problem(
      `The images of ${dataset} are prepared at ${prepared.size} × ${prepared.size} with ${prepared.channels.join(", ")}, and ${unit.model} takes ${size} × ${size} with ${channels.join(", ")}.`,
      "Prepare them as the network's own images were.",
    );
  }
  const model = plan.models.find(({ name }) => name === unit.model)!;
  const network = networkOf(model, unit.fold);
  const patients = new Map(records.map(({ id, patient }) => [id, patient ?? null]));
  return predictionRows(unit, "test", await logitsOf(), patients);

  async function logitsOf(): Promise<Logits> {
    if (network.kind === "layers model") {
      const trained = await loadLayersUnit(planFolder, unit, network, own);
      try {
        return trained.predict(prepared.ids, prepared);
      } finally {
        trained.dispose();
      }
    }
    const trained = loadUnit(planFolder, unit);
    try {
      return predictTrained(trained, prepared, prepared.ids, trainingOf(plan, model, unit));
    } finally {
      trained.weights.dispose();
    }
  }
}
