import type { TableCell } from "../display/table";
import type { TunedModel } from "./tune-networks";
import { describeRecipe } from "./tried-recipes";

/** A model, and how it was tuned. */
interface Tuned {
  readonly tuned?: TunedModel | null;
}

/**
 * Lists what networks were tried with before they were trained.
 *
 * @param models The study's models; those that were not tuned are left out.
 * @returns One row a model, fold and recipe: the score on the fold's validation images, and whether it was chosen; none where the study
 *   does not tune.
 */
export function tuningTable(models: readonly Tuned[]): Record<string, TableCell>[] {
  return models.flatMap(({ tuned }) =>
    (tuned?.folds ?? []).flatMap(({ fold, judged, chosen }) =>
      judged.map(({ recipe, score }) => ({
        ...{ model: tuned!.model, fold, recipe: describeRecipe(recipe) },
        validation: Number.isFinite(score) ? score : null,
        chosen: recipe === chosen ? "chosen" : null,
      })),
    ),
  );
}
