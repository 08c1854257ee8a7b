import type { TableCell } from "../display/table";
import { readCost } from "./unit-cost";
import { readUnitState, type UnitState } from "./unit-state";
import type { Unit } from "./units";
import { join } from "node:path";

/** A unit and how far it is. */
export interface UnitReport {
  readonly unit: Unit;
  readonly state: UnitState;
  /** Seconds that its training has taken; null where it is not done. */
  readonly seconds: number | null;
}

/**
 * Looks how far units are.
 *
 * @returns One report a unit, in their order.
 */
export function reportUnits(planFolder: string, units: readonly Unit[]): UnitReport[] {
  return units.map((unit) => {
    const state = readUnitState(planFolder, unit);
    const cost = state.state === "done" ? readCost(join(planFolder, unit.folder)) : null;
    return { unit, state, seconds: cost?.trainingSeconds ?? null };
  });
}

/**
 * Writes reports as a table. Validation numbers stand in it, by which settings may be chosen; what is tested does not.
 *
 * @returns One row a unit: number, model, fold, seed, state, accuracy and AUC on validation, epochs, seconds.
 */
export function tableOfUnits(reports: readonly UnitReport[]): Record<string, TableCell>[] {
  return reports.map(({ unit, state, seconds }) => {
    const result = state.state === "done" ? state.result : null;
    return {
      unit: unit.number,
      model: unit.model,
      fold: unit.fold,
      seed: unit.seed,
      state: state.state,
      "validation accuracy": result?.validationAccuracy ?? null,
      "validation AUC": result?.validationArea ?? null,
      epochs: result?.epochs ?? null,
      seconds: seconds === null ? null : Math.round(seconds),
    };
  });
}
