import { costsOfUnits } from "../../../lib/study/estimate-work";
import type { PlannedStudy } from "../../../lib/study/steps/step";
import type { StudySettings } from "../../../lib/study/study-settings";
import { smokeStudy } from "../helpers";

/** The smoke study as its units are listed from, in a folder, perhaps with other settings; each part has threads of its own. */
export async function plannedSmoke(
  folder: string,
  change: (settings: StudySettings) => StudySettings = (settings) => settings,
): Promise<PlannedStudy> {
  const study = await smokeStudy(folder);
  const settings = change(study.settings);
  return {
    ...study,
    settings,
    costs: costsOfUnits(settings, { images: study.records.length, folds: study.split.folds.length }),
    threadsOf: (part) => (part === "search" ? 1 : part === "found" ? 2 : 3),
  };
}
