import { readValidation } from "../../validate/read-validation";
import { folderNameOf } from "../../files/folder-name";
import { evaluateModels } from "../evaluate-models";
import { withInnerFolds } from "../inner-folds";
import { layout, placeOf } from "../layout";
import type { UnitsPart } from "../planned-units";
import { sealIn, type Step } from "./step";
import { validationStep } from "./validation";

const parts = ["found", "handCrafted"] as const;

/** What each model's predictions say, with intervals: minutes a model where there are many patients. */
export const evaluationStep: Step = {
  list: (study) =>
    parts.flatMap((part) => {
      const byModel = new Map<string, string[]>();
      const parts = part === "found" ? "partsFound" : "partsHandCrafted";
      // With inner folds, what their networks say is evaluated too.
      const needed: UnitsPart[] = study.settings.innerFolds == null ? [part] : [part, parts];
      for (const { name, of } of validationStep(needed).list(study)) {
        const model = of.model as string;
        byModel.set(model, [...(byModel.get(model) ?? []), name]);
      }
      return [...byModel].map(([model, needs]) => ({
        ...{ name: `${layout.units.place}/evaluate/${layout[part].place.split("/").at(-1)}-${folderNameOf(model)}` },
        ...{ title: `${model}, evaluation`, needs, threads: study.threadsOf(part), cost: 0, of: { part, model } },
      }));
    }),
  run: (work) =>
    sealIn(work, () => {
      const { part, model } = work.unit.of as { readonly part: (typeof parts)[number]; readonly model: string };
      const { models } = withInnerFolds(work.named, part, readValidation(placeOf(work.named, part), "done"));
      const { predictions } = models.find((one) => one.model.name === model)!;
      evaluateModels(work.named, [predictions]);
      return Promise.resolve({ rows: predictions.rows.length });
    }),
};
