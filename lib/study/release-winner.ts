import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { evaluatePredictions } from "../evaluate/evaluation";
import type { Prediction } from "../evaluate/predictions";
import { formatEstimate } from "../evaluate/evaluation-table";
import { measureTitles } from "../evaluate/measures";
import { describeMachine } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { loadRelease } from "../release/load-release";
import { releaseModel } from "../release/release-model";
import type { ReleaseCard } from "../release/card";
import { chooseThreshold } from "../statistics/choose-threshold";
import { applyTemperature, fitTemperature } from "../statistics/fit-temperature";
import { loadUnit } from "../validate/load-unit";
import { readPlanFolder } from "../validate/plan-folder";
import { readValidation, type ValidatedModel } from "../validate/read-validation";
import { withInnerFolds } from "./inner-folds";
import { finderFolderOf, readFinderOfFold } from "./released-finder";
import { loadSetOf } from "./study-images";
import { notebookOf, placeOf } from "./layout";
import type { Study } from "./open-study";
import { readWinner } from "./winner";

/** What is released beside a study's network. */
export interface ReleaseWinnerOptions {
  /**
   * The folder of `npm run segment` whose network of the fold finds the lesions; default: null, that of the study's own outlines, where it
   * takes found ones.
   */
  readonly finder?: string | null;
}

/**
 * Releases a study's found network: that of one fold, with all that is needed to use it on image files, and the model card. What
 * was released already stays as it is. Temperature and threshold are chosen on the fold's validation images; where those were
 * learned from too, by the study's inner folds, and without these, probabilities stay as they are and the threshold is 0.5. The results are those of the fold's test images.
 *
 * Where the study takes found outlines, or `finder` names them, the release holds the fold's finder: from picture to probability with
 * nothing drawn.
 *
 * @param foldName The fold; default: the first that was trained.
 * @throws {Problem} Where the cross-validation is not done, has no such fold, or the folder has another release.
 */
export async function releaseWinner(
  study: Study,
  folder: string,
  foldName: string | null = null,
  options: ReleaseWinnerOptions = {},
): Promise<ReleaseCard> {
  if (existsSync(folder)) return readCard(study, folder);
  const planFolder = placeOf(study, "found");
  const [{ predictions, missing }] = withInnerFolds(study, "found", readValidation(planFolder)).models as [
    ValidatedModel,
  ];
  if (missing.length > 0) {
    throw new Problem(
      `${predictions.model} has ${missing.length} networks of inner folds that are not done: the threshold would lack their images.`,
      `Run ${notebookOf("found")} of the same study again.`,
    );
  }
  const units = readPlanFolder(planFolder).units.filter(({ model }) => model === predictions.model);
  const unit = units.find(({ fold }) => foldName === null || fold === foldName);
  if (unit === undefined) {
    throw new Problem(
      `There is no ${foldName} among the folds of ${predictions.model}.`,
      `There are ${[...new Set(units.map(({ fold }) => fold))].join(", ")}.`,
    );
  }
  const rows = predictions.rows.filter(({ fold, seed }) => fold === unit.fold && seed === unit.seed);
  const validation = rows.filter(({ part }) => part === "validation");
  // Which images were tested, the predictions say: a split's test parts have one reader.
  const tested = rows.filter(({ part }) => part === "test").map(({ id }) => id);
  const evaluation = evaluatePredictions({ model: predictions.model, rows });
  const { architecture } = readWinner(study).winner;
  const trained = loadUnit(planFolder, unit);
  const fold = study.split.folds.find(({ name }) => name === unit.fold)!;
  const learned = study.settings.learnFromValidation ? [...fold.train, ...fold.validation] : fold.train;
  const patientsOf = (ids: readonly string[]) => {
    const own = new Set(ids);
    const patients = study.records.filter(({ id }) => own.has(id)).map(({ patient }) => patient);
    return patients.includes(undefined) ? null : new Set(patients).size;
  };
  const devicesOf = (ids: readonly string[]) => {
    const own = new Set(ids);
    const devices = study.records.flatMap(({ id, device }) => (own.has(id) && device ? [device] : []));
    return [...new Set(devices)].sort();
  };
  const { licence, citation, title, synthetic } = study.set;
  const part = (name: string, ids: readonly string[]) => ({
    name: `${title}, ${name} of ${fold.name}`,
    hash: study.prepared.hash,
    licence,
    images: ids.length,
    patients: patientsOf(ids),
    ...(devicesOf(ids).length > 0 && { devices: devicesOf(ids) }),
  });
  const { measures } = evaluation.pooled;
  let finder: ReturnType<typeof readFinderOfFold> | null = null;
  try {
    const finderFolder = finderFolderOf(study, options.finder == null ? null : resolve(options.finder));
    finder = finderFolder === null ? null : readFinderOfFold(finderFolder, await loadSetOf(study), fold);
    return await releaseModel(folder, {
      ...{ graph: trained.graph, weights: trained.weights, architecture, normalisation: trained.normalisation },
      name: `SonoNAS ${predictions.model}, ${study.name}`,
      version: "1.0.0",
      intendedUse: synthetic
        ? "To show that everything works: it was trained on computed images."
        : "Research on computer-aided diagnosis in breast ultrasound: to be compared with other networks.",
      outOfScope: "The care of patients; images of other organs, or prepared in another way.",
      preparation: study.prepared.configuration,
      ...chooseOperatingPoint(validation, fold.name, predictions.heldBack === "inner folds"),
      data: part(study.settings.learnFromValidation ? "training and validation part" : "training part", learned),
      testData: part("test part", tested),
      results: (["accuracy", "sensitivity", "specificity", "areaUnderCurve"] as const).map((measure) => ({
        measure: measureTitles[measure],
        "value [95 %], at a probability of 0.5 before scaling": formatEstimate(measures[measure]),
      })),
      seeds: [unit.seed],
      hardware: describeMachine().processor,
      citation,
      finder,
    });
  } finally {
    finder?.network.weights.dispose();
    trained.weights.dispose();
  }
}

function chooseOperatingPoint(validation: readonly Prediction[], fold: string, inner: boolean) {
  if (validation.length === 0) {
    return { temperature: 1, threshold: 0.5, thresholdOrigin: "fixed beforehand; no image was left to choose it on" };
  }
  const labels = validation.map(({ label }) => label);
  const logits = validation.map(({ logit }) => logit!);
  const { temperature } = fitTemperature(labels, logits);
  const { threshold } = chooseThreshold(labels, applyTemperature(logits, temperature), { kind: "youden" });
  const images = inner
    ? `the ${validation.length} images that the network of ${fold} learned from, each as a network trained without it sees it (inner folds)`
    : `${validation.length} validation images of ${fold}`;
  const thresholdOrigin = `Youden's index on ${images}, after scaling`;
  return { temperature, threshold, thresholdOrigin };
}

async function readCard(study: Study, folder: string): Promise<ReleaseCard> {
  const release = await loadRelease(folder);
  release.dispose();
  const { card } = release;
  if (card.network.architectureHash === readWinner(study).winner.hash) return card;
  throw new Problem(
    `${folder} has the release ${card.name} of another network than the study's winner.`,
    "Move it away to release this one.",
  );
}
