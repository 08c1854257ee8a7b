import { makePlanFolder, readPlanFolder } from "../../validate/plan-folder";
import { runUnit } from "../../validate/run-unit";
import { describeUnit, listUnits } from "../../validate/units";
import { watchToTell } from "../../validate/worker";
import { WrongConfiguration } from "../../runs/exit-codes";
import { countParts } from "../combination";
import { layout, namesOfFurther, placeOf } from "../layout";
import { partsOfNetworks, planOfPart } from "../part-plans";
import { partsOf, type UnitsPart } from "../planned-units";
import { checkStudySettings } from "../study-settings";
import { listTrainingParts } from "../training-parts";
import { listRecipes } from "../tried-recipes";
import { judgedFolds, nameOfTrial, type NetworksPart } from "../tune-networks";
import { sealIn, type PlannedStudy, type Step, type StepUnit } from "./step";
import { winnerName } from "./winner";

/** The name of the unit that plans a part, once all is there that the plan depends on. */
const planName = (part: UnitsPart) => `${layout.units.place}/plan/${layout[part].place.replace("/", "-")}`;

const networksOf = (part: UnitsPart): NetworksPart => (partsOfNetworks.found.includes(part) ? "found" : "handCrafted");

/** The plan of each part: which networks are trained on what is known once there is a winner, and recipes are chosen. */
export const planStep: Step = {
  list: (study) =>
    partsThere(study).map((part) => ({
      ...{ name: planName(part), title: `plan of ${layout[part].place}`, of: { part } },
      ...{ needs: planNeeds(study, part), threads: study.threadsOf(part), cost: 0 },
    })),
  run: (work) =>
    sealIn(work, async () => {
      const study = await work.open();
      const part = work.unit.of.part as UnitsPart;
      const plan = { ...planOfPart(study, part), threads: work.unit.threads };
      const { units } = await makePlanFolder(placeOf(study, part), plan, 1);
      return { units: units.length };
    }),
};

function planNeeds(study: PlannedStudy, part: UnitsPart): string[] {
  const networks = networksOf(part);
  const winner = networks === "found" ? [winnerName] : [];
  const tuned = networks === "found" ? "tunedFound" : "tunedHandCrafted";
  const trials = part === tuned || !partsThere(study).includes(tuned) ? [] : unitsOf(study, tuned);
  return [...winner, ...trials.map(({ name }) => name)];
}

/** Every model on every fold with every seed, also those that are tried with recipes, or trained on parts of a training part. */
export function validationStep(parts: readonly UnitsPart[]): Step {
  return {
    list: (study) => partsThere(study).flatMap((part) => (parts.includes(part) ? unitsOf(study, part) : [])),
    async run({ named, unit, folder, tell }) {
      const part = unit.of.part as UnitsPart;
      const plan = readPlanFolder(placeOf(named, part));
      const planned = plan.units.find((one) => placeOf(named, part, ...one.folder.split("/")) === folder);
      if (planned === undefined) {
        throw new WrongConfiguration(
          `The plan in ${plan.folder} has no unit ${unit.name}.`,
          "It was made by other settings: move that folder away, and plan the units again.",
        );
      }
      await runUnit(plan.folder, planned.number, watchToTell(tell));
    },
  };
}

function partsThere({ settings }: Pick<PlannedStudy, "settings">): UnitsPart[] {
  return partsOf(settings).flatMap(({ part, units }) => (units === 0 ? [] : [part]));
}

/** Lists the units of a part, as its plan will have them. */
function unitsOf(study: PlannedStudy, part: UnitsPart): StepUnit[] {
  const { split, costs } = study;
  const { folds, seeds, tuning } = checkStudySettings(study.settings);
  const models = modelsOf(study, networksOf(part));
  const recipes = tuning === null ? [] : listRecipes(tuning);
  const kinds = {
    plain: { plan: { folds, seeds, models }, folds: split.folds, passes: costs.unitPasses },
    tuned: {
      plan: {
        folds: tuning === null ? folds : judgedFolds(study, tuning, folds),
        seeds: seeds.slice(0, 1),
        models: models.flatMap((model) =>
          recipes.map((_, index) => ({ ...model, name: nameOfTrial(model.name, index) })),
        ),
      },
      ...{ folds: split.folds, passes: costs.trialPasses },
    },
    parts: {
      plan: { folds: null, seeds, models },
      folds: listTrainingParts(
        (folds ?? split.folds.map((_, index) => index + 1)).map((number) => split.folds[number - 1]!.name),
        countParts(study.settings),
      ),
      passes: costs.partPasses,
    },
  };
  const {
    plan,
    passes,
    folds: there,
  } = kinds[part.startsWith("tuned") ? "tuned" : part.startsWith("parts") ? "parts" : "plain"];
  const byName = new Map(plan.models.map((model) => [model.name, model.multiplyAdds]));
  // As the plan itself lists them, so that their folders are the same.
  return listUnits(plan, { name: split.name, folds: there }).map((unit) => ({
    ...{ name: `${layout[part].place}/${unit.folder}`, title: describeUnit(unit), needs: [planName(part)] },
    ...{ threads: study.threadsOf(part), cost: byName.get(unit.model)! * passes },
    of: { part, model: unit.model, fold: unit.fold, seed: unit.seed },
  }));
}

function modelsOf({ settings, found, costs }: PlannedStudy, networks: NetworksPart) {
  if (networks === "handCrafted") {
    // What a model of one's own costs is known once its files are read: as much as a network of the search, for now.
    const own = (settings.ownModels ?? []).map(({ name }) => ({ name, multiplyAdds: costs.found }));
    return [...settings.handCrafted.map((name, index) => ({ name, multiplyAdds: costs.handCrafted[index]! })), ...own];
  }
  const { search, control, controls } = checkStudySettings(settings);
  const count = Math.min(controls, search.seeds.length * control.count);
  const names = [
    found.name,
    ...namesOfFurther({ settings }),
    ...Array.from({ length: count }, (_, index) => `random ${index + 1}`),
  ];
  return names.map((name) => ({ name, multiplyAdds: costs.found }));
}
