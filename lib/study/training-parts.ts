import { boxGeometryOf } from "../data/audit/shortcut-features";
import { findSimilar, groupSimilar } from "../data/inspect/duplicates";
import { assignGroups } from "../data/split/assign-groups";
import { groupRecords } from "../data/split/groups";
import type { Fold } from "../data/split/split";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { isSplit, type GivenPlan, type StudyModel } from "../validate/plan";
import { namesOfTested } from "../train/test-door";
import type { Study } from "./open-study";

/** A part of a fold's training part that is held back, as a fold of its own. */
export interface TrainingPart {
  /** The fold of the study. */
  readonly fold: string;
  /** The part's own name: "fold 1, part 2". */
  readonly name: string;
}

/**
 * Names the parts of the training parts of a study.
 *
 * @param folds The names of its folds.
 * @returns The parts, fold by fold.
 */
export function listTrainingParts(folds: readonly string[], parts: number): TrainingPart[] {
  return folds.flatMap((fold) =>
    Array.from({ length: parts }, (_, index) => ({ fold, name: `${fold}, part ${index + 1}` })),
  );
}

/**
 * Plans what is trained for networks that predict together: each network of a plan once more for each part of its fold's training part,
 * from all parts but that one. The part is held back, to be predicted by a network that has not seen it; the test part is that of
 * the fold, which none of them has seen. Patients and near duplicates stay in one part.
 *
 * @param plan The plan of the cross-validation, whose networks and trainings are taken.
 * @param parts How many, from 2.
 * @throws {Problem} Where a class has fewer patients in a training part than there are parts.
 */
export function planTrainingParts(
  study: Pick<Study, "records" | "inspections">,
  plan: GivenPlan,
  parts: number,
): GivenPlan {
  const { split } = plan;
  if (split === undefined || !isSplit(split)) throw new Error("A study's plan has its folds.");
  const { folds, ...others } = split;
  const used = plan.folds == null ? folds : plan.folds.map((number) => folds[number - 1]!);
  const nearDuplicates = groupSimilar(findSimilar(study.inspections), study.records).map(({ images }) => images);
  const random = createRandom(others.seed ?? 1).split("parts of the training part");
  const divided = used.flatMap((fold): Fold[] => {
    const learned = new Set(fold.train);
    const names = listTrainingParts([fold.name], parts);
    const groups = assignGroups(
      groupRecords(
        study.records.filter(({ id }) => learned.has(id)),
        nearDuplicates,
      ),
      names.map(({ name }) => ({ name, share: 1 / parts })),
      random.split(fold.name),
    );
    return names.map(({ name }, place) => {
      const held = new Set(groups[place]!.flatMap(({ ids }) => ids));
      const [train, validation] = [false, true].map((isHeld) => fold.train.filter((id) => held.has(id) === isHeld));
      return { name, train: train!, validation: validation!, test: [...namesOfTested(fold)] };
    });
  });
  const parted = listTrainingParts(
    used.map(({ name }) => name),
    parts,
  );
  const ofParts = <Own>(ofFold: Readonly<Record<string, Own>> | undefined) =>
    Object.fromEntries(
      parted.flatMap(({ fold, name }) =>
        ofFold !== undefined && Object.hasOwn(ofFold, fold) ? [[name, ofFold[fold]!]] : [],
      ),
    );
  return {
    ...plan,
    split: { ...others, name: `${others.name}, training parts in ${parts}`, kind: "nested", folds: divided },
    folds: null,
    models: plan.models.map((model): StudyModel => ({
      ...model,
      networkOfFold: ofParts(model.networkOfFold),
      trainingOfFold: ofParts(model.trainingOfFold),
    })),
  };
}

/**
 * Gives the box of each image of a study: width, height, area and aspect ratio, as the baseline of the box has them.
 *
 * @throws {Problem} Where one has neither a box nor a mask; it is named.
 */
export function requireBoxes({
  records,
  inspections,
}: Pick<Study, "records" | "inspections">): ReadonlyMap<string, number[]> {
  return new Map(
    records.map((record, index) => {
      const { seen } = inspections[index]!;
      const geometry = seen === null ? null : boxGeometryOf({ record, seen });
      if (geometry !== null) return [record.id, geometry];
      throw new Problem(
        `The study has combine.box, and the image "${record.id}" has neither a box nor a mask of its lesion.`,
        "Give boxes or masks for all images, or combine.box false.",
      );
    }),
  );
}
