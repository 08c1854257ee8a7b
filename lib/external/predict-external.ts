import type { Prediction } from "../evaluate/predictions";
import { Problem } from "../runtime/problem";
import { loadUnit } from "../validate/load-unit";
import { trainingOf } from "../validate/plan";
import { readPlanFolder } from "../validate/plan-folder";
import { predictTrained } from "../validate/predict-trained";
import { predictionRows } from "../validate/prediction-rows";
import type { Unit } from "../validate/units";
import type { ExternalImages } from "./open-external";

/**
 * Predicts another set's images with the network of one unit of a cross-validation, normalised as those that it learned from.
 *
 * @param planFolder The folder of the cross-validation.
 * @returns A row for each image, with the unit's fold and seed.
 * @throws {Problem} Where the unit is not done, is a layers model, or its images were prepared otherwise.
 */
export function predictExternal(
  planFolder: string,
  unit: Unit,
  { dataset, prepared, records }: Pick<ExternalImages, "dataset" | "prepared" | "records">,
): Prediction[] {
  const { plan } = readPlanFolder(planFolder);
  const { size, channels } = plan.preparation;
  if (prepared.size !== size || prepared.channels.join() !== channels.join()) {
    throw new Problem(
      `The images of ${dataset} are prepared at ${prepared.size} × ${prepared.size} with ${prepared.channels.join(", ")}, and ${unit.model} takes ${size} × ${size} with ${channels.join(", ")}.`,
      "Prepare them as the network's own images were.",
    );
  }
  const model = plan.models.find(({ name }) => name === unit.model)!;
  const trained = loadUnit(planFolder, unit);
  try {
    const logits = predictTrained(trained, prepared, prepared.ids, trainingOf(plan, model, unit));
    const patients = new Map(records.map(({ id, patient }) => [id, patient ?? null]));
    return predictionRows(unit, "test", logits, patients);
  } finally {
    trained.weights.dispose();
  }
}
