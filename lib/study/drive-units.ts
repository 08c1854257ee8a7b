import { join } from "node:path";

import { openTable } from "../display/changing-table";
import { describeMachine, systemClock } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { listenForStop } from "../runs/stop";
import { runUnits, type UndoneUnit } from "../units/run-units";
import { secondsLeft, tallyOf, tellTally, type Standing, type Timed } from "../units/tally";
import { isBegun, isSealed } from "../units/unit-folder";
import { startUnit, type UnitMessage } from "../units/unit-process";
import { unitsToDo, withNeeds, type Unit } from "../units/unit";
import type { Study } from "./open-study";
import { planUnits } from "./plan-units";

/** What shows how far units are. */
export interface UnitsWatch {
  /** Shows how far a unit is. */
  progress(unit: Unit, message: Extract<UnitMessage, { kind: "progress" }>): void;
}

/** How units of a study are driven on this machine. */
export interface DriveOptions {
  /** Processes at a time, from 1; default: the study's. */
  readonly workers?: number;
  /** Told how far each is, beside the table that changes in place. */
  readonly watch?: UnitsWatch;
}

/** The process of a unit. */
export const unitEntry = join(__dirname, "unit-main");

/**
 * Does units of a study on this machine, each in a process of its own, with all that they need. What is done is not done again, by
 * whomever it was done; what was begun goes on.
 *
 * @param wanted Says which.
 * @throws {Problem} Where a unit failed: the others are done, and why is told.
 * @throws {Interrupted} Where the cell is interrupted or the process asked to end; all is saved, and the same call goes on.
 */
export async function driveUnits(
  study: Study,
  wanted: (unit: Unit) => boolean,
  { workers = study.settings.workers, watch }: DriveOptions = {},
): Promise<void> {
  const stop = listenForStop();
  try {
    const plan = planUnits(study);
    const folderOf = ({ name }: Pick<Unit, "name">) => study.path(...name.split("/"));
    const chosen = withNeeds(plan.units, wanted);
    const open = unitsToDo(chosen, (unit) => isSealed(folderOf(unit)));
    if (open.length === 0) return;
    stop.check();
    const table = startTable(chosen, open, workers, folderOf);
    const look = setInterval(table.show, 1_000);
    const undone = await runUnits({
      ...{ units: open, workers, folderOf, processors: describeMachine().processors },
      stopped: () => stop.requested !== null,
      start(unit) {
        table.begin(unit);
        return startUnit({
          ...{ entry: unitEntry, parameters: [study.path(), unit.name], threads: unit.threads },
          onProgress(message) {
            table.note(unit, message.note);
            watch?.progress(unit, message);
          },
        });
      },
      onEnd(unit, end) {
        table.end(unit, end.kind);
      },
    }).finally(() => {
      clearInterval(look);
      table.show();
    });
    stop.check();
    if (undone.length > 0) throw describeUndone(undone);
  } finally {
    stop.end();
  }
}

function startTable(
  chosen: readonly Unit[],
  open: readonly Unit[],
  workers: number,
  folderOf: (unit: Pick<Unit, "name">) => string,
) {
  const standing = new Map<string, Standing>(chosen.map(({ name }) => [name, "done"]));
  for (const unit of open) standing.set(unit.name, isBegun(folderOf(unit)) ? "saved" : "waiting");
  const begun = new Map<string, number>();
  const timed: Timed[] = [];
  const notes = new Map<string, string>();
  const table = openTable();
  const show = () => {
    const counts = new Map<Standing, number>();
    for (const one of standing.values()) counts.set(one, (counts.get(one) ?? 0) + 1);
    const left = secondsLeft(
      timed,
      open.filter(({ name }) => standing.get(name) !== "done"),
      workers,
    );
    const now = [...notes.values()].map((note) => ` | ${note}`).join("");
    table.update(
      tallyOf(chosen, (name) => standing.get(name)!),
      tellTally(counts, chosen.length, left),
      now,
    );
  };
  show();
  return {
    show,
    begin({ name, title }: Unit) {
      standing.set(name, "running");
      begun.set(name, systemClock.seconds());
      notes.set(name, title);
    },
    note({ name, title }: Unit, note: string) {
      notes.set(name, note === "" ? title : `${title}: ${note}`);
    },
    end({ name, cost }: Unit, end: "done" | "saved" | "failed") {
      standing.set(name, end);
      notes.delete(name);
      if (end === "done") timed.push({ cost, seconds: systemClock.seconds() - begun.get(name)! });
    },
  };
}

/** Says what was not done, and why. */
export function describeUndone(undone: readonly UndoneUnit<Unit>[]): Problem {
  const failed = undone.filter(({ waitsFor }) => waitsFor === null);
  const held = undone.length - failed.length;
  const named = failed.slice(0, 5).map(({ unit, message }) => `${unit.title} (${unit.name}): ${message}`);
  const more = failed.length > named.length ? ` And ${failed.length - named.length} more.` : "";
  const behind = held === 0 ? "" : ` ${held} more wait for what failed.`;
  return new Problem(
    `${failed.length} ${failed.length === 1 ? "unit is" : "units are"} not done. ${named.join(" ")}${more}${behind}`,
    "Mend what it says, and run the same again: all that is done stays.",
  );
}
