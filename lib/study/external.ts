import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { startProgress } from "../display/progress";
import { showText } from "../display/text";
import type { TableCell } from "../display/table";
import { boxGeometryBaseline } from "../evaluate/baselines/box-geometry";
import { majorityBaseline } from "../evaluate/baselines/majority";
import { readPredictions, writePredictions } from "../evaluate/prediction-file";
import type { Prediction, PredictionSet } from "../evaluate/predictions";
import { hashPredictions } from "../evaluate/hash-predictions";
import { compareSets } from "../external/compare-sets";
import { externalBaseline } from "../external/external-baselines";
import { judgeExternal, type ExternalResult, type JudgedExternal } from "../external/judge-external";
import { openExternal, type ExternalImages } from "../external/open-external";
import { predictExternal } from "../external/predict-external";
import { recalibrate, type RecalibrationPoint } from "../external/recalibrate";
import { folderNameOf } from "../files/folder-name";
import { writeAtomically } from "../files/write-atomically";
import { createRandom } from "../runtime/random";
import { Problem } from "../runtime/problem";
import { hearSignals } from "../runs/stop";
import { externalSets, externalTestFile, type ExternalChoice } from "./external-sets";
import { trainingFolder } from "../segment/outlines-folder";
import type { ExternalFinder } from "../external/find-lesions";
import { outlinesOf } from "./study-images";
import { placeOf, type StudyPlace } from "./layout";
import type { Study } from "./open-study";
import { readCrossValidation } from "./read-cross-validation";
import { stateExternal } from "./state-external";
import { readStudyFile } from "./study-file";
import type { Unit } from "../validate/units";
import { haveBoxes, testedSplit } from "./tested-split";
import { predictTested } from "./trivial-baselines";

/** What a study's models are worth on another set, as its folder keeps it. Plain data. */
export interface ExternalTest {
  /** The other set, as `npm run data -- list` names it. */
  readonly dataset: string;
  readonly title: string;
  readonly citation: string;
  readonly licence: string;
  /** The hash of the other set's data. */
  readonly dataHash: string;
  readonly images: number;
  /** What was left out, what the set lacks, and which models could not be tested, in sentences. */
  readonly notices: readonly string[];
  /** Both sets side by side. */
  readonly sets: readonly Readonly<Record<string, TableCell>>[];
  /** The models, the found one first; what needs a box is absent where the other set has none. */
  readonly results: readonly ExternalResult[];
  /** What images of the other hospital are worth to the found network; null where there are too few to tell. */
  readonly recalibration: readonly RecalibrationPoint[] | null;
  /** Of which predictions all of this was computed: a hash for each model, of its own and of the other set's. */
  readonly computedFrom: Readonly<Record<string, string>>;
}

/** How a study is tested on another set. */
export interface ExternalTestOptions {
  /** How often patients are resampled; default: 2000. */
  readonly replicates?: number;
}

/** Images that recalibration is tried with, as many as leave half of the set to measure on. */
const recalibratedWith = [20, 50, 100];

/**
 * Tests a study's networks on other sets, one after the other. The card of what the study has released says what came out.
 *
 * @param others The sets, one's own included, by name or with what becomes of images that both sets have; null: those that `--external`
 *   has named, and where none was, for a study on phantoms a computed hospital.
 * @returns The tests, in the order of the sets; none where no set was named, which is said.
 */
export async function testExternally(
  study: Study,
  others: readonly (string | ExternalChoice)[] | null = null,
  options: ExternalTestOptions = {},
): Promise<ExternalTest[]> {
  const sets = others ?? externalSets(study);
  if (sets.length === 0) showText("No other set was named: npm run study -- --external SET names one.");
  const tests: ExternalTest[] = [];
  for (const other of sets) tests.push(await testOn(study, other, options));
  stateExternal(study, readExternalTests(study));
  return tests;
}

/**
 * Applies every network of a study's cross-validation to another set, and keeps what came out in the study's folder: each network by
 * itself and all of a model together, prepared as the study prepares, with temperatures and thresholds that its own images gave it. What
 * was predicted before is not predicted again.
 *
 * @param other The other set, one's own included: its name, as `npm run data -- list` has it.
 * @throws {Problem} Where the cross-validation is not done, or the set cannot be a test; see `external.openExternal`.
 * @throws {Interrupted} Where the cell is interrupted; what is predicted stays.
 */
