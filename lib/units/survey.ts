import { join } from "node:path";

import { readJournal } from "./journal";
import { isBegun, isSealed, obstacleTo, readFailure } from "./unit-folder";
import type { Timed } from "./tally";
import type { Unit } from "./unit";

/** What is known of the units of a folder, kept up by the journal and, now and then, by a look at each that is not done. */
export interface Survey {
  /** Whether a unit is done. */
  isDone(name: string): boolean;
  /** Whether one that is not done has begun. */
  isBegun(name: string): boolean;
  /** Reads why a unit failed; null where it did not. */
  failureOf(name: string): ReturnType<typeof readFailure>;
  /** Says what keeps a unit out of its folder; null where nothing does. */
  obstacleTo(name: string): string | null;
  /** What the journal knows of those that are done. */
  readonly timed: readonly Timed[];
  /** Looks what is new. */
  update(): void;
}

/** After so many updates each folder that is not done is looked at: the journal may have missed one. */
const updatesBetweenLooks = 15;

/**
 * Surveys the units of a folder.
 *
 * @param folder The folder of the whole.
 * @param journal The folder with the journal.
 */
export function surveyUnits(folder: string, journal: string, units: readonly Unit[]): Survey {
  const folderOf = (name: string) => join(folder, ...name.split("/"));
  const costs = new Map(units.map(({ name, cost }) => [name, cost]));
  const open = new Set(costs.keys());
  const begun = new Set<string>();
  const timed: Timed[] = [];
  const lines = readJournal(journal);
  let updates = 0;
  const look = (names: Iterable<string>) => {
    for (const name of names) {
      if (!open.has(name)) continue;
      if (isSealed(folderOf(name))) open.delete(name);
      else if (!begun.has(name) && isBegun(folderOf(name))) begun.add(name);
    }
  };
  return {
    timed,
    isDone: (name) => !open.has(name),
    isBegun(name) {
      if (!begun.has(name) && isBegun(folderOf(name))) begun.add(name);
      return begun.has(name);
    },
    failureOf: (name) => readFailure(folderOf(name)),
    obstacleTo: (name) => obstacleTo(folderOf(name)),
    update() {
      const told = lines.next();
      for (const { unit, seconds } of told) if (costs.has(unit)) timed.push({ cost: costs.get(unit)!, seconds });
      look(told.map(({ unit }) => unit));
      if (updates++ % updatesBetweenLooks === 0) look([...open]);
    },
  };
}
