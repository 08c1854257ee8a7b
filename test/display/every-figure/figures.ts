import { compareAll, type FamilyComparison } from "../../../lib/compare/compare-all";
import { drawCostPlane } from "../../../lib/compare/figures/draw-cost-plane";
import { drawDifferences } from "../../../lib/compare/figures/draw-differences";
import { drawPrimary } from "../../../lib/compare/figures/draw-primary";
import { drawRanks } from "../../../lib/compare/figures/draw-ranks";
import { rankModels } from "../../../lib/compare/rank-models";
import type { Audit } from "../../../lib/data/audit/audit";
import { drawImageSizes, drawLesionSizes } from "../../../lib/data/audit/figures";
import type { PrimaryEndpoint } from "../../../lib/compare/primary-endpoint";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { drawArms, drawScoreAgreement } from "../../../lib/derive/figures";
import type { Figure } from "../../../lib/display/figure";
import type { ModelKind } from "../../../lib/display/model-style";
import { evaluatePredictions, type Evaluation } from "../../../lib/evaluate/evaluation";
import { drawCalibration } from "../../../lib/evaluate/figures/draw-calibration";
import { drawConfusion } from "../../../lib/evaluate/figures/draw-confusion";
import { drawDecisionCurve } from "../../../lib/evaluate/figures/draw-decision-curve";
import { drawPrecisionRecall } from "../../../lib/evaluate/figures/draw-precision-recall";
import { drawRoc } from "../../../lib/evaluate/figures/draw-roc";
import { drawSpread } from "../../../lib/evaluate/figures/draw-spread";
import { drawExternal } from "../../../lib/external/figures/draw-external";
import { drawRecalibration } from "../../../lib/external/figures/draw-recalibration";
import type { ExternalResult } from "../../../lib/external/judge-external";
import type { Estimate } from "../../../lib/evaluate/estimate";
import { drawHistory } from "../../../lib/optimise/figures/draw-history";
import { drawImportance } from "../../../lib/optimise/figures/draw-importance";
import { drawSlice } from "../../../lib/optimise/figures/draw-slice";
import type { Optimisation } from "../../../lib/optimise/optimise-in-run";
import type { ArmResult } from "../../../lib/optimise/run-arms";
import { createRandom } from "../../../lib/runtime/random";
import { drawChoices, drawPareto, drawSearch } from "../../../lib/search/figures";
import { countChoices } from "../../../lib/search/search-record";
import { sampleArchitecture } from "../../../lib/space/sample";
import { drawSegmentationTraining, type SegmentationRecord } from "../../../lib/segment/segmentation-record";
import { drawStudies } from "../../../lib/study/draw-studies";
import { drawDistributions } from "../../../lib/tabular/figures/draw-distributions";
import { drawReplays } from "../../../lib/tabular/figures/draw-replays";
import type { EpochRecord } from "../../../lib/train/history";
import { drawTraining } from "../../../lib/train/watch-training";
import { drawFront } from "../../../lib/trials/figures/draw-front";
import { drawTrials } from "../../../lib/trials/figures/draw-trials";
import type { TrialRecord, TrialSearchResult } from "../../../lib/trials/trial-record";
import { examplePredictions } from "../../compare/example";
import { rowOf, trivialRow } from "../../compare/rows";
import { candidate } from "../../derive/helpers";
import { macroSpace, microSpace } from "../../helpers/spaces";
import { epochRecord, scoredRecord } from "../../search/helpers";

/** A model that is drawn here. */
interface DrawnModel {
  readonly name: string;
  readonly kind: ModelKind;
}

/** The models of a study with all controls, as its figures have them. */
const twelve: readonly DrawnModel[] = [
  ["ENAS", "found"],
  ["evolution", "found"],
  ["random 1", "control"],
  ["random 2", "control"],
  ["plain CNN", "hand-crafted"],
  ["VGG-11", "hand-crafted"],
  ["ResNet-18", "hand-crafted"],
  ["DenseNet-121", "hand-crafted"],
  ["EfficientNet-B0", "hand-crafted"],
  ["ENAS and ResNet-18", "ensemble"],
  ["majority class", "trivial"],
  ["box and gray levels", "trivial"],
].map(([name, kind]) => ({ name, kind }) as DrawnModel);

