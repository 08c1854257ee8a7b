import { estimateWork, type StudyImages } from "./estimate-work";
import { checkStudySettings, type StudySettings } from "./study-settings";
import { countRecipes } from "./tried-recipes";

/**
 * Says what the options of a study that are off by default add to it, before anything is trained.
 *
 * @returns One sentence an option that is on; none where all are off.
 */
export function tellCosts(settings: StudySettings, images: StudyImages): string[] {
  const { tuning, folds, controls, handCrafted } = checkStudySettings(settings);
  const networks = 1 + controls + handCrafted.length;
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
  return sentences;
}
