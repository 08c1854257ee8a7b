import { withoutValidation } from "../data/split/without-validation";
import { checkSearch } from "../search/search-options";
import type { GivenPlan, StudyModel } from "../validate/plan";
import { preparationOf } from "./choose-images";
import { namesOfFurther } from "./layout";
import type { Study } from "./open-study";
import { outlinesOf } from "./study-images";
import { imageDefaults } from "./study-settings";
import type { Winner } from "./winner";

/** Plans the cross-validation of a study's found network, of those found within further budgets, and of the random architectures beside them, for `runPlan`. */
export function foundPlan(study: Study, { winner, further = [], controls }: Winner): GivenPlan {
  const names = namesOfFurther(study);
  const settings = study.settings.network ?? checkSearch(study.settings.search.options).network;
  const model = (name: string, kind: StudyModel["kind"], { architecture }: Winner["winner"]): StudyModel => ({
    name,
    kind,
    network: { kind: "found", architecture, settings },
  });
  return planOf(study, [
    model(study.found.name, "found", winner),
    ...further.map((one, index) => model(names[index]!, "found", one)),
    ...controls.map((control, index) => model(`random ${index + 1}`, "control", control)),
  ]);
}

/** Plans the same of a study's hand-crafted networks and of the models of one's own, on the same images and folds, with the same training. */
export function handCraftedPlan(study: Study): GivenPlan {
  const { handCrafted, ownModels = [] } = study.settings;
  return planOf(study, [
    ...handCrafted.map((name) => ({ name, kind: "hand-crafted", network: { kind: "hand-crafted", name } }) as const),
    ...ownModels.map(
      ({ name, ...layers }) => ({ name, kind: "own", network: { kind: "layers model", ...layers } }) as const,
    ),
  ]);
}

function planOf(study: Study, models: readonly StudyModel[]): GivenPlan {
  const { settings, dataset, records, split } = study;
  const { folds, seeds, training, sample, onContradiction } = settings;
  const { onError, onShared, normal } = { ...imageDefaults, ...settings };
  const outlines = outlinesOf(settings);
  // What is as ever is not said, so that plans of earlier versions go on.
  const more = {
    ...(onError === "stop" ? {} : { onError }),
    ...(onShared === "stop" ? {} : { onShared }),
    ...(study.withoutLesion === 0 ? {} : { withoutLesion: "leave-out" as const }),
    ...(outlines === null ? {} : { outlines }),
  };
  return {
    dataset,
    records: { sample: study.sample === null ? null : sample, onContradiction, normal, ...more },
    preparation: preparationOf(settings, records),
    split: settings.learnFromValidation ? withoutValidation(split) : split,
    folds,
    seeds,
    models,
    training,
  };
}
