import { join } from "node:path";

import { readPredictions } from "../evaluate/prediction-file";
import type { PredictionSet } from "../evaluate/predictions";
import { Problem } from "../runtime/problem";
import type { StudyModel } from "./plan";
import { readPlanFolder, type SettledPlan } from "./plan-folder";
import { readCost, type UnitCost } from "./unit-cost";
import { predictionsFile } from "./unit-state";
import { reportUnits, type UnitReport } from "./unit-table";
import { describeUnit, type Unit } from "./units";

/** The cost of a unit. */
export interface CostOfUnit extends UnitCost {
  readonly unit: Unit;
}

/** A model of a plan, and what it says. */
export interface ValidatedModel {
  readonly model: StudyModel;
  /** Its predictions of all folds and seeds that are done; none where no unit is, or where test parts stay shut. */
  readonly predictions: PredictionSet;
  /** Its units that are not done. */
  readonly missing: readonly Unit[];
}

/** What came out of a plan. */
export interface Validation {
  readonly plan: SettledPlan;
  /** Its models, in the plan's order. */
  readonly models: readonly ValidatedModel[];
  /** What the units that are done have cost. */
  readonly costs: readonly CostOfUnit[];
  readonly units: readonly UnitReport[];
  /** Which units are not done, in one sentence; null where all are. */
  readonly missing: string | null;
}

/**
 * Reads what came out of a plan. Each file is checked against the hash that its unit sealed it with.
 *
 * @param require Whether units may be missing: `all` refuses, `done` reads what is there. Default: "all".
 * @returns The predictions of each model, with costs and states.
 * @throws {WrongConfiguration} Where the folder has no plan.
 * @throws {Problem} Where units are not done and all are required, or a file is damaged.
 */
export function readValidation(folder: string, require: "all" | "done" = "all"): Validation {
  const { plan, units } = readPlanFolder(folder);
  const reports = reportUnits(folder, units);
  const isDone = new Set(reports.flatMap(({ unit, state }) => (state.state === "done" ? [unit.number] : [])));
  const missing = tellMissing(reports);
  if (missing !== null && require === "all") {
    throw new Problem(missing, 'Run the plan again to do them, or read with "done" what there is.');
  }
  const models = plan.models.map((model): ValidatedModel => {
    const own = units.filter((unit) => unit.model === model.name);
    const rows = own
      .filter(({ number }) => isDone.has(number) && plan.predicts !== "validation")
      .flatMap((unit) => readPredictions(join(folder, unit.folder, predictionsFile), model.name).rows);
    return {
      model,
      predictions: { model: model.name, kind: model.kind, rows },
      missing: own.filter(({ number }) => !isDone.has(number)),
    };
  });
  const costs = units.flatMap((unit) => {
    const cost = isDone.has(unit.number) ? readCost(join(folder, unit.folder)) : null;
    return cost === null ? [] : [{ unit, ...cost }];
  });
  return { plan, models, costs, units: reports, missing };
}

function tellMissing(reports: readonly UnitReport[]): string | null {
  const open = reports.filter(({ state }) => state.state !== "done");
  if (open.length === 0) return null;
  const named = open.slice(0, 5).map(({ unit, state }) => `${describeUnit(unit)} (${state.state})`);
  const more = open.length > named.length ? `; and ${open.length - named.length} more` : "";
  return `${open.length} of ${reports.length} units are not done: ${named.join("; ")}${more}.`;
}
