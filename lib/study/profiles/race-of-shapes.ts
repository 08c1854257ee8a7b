import type { TrainingOptions } from "../../train/training-options";
import type { StudySettings } from "../study-settings";

/**
 * The search that the search benchmark leaves as the default: a random race of networks of the space `shape` within a budget. Nothing was
 * shown to be better at the same cost, neither shared weights with or without a controller nor a predictor
 * (`results/search-benchmark`, "What came out"); other strategies are a setting away, `search.trials.strategy`.
 *
 * @param multiplyAdds The least and the most multiply-adds of a network for one image of the study.
 * @param trainings How many trainings a search may use, not processor seconds: its outcome is the same on every machine.
 * @param training How a candidate is trained.
 */
export function raceOfShapes(
  multiplyAdds: [number, number],
  trainings: number,
  training: Partial<Omit<TrainingOptions, "seed">>,
): Pick<StudySettings["search"], "options" | "trials"> {
  return {
    options: { space: { kind: "shape" }, network: { dropout: 0.3 } },
    trials: { strategy: "random-race", budget: { multiplyAdds }, limit: { trainings }, training },
  };
}