const long: readonly DrawnModel[] = [
  ["regularised evolution with aging and a race of candidates", "found"],
  ["drawn at random among 40 to 80 million multiply-adds 1", "control"],
  ["EfficientNet-B0 without its first reduction, narrowed", "hand-crafted"],
  ["AnArchitectureWhoseNameHasNoSpaceAtAllInForty-Two", "hand-crafted"],
].map(([name, kind]) => ({ name, kind }) as DrawnModel);

const one = twelve.slice(0, 1);

/** What every figure of models is drawn with. */
const sets = { "one model": one, "twelve models": twelve, "long names": long } as const;

// Curves of several folds or seeds are means, which take a resampling each: of many models, one fold and seed is drawn.
const predictionsOf = (models: readonly DrawnModel[]) =>
  models.map(({ name, kind }, index) => {
    const skill = { images: 60, skill: 0.6 + 0.15 * index, draw: index + 1 };
    if (models.length <= 4) return { ...examplePredictions(name, { ...skill, folds: 2, seeds: [1, 2] }), kind };
    const { rows } = examplePredictions(name, { ...skill, folds: 1 });
    return { model: name, kind, rows: rows.filter(({ part }) => part === "test") };
  });

const known = new Map<readonly DrawnModel[], Evaluation[]>();

function evaluationsOf(models: readonly DrawnModel[]): Evaluation[] {
  const made =
    known.get(models) ??
    predictionsOf(models).map((predictions, index): Evaluation => ({
      ...evaluatePredictions(predictions, { replicates: 40 }),
      kind: models[index]!.kind,
    }));
  known.set(models, made);
  return made;
}

// Tested images of one class alone: no area, no curve.
const undefinedEvaluation = (): Evaluation => {
  const predictions = examplePredictions("ENAS", { images: 24, folds: 2 });
  const rows = predictions.rows.map((row) => ({ ...row, label: 0 as const }));
  return { ...evaluatePredictions({ ...predictions, rows }, { replicates: 20 }), kind: "found" };
};

const rowsOf = (models: readonly DrawnModel[]) =>
  models.map(({ name, kind }, index) =>
    kind === "trivial"
      ? trivialRow(name)
      : rowOf(name, {
          kind,
          parameters: Math.round(3e4 * 2.1 ** index),
          multiplyAdds: Math.round(5e6 * 1.7 ** index),
          accuracy: 0.8 + 0.004 * ((7 * index) % 11),
          accuracyLow: 0.76 + 0.004 * ((7 * index) % 11),
          accuracyHigh: 0.84 + 0.004 * ((7 * index) % 11),
        }),
  );

function familyOf(models: readonly DrawnModel[]): FamilyComparison {
  const all = models.length === 1 ? [...models, twelve[4]!] : models;
  return compareAll(predictionsOf(all), { reference: all[0]!.name, seed: 1, replicates: 60 });
}

const historyOf = (epochs: number, change: Partial<EpochRecord> = {}) =>
  Array.from({ length: epochs }, (_, index): EpochRecord => ({
    ...{ epoch: index + 1, rate: 0.01, gradientNorm: 1 },
    ...{ trainingLoss: 1 / (index + 1.5), trainingAccuracy: 1 - 0.4 / (index + 1) },
    ...{ validationLoss: 1 / (index + 1.2), validationAccuracy: 0.8, validationArea: 0.85 },
    ...change,
  }));

const segmentationsOf = (epochs: number, change: Partial<SegmentationRecord> = {}) =>
  Array.from({ length: epochs }, (_, index): SegmentationRecord => ({
    ...{ epoch: index + 1, rate: 0.01, gradientNorm: 1 },
    ...{ trainingLoss: 1 / (index + 1.5), trainingDice: 0.8, validationLoss: 1 / (index + 1.2), validationDice: 0.7 },
    ...change,
  }));

