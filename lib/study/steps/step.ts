import { openRun } from "../../runs/open-run";
import type { Json } from "../../runs/state";
import type { TellProgress } from "../../units/serve-unit";
import type { Unit } from "../../units/unit";
import type { UnitCosts } from "../estimate-work";
import type { NamedStudy } from "../name-study";
import type { Study } from "../open-study";
import type { UnitsPart } from "../planned-units";

/** What a study's units are derived from: its settings and its folds, and nothing that was computed. */
export interface PlannedStudy extends Pick<NamedStudy, "name" | "path" | "found" | "settings"> {
  readonly split: Study["split"];
  readonly costs: UnitCosts;
  /** The threads of each process, but for a part that was begun with others. */
  threadsOf(part: UnitsPart | "search"): number;
}

/** What a unit is done with. */
export interface UnitWork {
  /** The study, of whose images nothing was read yet. */
  readonly named: NamedStudy;
  /** Opens it: its images come from the cache, which was filled when the units were planned. */
  readonly open: () => Promise<Study>;
  readonly unit: Unit;
  /** The unit's own folder. */
  readonly folder: string;
  readonly tell: TellProgress;
}

/** A unit as its step lists it: its kind is the name under which the step stands in the table. */
export type StepUnit = Omit<Unit, "kind">;

/** A step of a study: which units it has, and how one is done. */
export interface Step {
  /** Lists its units; they may need those of other steps, by their names. */
  list(study: PlannedStudy): StepUnit[];
  /**
   * Does one, so that its folder holds a sealed outcome in the end. What was begun before goes on.
   *
   * @throws {Interrupted} Where it is asked to stop; all is saved.
   */
  run(work: UnitWork): Promise<unknown>;
}

/**
 * Does a unit whose results lie elsewhere, and seals in its own folder that they are there. One process at a time does it.
 *
 * @param work Gives what is kept: plain data, equal for equal results.
 */
export async function sealIn({ folder, unit }: UnitWork, work: () => Promise<Json>): Promise<void> {
  const run = openRun(folder, { kind: unit.kind, configuration: unit.of, inputs: {} });
  try {
    if (!run.finished) run.finish(await work());
  } finally {
    run.close();
  }
}
