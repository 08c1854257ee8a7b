import { needsParts } from "./combination";
import { estimateWork, type StudyImages } from "./estimate-work";
import { countFound } from "./planned-units";
import { checkStudySettings, type StudySettings } from "./study-settings";
import { countRecipes } from "./tried-recipes";

/**
 * Says what the options of a study that are off by default add to it, before anything is trained.
 *
 * @returns One sentence an option that is on; none where all are off.
 */
export function tellCosts(settings: StudySettings, images: StudyImages): string[] {
  const { tuning, combine, innerFolds, seeds, folds, controls, handCrafted, ownModels } = checkStudySettings(settings);
  const networks = countFound(settings) + controls + handCrafted.length + ownModels.length;
  const count = folds?.length ?? images.folds;
  const sumOf = ({ found, handCrafted: crafted }: ReturnType<typeof estimateWork>) => found + crafted;
  const more = (without: Partial<StudySettings>) => {
    const [all, rest] = [settings, { ...settings, ...without }].map((one) => sumOf(estimateWork(one, images)));
    return `about ${(all! / rest!).toPrecision(2)} times the computing of the study without it`;
  };
  const sentences: string[] = [];
  if (tuning !== null) {
    const recipes = countRecipes(tuning);
    const trials = recipes * networks * (tuning.judgedOn === "fold 1" ? 1 : count);
    sentences.push(
      `Each of ${networks} networks is tried with the same ${recipes} recipes on the validation images of ${tuning.judgedOn === "fold 1" ? "fold 1" : "each fold"} before it is trained: ${trials} trainings more, ${more({ tuning: null })} (setting tuning).`,
    );
  }
  if (innerFolds !== null) {
    const trained = innerFolds * networks * count * seeds.length;
    const cost = needsParts(combine)
      ? "no training more than combine takes"
      : `${trained} trainings more, ${more({ innerFolds: null })}`;
    sentences.push(
      `Thresholds are chosen on ${innerFolds} inner folds of every training part, on each of which ${networks} networks are trained too: ${cost} (setting innerFolds).`,
    );
  }
  if (combine !== null) {
    const trained = needsParts(combine) ? networks * count * seeds.length * combine.parts : 0;
    const cost =
      trained === 0
        ? "no training more"
        : `${trained} trainings more, on the parts of training parts, ${more({ combine: null, innerFolds: null })}`;
    const kinds = [
      ...(combine.seeds ? [`over ${seeds.length} seeds`] : []),
      ...(combine.folds ? [`over ${combine.parts} parts of the training part`] : []),
      ...(combine.box ? ["with the lesion's box"] : []),
    ];
    sentences.push(`Each of ${networks} networks also predicts ${kinds.join(", and ")}: ${cost} (setting combine).`);
  }
  if (ownModels.length > 0) {
    sentences.push(
      `${ownModels.map(({ name }) => name).join(", ")}: run by TensorFlow.js layer by layer, which is slower than the kernels of other networks (setting ownModels).`,
    );
  }
  return sentences;
}