const searchOf = (epochs: number, parts: Parameters<typeof epochRecord>[1] = {}) =>
  Array.from({ length: epochs }, (_, index) => {
    const rising = { meanReward: 0.6 + 0.02 * index, bestReward: 0.7 + 0.02 * index, baseline: 0.6 + 0.015 * index };
    // An entropy that hardly moves: its axis must not be written with eight digits.
    return epochRecord(index + 1, { ...rising, entropy: 32.0245 - 1e-5 * index, rate: 0.05 / (index + 1), ...parts });
  });

const choicesOf = (epochs: number, space: ReturnType<typeof microSpace> | ReturnType<typeof macroSpace>) => {
  const random = createRandom(4);
  const draw = () => Array.from({ length: 8 }, () => sampleArchitecture(space, random));
  return searchOf(epochs).map((epoch) => ({ ...epoch, choices: countChoices(space, draw()) }));
};

const scoredOf = (count: number) => {
  const random = createRandom(5);
  return Array.from({ length: count }, (_, index) =>
    scoredRecord(random.uniform(0.6, 0.9), Math.round(10 ** random.uniform(4, 6)), { epoch: 1 + (index % 3) }),
  );
};

const armsOf = (models: readonly DrawnModel[]) =>
  models.map(({ name, kind }, index) => ({
    ...{ name, kind: kind === "found" ? ("found" as const) : ("control" as const) },
    candidates: [1, 2, 3].map((place) =>
      candidate(`${index}${place}234567890`, { onAll: 0.6 + 0.03 * place, score: 0.7 + 0.02 * place + 0.01 * index }),
    ),
  }));

const trialsOf = (count: number, area: (index: number) => number = (index) => 0.7 + 0.01 * (index % 7)) =>
  ({
    chosen: {} as TrialSearchResult["chosen"],
    trials: Array.from({ length: count }, (_, index): TrialRecord => ({
      ...{ candidate: index, fold: index % 5, area: area(index), code: [index], shared: null },
      ...{ parameters: 1e4 * (index + 1), multiplyAdds: 1e6 * (index + 1) },
    })),
    accounts: { seconds: 60 * count, trainings: Array(count).fill(60), scoring: 30, supernets: 120, sharers: 2 },
  }) satisfies TrialSearchResult;

const frontOf = (names: readonly string[]) =>
  names.map((name, index) => {
    const value = 0.8 + 0.01 * (index % 5);
    return { name, group: name, cost: 1e6 * 3 ** (index % 6), value, low: value - 0.02, high: value + 0.01 };
  });

const replaysOf = (names: readonly string[]) =>
  names.map((title, index) => ({
    title,
    points: [300, 600, 1200, 2400].map((budget) => {
      const regret = 0.02 / (budget / 300) + 0.001 * index;
      return {
        ...{ budget, regret, byPool: [regret] },
        ...{ quartiles: [0.8 * regret, 1.2 * regret] as const, interval: [0.9 * regret, 1.1 * regret] as const },
      };
    }),
  }));

const ofNames = (models: readonly DrawnModel[]) => models.map(({ name }) => name);

/** Images of two classes and sizes, with boxes. */
function auditOf(count: number): Audit {
  const set = makePhantomSet({ count: 4, size: 32, seed: 2 });
  const records = Array.from({ length: count }, (_, index) => ({
    ...{ id: `image ${index}`, label: index % 3 === 0 ? "malignant" : "benign" },
    box: { left: 10, top: 10, width: 40 + index, height: 30 },
  }));
  const inspections = records.map((_, index) => ({ seen: { width: 300 + 7 * index, height: 220, lesion: null } }));
  return { set, records, inspections } as unknown as Audit;
}

