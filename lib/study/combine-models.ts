import { existsSync } from "node:fs";

import type { Prediction, PredictionSet } from "../evaluate/predictions";
import { Problem } from "../runtime/problem";
import { readValidation, type Validation } from "../validate/read-validation";
import { nameOfCombination, needsParts, type CombinationKind, type CombinationSettings } from "./combination";
import { notebookOf, placeOf } from "./layout";
import { fuseWithBox, meanPredictions } from "../evaluate/mean-predictions";
import type { Study } from "./open-study";
import { checkStudySettings } from "./study-settings";
import { listTrainingParts, requireBoxes } from "./training-parts";
import type { NetworksPart } from "./tune-networks";

/** Networks that predict together. */
export interface CombinedModel {
  readonly kind: CombinationKind;
  /** The network of which they are. */
  readonly base: string;
  readonly predictions: PredictionSet;
  /** How many networks are run for an image. */
  readonly networks: number;
  /** What they are, and what they need, in words. */
  readonly note: string;
  /** Seconds that all of their trainings took, of all folds. */
  readonly trainSeconds: number;
  readonly peakMegabytes: number;
}

const placeOfParts = { found: "partsFound", handCrafted: "partsHandCrafted" } as const;

/**
 * Lets the networks of a study predict together, as it says: over seeds, over the parts of training parts, and with the lesion's box.
 * Of a network whose seeds are apart, the parts' networks of one seed predict together.
 *
 * With the study's inner folds, thresholds are chosen on what is held back of training parts here, too: what the one network of a part says
 * of an image that it has not learned from, though all of them say together what is tested. With the box, the regression that gives such a
 * number is fitted to the other parts.
 *
 * @param validation What the networks of this part of the study said by themselves.
 * @returns For each network of the cross-validation the same combinations; none where the study combines nothing.
 * @throws {Problem} Where trainings are missing, with the notebook to run, or an image has no box where one is needed.
 */
export function combineModels(
  study: Pick<Study, "path" | "name" | "settings" | "records" | "inspections">,
  networks: NetworksPart,
  validation: Validation,
): CombinedModel[] {
  const { combine, innerFolds } = checkStudySettings(study.settings);
  if (combine === null || validation.models.length === 0) return [];
  const parts = needsParts(combine) ? readParts(study, networks) : null;
  const held = innerFolds === null ? {} : ({ heldBack: "inner folds" } as const);
  const boxes = combine.box ? requireBoxes(study) : new Map<string, number[]>();
  return validation.models.flatMap(({ model, predictions }): CombinedModel[] => {
    const heldBack = predictions.heldBack === undefined ? {} : { heldBack: predictions.heldBack };
    const together = (kind: CombinationKind, of: Validation, count: number, rows: Prediction[], note: string) => {
      const name = nameOfCombination(model.name, kind, count);
      const costs = of.costs.filter(({ unit }) => unit.model === model.name);
      return {
        ...{ kind, base: model.name, networks: count, note },
        predictions: { model: name, kind: "ensemble" as const, ...(kind === "seeds" ? heldBack : held), rows },
        trainSeconds: costs.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0),
        peakMegabytes: Math.max(...costs.map(({ peakMegabytes }) => peakMegabytes)),
      };
    };
    const { seeds } = validation.plan;
    const ofParts = parts?.models.find((one) => one.model.name === model.name)?.predictions.rows ?? [];
    const count = combine.parts;
    return [
      ...(combine.seeds
        ? [together("seeds", validation, seeds.length, overSeeds(predictions.rows, seeds), "mean logit over seeds")]
        : []),
      ...(combine.folds
        ? [
            together(
              ...(["folds", parts!, count, overParts(ofParts, validation, combine, innerFolds !== null)] as const),
              "mean logit over networks of parts of the training part",
            ),
          ]
        : []),
      ...(combine.box
        ? [
            together(
              ...(["box", parts!, count, withBox(ofParts, validation, combine, boxes, innerFolds !== null)] as const),
              "the same, and the lesion's box, which somebody has drawn",
            ),
          ]
        : []),
    ];
  });
}

function readParts(study: Pick<Study, "path" | "name">, networks: NetworksPart): Validation {
  const folder = placeOf(study, placeOfParts[networks]);
  if (existsSync(folder)) return readValidation(folder);
  throw new Problem(
    `${study.name} has no networks of the parts of its training parts yet.`,
    `Run ${notebookOf(networks)} of the same study.`,
  );
}

function overSeeds(rows: readonly Prediction[], seeds: readonly number[]): Prediction[] {
  const folds = [...new Set(rows.map(({ fold }) => fold))];
  return folds.flatMap((fold) =>
    (["validation", "test"] as const).flatMap((part) => {
      const own = rows.filter((row) => row.fold === fold && row.part === part);
      return own.length === 0 ? [] : meanPredictions(seeds.map((seed) => own.filter((row) => row.seed === seed)));
    }),
  );
}

/** The parts of one fold with one seed: what their networks say. */
interface OfFold {
  /** Of what each has not learned from, part by part. */
  readonly held: readonly (readonly Prediction[])[];
  /** Of what the fold tests, together. */
  readonly tested: readonly Prediction[];
}

function foldsOf(rows: readonly Prediction[], { plan, units }: Validation, { parts }: CombinationSettings): OfFold[] {
  const folds = [...new Set(units.map(({ unit }) => unit.fold))];
  return folds.flatMap((fold) =>
    plan.seeds.map((seed) => {
      const members = listTrainingParts([fold], parts).map(({ name }) =>
        rows.filter((row) => row.fold === name && row.seed === seed),
      );
      const of = (part: Prediction["part"]) =>
        members.map((own) => own.flatMap((row) => (row.part === part ? [{ ...row, fold }] : [])));
      return { held: of("validation"), tested: meanPredictions(of("test")) };
    }),
  );
}

function overParts(
  rows: readonly Prediction[],
  validation: Validation,
  combine: CombinationSettings,
  inner: boolean,
): Prediction[] {
  return foldsOf(rows, validation, combine).flatMap(({ held, tested }) => [...tested, ...(inner ? held.flat() : [])]);
}

function withBox(
  rows: readonly Prediction[],
  validation: Validation,
  combine: CombinationSettings,
  boxes: ReadonlyMap<string, readonly number[]>,
  inner: boolean,
): Prediction[] {
  return foldsOf(rows, validation, combine).flatMap(({ held, tested }) => {
    const others = (part: number) => held.filter((_, index) => index !== part).flat();
    return [
      ...fuseWithBox(held.flat(), tested, boxes),
      ...(inner ? held.flatMap((own, part) => fuseWithBox(others(part), own, boxes)) : []),
    ];
  });
}