async function testOn(
  study: Study,
  other: string | ExternalChoice,
  { replicates = 2000 }: ExternalTestOptions = {},
): Promise<ExternalTest> {
  const choice: ExternalChoice = typeof other === "string" ? { dataset: other, shared: "stop" } : other;
  const { dataset } = choice;
  const parts = (["found", "handCrafted"] as const).map((part) => ({
    part,
    validation: readCrossValidation(study, part),
  }));
  const images = await openOther(study, choice);
  const tested = parts.flatMap(({ part, validation }) =>
    validation.models.map((one) => ({ ...one, planFolder: placeOf(study, part), units: validation.units })),
  );
  forgetOthers(study, images);
  const trivial = trivialSets(study, images);
  const progress = startProgress({ title: `test on ${dataset}`, total: tested.length + trivial.length });
  const judged: JudgedExternal[] = [];
  const computedFrom: Record<string, string> = {};
  const predictAll = async (planFolder: string, units: readonly Unit[]) => {
    const rows: Prediction[] = [];
    for (const unit of units) rows.push(...(await predictExternal(planFolder, unit, images, study)));
    return rows;
  };
  const judge = async (own: PredictionSet, there: PredictionSet) => {
    computedFrom[own.model] = `${hashPredictions(own)} ${hashPredictions(there)}`;
    judged.push(judgeExternal(own, there, { evaluation: { replicates } }));
    await progress.advance(1, own.model);
    await hearSignals();
  };
  for (const { predictions, planFolder, model, units } of tested) {
    const file = predictionsOf(study, dataset, model.name);
    const there =
      readKept(file, model.name, images) ??
      keep(file, {
        ...{ model: model.name, kind: model.kind },
        rows: await predictAll(
          planFolder,
          units.flatMap(({ unit }) => (unit.model === model.name ? [unit] : [])),
        ),
      });
    await judge(predictions, { ...there, kind: model.kind });
  }
  for (const { own, there } of trivial) await judge(own, there);
  progress.finish();
  const [found] = judged;
  const test: ExternalTest = {
    ...{ dataset, title: images.set.title, citation: images.set.citation, licence: images.set.licence },
    ...{ dataHash: images.dataHash, images: images.records.length },
    notices: images.notices,
    sets: compareSets([
      { title: study.set.title, records: study.records, inspections: study.inspections },
      { title: images.set.title, records: images.records, inspections: images.inspections, found: images.found },
    ]),
    results: judged.map(({ result }) => result),
    recalibration: found === undefined ? null : recalibrated(found, images.records.length),
    computedFrom,
  };
  writeAtomically(externalTestFile(study, dataset), `${JSON.stringify(test, null, 1)}\n`);
  return test;
}

/**
 * Opens another set as a study's networks look at images.
 *
 * @throws {Problem} Where the set cannot be a test; see `openExternal`.
 */
export function openOther(study: Study, choice: ExternalChoice): Promise<ExternalImages> {
  const { settings } = study;
  const { dataset, shared, onError = "stop", onContradiction = settings.onContradiction, root, finder } = choice;
  return openExternal(
    dataset,
    { dataset: study.dataset, inspections: study.inspections, preparation: study.prepared.configuration },
    {
      ...{ shared, onError, onContradiction, ...(root === undefined ? {} : { root }) },
      normal: settings.normal ?? "leave-out",
      finder: finderOf(study, dataset, finder),
    },
  );
}

/** Says where a study's folder keeps what a model's networks say of another set. */
export function predictionsOf(study: StudyPlace, dataset: string, model: string): string {
  return placeOf(study, "external", folderNameOf(dataset), "predictions", `${folderNameOf(model)}.csv`);
}

/**
 * Reads the external tests that a study's folder keeps, in the order of their sets' names.
 *
 * @throws {Problem} Where a file is damaged.
 */
export function readExternalTests(study: StudyPlace): ExternalTest[] {
  const folder = placeOf(study, "external");
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names.flatMap((name) => {
    const stored = readStudyFile(placeOf(study, "external", name, "test.json"));
    return stored === null ? [] : [stored as unknown as ExternalTest];
  });
}

// Of a study that takes found outlines it is the network of its first fold: none of them has seen the other set.
function finderOf(study: Study, dataset: string, named: string | undefined): ExternalFinder | null {
  const own = outlinesOf(study.settings);
  const [fold] = testedSplit(study).folds;
  const training = named ?? (own?.of === "all" ? join(own.folder, folderNameOf(fold!.name), trainingFolder) : null);
  if (training === null) return null;
  return { training, keep: placeOf(study, "external", folderNameOf(dataset), "outlines") };
}

// Predictions are of the images as they were prepared then: where these have changed since, nothing of them is kept.
function forgetOthers(study: StudyPlace, { dataset, prepared }: ExternalImages): void {
  const folder = placeOf(study, "external", folderNameOf(dataset));
  const file = join(folder, "images.json");
  if (existsSync(file) && readStudyFile(file)?.prepared === prepared.hash) return;
  rmSync(join(folder, "predictions"), { recursive: true, force: true });
  writeAtomically(file, `${JSON.stringify({ prepared: prepared.hash })}\n`);
}

// A file that was damaged, or lacks images, is predicted anew.
function readKept(file: string, model: string, { records }: ExternalImages): PredictionSet | null {
  if (!existsSync(file)) return null;
  try {
    const kept = readPredictions(file, model);
    const known = new Map(records.map(({ id, label }) => [id, label === "malignant" ? 1 : 0]));
    const ids = new Set(kept.rows.map(({ id }) => id));
    return ids.size === known.size && kept.rows.every(({ id, label }) => known.get(id) === label) ? kept : null;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

function keep(file: string, set: PredictionSet): PredictionSet {
  writePredictions(file, set);
  return readPredictions(file, set.model);
}

function trivialSets(study: Study, images: ExternalImages) {
  const split = testedSplit(study);
  const baselines = [
    majorityBaseline,
    // It looks at boxes, which nobody has drawn in some sets; found ones it looks at where it has learned from such.
    ...(haveBoxes(study.records) &&
    haveBoxes(images.records) &&
    (images.found.size === 0 || outlinesOf(study.settings)?.of === "all")
      ? [boxGeometryBaseline]
      : []),
  ];
  return baselines.map((baseline) => ({
    own: predictTested(baseline, split, study),
    there: externalBaseline(baseline, split, study, images),
  }));
}

function recalibrated({ calibrated }: JudgedExternal, count: number): RecalibrationPoint[] | null {
  const images = [0, ...recalibratedWith.filter((one) => 2 * one <= count)];
  return images.length === 1 ? null : recalibrate(calibrated, createRandom(1).split("recalibrate"), { images });
}