const primaryOf = (found: string, reference: string): PrimaryEndpoint => ({
  ...{ found: areaOf(found, 0.912), reference: areaOf(reference, 0.927) },
  ...{ patients: 425, malignant: 130, folds: 2, difference: -0.015, low: -0.034, high: 0.004, p: 0.12 },
  ...{ confidence: 0.95, margin: 0.01, equivalence: { low: -0.031, high: 0.001, p: 0.7 }, equivalent: false },
  ...{ verdict: "cannot be told", power: null, notes: [], sentence: "" },
});

const areaOf = (model: string, value: number) => ({ model, seeds: 1, value, low: value - 0.03, high: value + 0.02 });

const overModels = (draw: (models: readonly DrawnModel[]) => Figure): Record<string, () => Figure> =>
  Object.fromEntries(Object.entries(sets).map(([name, models]) => [name, () => draw(models)]));

const overEvaluations = (draw: (evaluations: Evaluation[]) => Figure) => ({
  ...overModels((models) => draw(evaluationsOf(models))),
  "not defined": () => draw([undefinedEvaluation()]),
});

function externalOf(models: readonly DrawnModel[], value: number | null = 0.85): ExternalResult[] {
  const around = (at: number | null): Estimate => ({
    ...{ value: at, method: null, reason: null, beside: null },
    ...(at === null ? { low: null, high: null } : { low: at - 0.05, high: at + 0.04 }),
  });
  const all = (at: number | null) => ({
    areaUnderCurve: around(at),
    ...{ accuracy: around(at), sensitivity: around(at), specificity: around(at) },
  });
  const side = (at: number | null) => ({
    ...{ images: 300, malignant: 100, patients: 200, measures: all(at), areaOfPatients: around(at) },
  });
  const difference = value === null ? null : { difference: -0.03, low: -0.09, high: 0.03 };
  const differences = {
    areaUnderCurve: difference,
    accuracy: difference,
    sensitivity: difference,
    specificity: difference,
  };
  const none = { value: null, low: null, high: null };
  const calibration = { intercept: none, slope: none, reason: "one class" };
  return models.map(({ name, kind }, index) => ({
    ...{ model: name, kind, networks: 5, origin: "", differences },
    own: side(value === null ? null : value - 0.01 * index + 0.05),
    ...{ each: side(value === null ? null : value - 0.015 * index), together: side(value) },
    calibration: { own: calibration, external: calibration },
  }));
}

const recalibrationsOf = (numbers: readonly number[]) =>
  [0, ...numbers].flatMap((images) =>
    (images === 0 ? (["as it came"] as const) : (["intercept", "intercept and slope"] as const)).map((kind) => {
      const at = { mean: 0.4 + 1 / (images + 5), low: 0.3, high: 0.6 };
      const measured = { logLoss: at, brierScore: at, tooHigh: at, accuracy: at, sensitivity: at, specificity: at };
      return { images, kind, unfitted: 0, ...measured };
    }),
  );

const optimisedOf = (names: readonly string[], trials: number, value = 0.8) =>
  names.flatMap((arm, index) =>
    [1, 2].map((seed): ArmResult => {
      const list = Array.from({ length: trials }, (_, place) => ({
        ...{ epochs: 9, fidelity: 1, value: value + 0.01 * ((place * 7 + index + seed) % 9) },
      }));
      return { arm, seed, optimisation: { trials: list } as unknown as Optimisation, areas: [0.8] };
    }),
  );

const settings = ["rate", "decay", "dropout", "smoothing", "variation of the images", "channels", "doubling"];

const sliceOf = (name: string, values: readonly number[], mean = 0.8123456789) => {
  const means = values.map((at) => mean + 0.01 * at);
  return { name, values, means, lows: means.map((one) => one - 0.02), highs: means.map((one) => one + 0.02) };
};

const nothing = { trainingLoss: NaN, validationLoss: NaN, validationArea: null };

/**
 * Every figure of the library by the name of the function that draws it, each drawn with what is hard for it: one model and twelve,
 * names that are long, a single epoch, and numbers that are none. A new figure joins here.
 */
