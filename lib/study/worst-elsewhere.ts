import { existsSync } from "node:fs";

import { createBatches } from "../data/batches/batches";
import type { Prepared } from "../data/prepare/prepared";
import { readPredictions } from "../evaluate/prediction-file";
import type { Prediction } from "../evaluate/predictions";
import { gradCam } from "../explain/grad-cam";
import { scaleHeatMaps, type HeatMaps } from "../explain/heat-maps";
import { worstPredictions } from "../explain/worst-predictions";
import { applyCarried, carryOver } from "../external/external-predictions";
import { tf } from "../runtime/tensorflow";
import { loadUnit } from "../validate/load-unit";
import type { Unit } from "../validate/units";
import { heatMapImages } from "./explain-study";
import { openOther, predictionsOf, type ExternalTest } from "./external";
import { externalSets } from "./external-sets";
import { placeOf } from "./layout";
import type { Study } from "./open-study";
import { readCrossValidation } from "./read-cross-validation";

/** The images of another set on which the found network was surest and wrong. */
export interface WorstElsewhere {
  /** The network, by its name. */
  readonly model: string;
  /** On how many images it is wrong. */
  readonly errors: number;
  /** The worst of them with their heat maps, benign ones first, each class from the worst on, for `showHeatMaps`. */
  readonly images: Awaited<ReturnType<typeof heatMapImages>>;
  /** In words, what 0 and 1 stand for in the maps. */
  readonly scale: string;
}

/**
 * Finds the images of another set on which a study's found network was surest and wrong, all its networks together, with the thresholds that
 * are carried over, and maps what in them speaks for malignant: the mean over the networks of all folds and seeds of their Grad-CAM maps.
 * The pictures are in memory alone.
 *
 * @param study The study.
 * @param test What was tested, as the study's folder keeps it.
 * @param count How many images, from 1.
 * @param root The folder with the other set; default: that which the test was named with, else where data sets are.
 * @returns They; null where nothing was wrong, or no found network was tested there.
 * @throws {Problem} Where the other set, or what was predicted, is not as it was.
 */
export async function worstElsewhere(
  study: Study,
  { dataset, results }: Pick<ExternalTest, "dataset" | "results">,
  count: number,
  root?: string,
): Promise<WorstElsewhere | null> {
  const { models, units } = readCrossValidation(study, "found");
  const found = models.find(({ model }) => model.name === results[0]?.model);
  const file = found === undefined ? "" : predictionsOf(study, dataset, found.model.name);
  if (found === undefined || !existsSync(file)) return null;
  const model = found.model.name;
  const { together } = applyCarried(readPredictions(file, model), carryOver(found.predictions));
  const wrong = together.rows.filter(({ label, probability }) => (probability >= 0.5 ? 1 : 0) !== label);
  if (wrong.length === 0) return null;
  const chosen = worstPredictions(wrong, count).map(({ id }) => wrong.find((row) => row.id === id)!);
  const named = externalSets(study).find((one) => one.dataset === dataset);
  // Images that both sets have are no part of a test in any case.
  const choice = { ...named, dataset, shared: "leave-out" as const, ...(root !== undefined && { root }) };
  const { records, prepared } = await openOther(study, choice);
  const own = units.flatMap(({ unit }) => (unit.model === model ? [unit] : []));
  const scaled = scaleHeatMaps(meanMaps(placeOf(study, "found"), own, prepared, chosen), "all");
  const options = { each: chosen.length, by: "as given" } as const;
  const images = await heatMapImages({ records, prepared }, chosen, scaled, options);
  return { ...{ model, errors: wrong.length, images }, scale: `log-odds of malignant; ${scaled.scale}` };
}

function meanMaps(
  planFolder: string,
  units: readonly Unit[],
  prepared: Prepared,
  images: readonly Prediction[],
): HeatMaps {
  const sum = new Float32Array(images.length * prepared.size ** 2);
  for (const unit of units) {
    const { graph, weights, normalisation } = loadUnit(planFolder, unit);
    const ids = images.map(({ id }) => id);
    const batch = createBatches({ prepared, ids, batchSize: ids.length, normalisation }).batchAt(0, 0);
    try {
      const { values } = gradCam(graph, weights.of, batch.images, { target: 1, score: "log-odds" });
      for (const [place, value] of values.entries()) sum[place]! += value / units.length;
    } finally {
      tf.dispose([batch.images, batch.labels]);
      weights.dispose();
    }
  }
  return { values: sum, images: images.length, height: prepared.size, width: prepared.size };
}