export const everyFigure: Readonly<Record<string, Readonly<Record<string, () => Figure>>>> = {
  drawPrimary: {
    "an interval": () => drawPrimary(primaryOf("ENAS", "plain CNN")),
    "no interval": () => drawPrimary({ ...primaryOf("ENAS", "plain CNN"), low: null, high: null, equivalence: null }),
    "long names": () => drawPrimary(primaryOf(long[0]!.name, long[1]!.name)),
    "no numbers": () => drawPrimary({ ...primaryOf("ENAS", "plain CNN"), difference: NaN, low: NaN, high: NaN }),
  },
  drawArms: overModels((models) => drawArms(armsOf(models))),
  drawCalibration: overEvaluations((evaluations) => drawCalibration(evaluations)),
  drawChoices: {
    "cells of two inputs": () => drawChoices(choicesOf(12, microSpace(4))),
    "one epoch": () => drawChoices(choicesOf(1, microSpace(2))),
    "twelve layers": () => drawChoices(choicesOf(5, macroSpace(12))),
  },
  drawConfusion: {
    "one model": () => drawConfusion(evaluationsOf(one)[0]!),
    "long names": () => drawConfusion(evaluationsOf(long)[0]!),
    "not defined": () => drawConfusion(undefinedEvaluation()),
  },
  drawCostPlane: {
    ...overModels((models) => drawCostPlane(rowsOf(models))),
    "multiply-adds": () => drawCostPlane(rowsOf(twelve), { cost: "multiplyAdds", measure: "areaUnderCurve" }),
  },
  drawDecisionCurve: overEvaluations((evaluations) => drawDecisionCurve(evaluations)),
  drawDifferences: {
    ...overModels((models) => drawDifferences(familyOf(models))),
    area: () => drawDifferences(familyOf(twelve), "areaUnderCurve"),
  },
  drawDistributions: {
    ...overModels((models) =>
      drawDistributions(
        ofNames(models).map((name, index) => ({
          name,
          values: [1, 2, 3, 4, 5].map((at) => 0.8 + 0.01 * (at + index)),
        })),
        [{ name: "plain CNN", value: 0.85 }],
      ),
    ),
    "one network": () => drawDistributions([{ name: "shape", values: [0.8123456789] }]),
  },
  drawExternal: {
    ...overModels((models) => drawExternal(externalOf(models), "another hospital")),
    "no numbers": () => drawExternal(externalOf(one, null), "another hospital", "sensitivity"),
  },
  drawFront: overModels((models) =>
    drawFront(frontOf(ofNames(models)), { cost: "multiplyAdds", title: `Area against cost: ${models[0]!.name}` }),
  ),
  drawHistory: {
    ...overModels((models) => drawHistory(optimisedOf(ofNames(models), 12))),
    "one trial": () => drawHistory(optimisedOf(["ENAS-B"], 1)),
    "no numbers": () => drawHistory(optimisedOf(["ENAS-B"], 3, NaN)),
  },
  drawImageSizes: { phantoms: () => drawImageSizes(auditOf(30))! },
  drawImportance: {
    "seven settings": () =>
      drawImportance(settings.map((name, index) => ({ name, alone: 0.3 / (index + 1), total: 0.4 / (index + 1) }))),
    "one setting": () =>
      drawImportance([{ name: long[3]!.name, alone: 0, total: 0 }], `What matters: ${long[0]!.name}`),
  },
  drawLesionSizes: { phantoms: () => drawLesionSizes(auditOf(30))! },
  drawPareto: {
    "two hundred": () => drawPareto(scoredOf(200)),
    one: () => drawPareto(scoredOf(1), "multiplyAdds", "area under the curve"),
    none: () => drawPareto([]),
  },
  drawPrecisionRecall: overEvaluations((evaluations) => drawPrecisionRecall(evaluations)),
  drawRanks: overModels((models) =>
    drawRanks(
      rankModels(predictionsOf(models.length === 1 ? twelve.slice(0, 2) : models), {
        ...{ random: createRandom(1), replicates: 60 },
      }),
    ),
  ),
  drawRecalibration: {
    "three numbers": () => drawRecalibration(recalibrationsOf([20, 50, 100]), "ENAS"),
    "one number": () => drawRecalibration(recalibrationsOf([20]), long[0]!.name, "tooHigh"),
  },
  drawReplays: overModels((models) => drawReplays(replaysOf(ofNames(models)))),
  drawRoc: overEvaluations((evaluations) => drawRoc(evaluations)),
  drawScoreAgreement: overModels((models) => drawScoreAgreement(armsOf(models))),
  drawSearch: {
    "twelve epochs": () => drawSearch(searchOf(12), "ENAS search, seed 1"),
    "two epochs": () => drawSearch(searchOf(2), "ENAS search, seed 1"),
    "one epoch": () => drawSearch(searchOf(1), "ENAS search, seed 1"),
    "long names": () => drawSearch(searchOf(6), `Search by ${long[0]!.name}, seed 12345`),
    "no numbers": () => drawSearch(searchOf(4, { trainingLoss: NaN, entropy: null, meanReward: null }), "ENAS search"),
  },
  drawSegmentationTraining: {
    "thirty epochs": () => drawSegmentationTraining(segmentationsOf(30), "U-Net, fold 1"),
    "one epoch": () => drawSegmentationTraining(segmentationsOf(1), "U-Net, fold 1"),
    "no numbers": () =>
      drawSegmentationTraining(segmentationsOf(3, { trainingLoss: NaN, validationLoss: null }), "U-Net"),
  },
  drawSlice: {
    "a number": () => drawSlice(sliceOf("rate", [0, 0.5, 1]), { kind: "number", from: 0, to: 1, scale: "linear" }),
    "a logarithm": () =>
      drawSlice(sliceOf("decay", [0.00001, 0.001, 0.01]), {
        ...{ kind: "number", from: 0.00001, to: 0.01, scale: "logarithmic" },
      }),
    "a choice": () =>
      drawSlice({ ...sliceOf("doubling", [0, 1]), values: [true, false] }, { kind: "choice", of: [true, false] }),
    "a long name": () => drawSlice(sliceOf(long[0]!.name, [0, 1]), { kind: "whole", from: 0, to: 1, scale: "linear" }),
    "no numbers": () => drawSlice(sliceOf("rate", [0, 1], NaN), { kind: "number", from: 0, to: 1, scale: "linear" }),
  },
  drawSpread: overEvaluations((evaluations) => drawSpread(evaluations)),
  drawStudies: overModels((models) =>
    drawStudies(
      models.flatMap((model, index) =>
        ["bus-bra-overnight", "breastmnist-64-overnight"].map((study) => ({
          ...{ study, model: model.name, kind: model.kind, evaluation: evaluationsOf(models)[index]! },
        })),
      ),
    ),
  ),
  drawTraining: {
    "thirty epochs": () => drawTraining(historyOf(30), "ResNet-18, fold 1, seed 1"),
    "two epochs": () => drawTraining(historyOf(2), "ResNet-18, fold 1, seed 1"),
    "one epoch": () => drawTraining(historyOf(1), "ResNet-18, fold 1, seed 1"),
    "long names": () => drawTraining(historyOf(5), `${long[2]!.name}, fold 1, seed 12345`),
    "no numbers": () => drawTraining(historyOf(4, nothing), "ResNet-18"),
  },
  drawTrials: {
    "five folds": () => drawTrials(trialsOf(30), `Search by ${long[0]!.name}`),
    "one training": () => drawTrials(trialsOf(1), "A race"),
    "while it runs": () => drawTrials({ ...trialsOf(30), accounts: null }, "A race"),
    "no numbers": () =>
      drawTrials(
        trialsOf(6, () => NaN),
        "A race",
      ),
  },
};
