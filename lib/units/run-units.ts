import { noteFailure } from "./unit-folder";
import type { UnitEnd, UnitProcess } from "./unit-process";
import { inOrder, urgencyOf, type Unit } from "./unit";

/** What a unit is to a pool. */
type Pooled = Pick<Unit, "name" | "needs" | "cost" | "threads">;

/** How units are run by processes of this machine. */
export interface RunUnits<Each extends Pooled> {
  /** Those that are to be run; what else they need is done. */
  readonly units: readonly Each[];
  /** How many processes there are at most, from 1. */
  readonly workers: number;
  /** How many processors they have together: their threads are never more, unless one process alone has more. */
  readonly processors: number;
  /** Gives the folder of a unit, in which a failure is kept. */
  readonly folderOf: (unit: Each) => string;
  readonly start: (unit: Each) => UnitProcess;
  /** Whether the whole was asked to stop: units save then, and no more are begun. */
  readonly stopped: () => boolean;
  /** Told how each ended. */
  readonly onEnd: (unit: Each, end: UnitEnd) => void;
}

/** A unit that was not done. */
export interface UndoneUnit<Each> {
  readonly unit: Each;
  readonly message: string;
  /** Whether trying again cannot help. */
  readonly wrongConfiguration: boolean;
  /** Whether nothing is wrong, and another process has the unit. */
  readonly inUse: boolean;
  /** The unit that it waits for, which was not done; null where it failed itself. */
  readonly waitsFor: string | null;
}

/** How often is looked whether the whole was asked to stop, in milliseconds. */
const lookInterval = 50;

/**
 * Runs units by processes of this machine, each after all that it needs; of those that could be begun, first what the longest work
 * waits for. A unit that fails does not stop the others: what depends on it is not begun, and told.
 *
 * @returns The units that failed, and those that wait for them; none of those that saved because all was asked to stop.
 * @throws {Problem} Where the units are no graph.
 */
export async function runUnits<Each extends Pooled>(run: RunUnits<Each>): Promise<UndoneUnit<Each>[]> {
  const { units, workers, processors, folderOf, start, stopped, onEnd } = run;
  const pool = startPool(units);
  const undone: UndoneUnit<Each>[] = [];
  const running = new Map<Each, { readonly process: UnitProcess; readonly ended: Promise<Each> }>();
  const used = () => [...running.keys()].reduce((sum, { threads }) => sum + threads, 0);
  const begin = (unit: Each) => {
    const process = start(unit);
    const ended = process.ended.then((end) => {
      if (end.kind === "done") pool.finish(unit);
      else if (end.kind === "failed") {
        const { message, wrongConfiguration, inUse } = end;
        undone.push({ unit, message, wrongConfiguration, inUse, waitsFor: null });
        // What a process says itself it has kept where it belongs.
        if (!end.told) noteFailure(folderOf(unit), message);
      }
      onEnd(unit, end);
      return unit;
    });
    running.set(unit, { process, ended });
  };
  const look = setInterval(() => {
    if (!stopped()) return;
    clearInterval(look);
    for (const { process } of running.values()) process.stop();
  }, lookInterval);
  try {
    for (;;) {
      while (!stopped() && running.size < workers) {
        const free = running.size === 0 ? Infinity : processors - used();
        const next = pool.take(free);
        if (next === null) break;
        begin(next);
      }
      if (running.size === 0) break;
      running.delete(await Promise.race([...running.values()].map(({ ended }) => ended)));
    }
  } finally {
    clearInterval(look);
  }
  return stopped() ? undone : [...undone, ...waitingFor(units, undone)];
}

interface Pool<Each> {
  /** Takes the most urgent unit that can be begun and has no more threads than that; null where there is none. */
  take(threads: number): Each | null;
  /** Says that a unit is done: what waited for it alone can be begun. */
  finish(unit: Each): void;
}

function startPool<Each extends Pooled>(units: readonly Each[]): Pool<Each> {
  const names = new Set(units.map(({ name }) => name));
  const urgency = urgencyOf(units.map((unit) => ({ ...unit, needs: unit.needs.filter((name) => names.has(name)) })));
  const missing = new Map(units.map((unit) => [unit, unit.needs.filter((name) => names.has(name)).length]));
  const behind = new Map<string, Each[]>();
  for (const unit of units)
    for (const need of unit.needs) {
      const list = behind.get(need);
      if (list === undefined) behind.set(need, [unit]);
      else list.push(unit);
    }
  // Sorting keeps the order of equals, which is that in which they were listed.
  const sort = (list: Each[]) => list.sort((one, other) => urgency.get(other.name)! - urgency.get(one.name)!);
  const ready = sort(units.filter((unit) => missing.get(unit) === 0));
  return {
    take(threads) {
      const index = ready.findIndex((unit) => unit.threads <= threads);
      return index < 0 ? null : ready.splice(index, 1)[0]!;
    },
    finish({ name }) {
      const freed = (behind.get(name) ?? []).filter((unit) => {
        missing.set(unit, missing.get(unit)! - 1);
        return missing.get(unit) === 0;
      });
      ready.push(...freed);
      if (freed.length > 0) sort(ready);
    },
  };
}

/**
 * Finds the units that cannot be begun, because something that they need was not done.
 *
 * @param undone Those that were not.
 * @returns The units behind them, with the name of the first in the way.
 */
export function waitingFor<Each extends Pick<Unit, "name" | "needs">>(
  units: readonly Each[],
  undone: readonly UndoneUnit<Each>[],
): UndoneUnit<Each>[] {
  const blocked = new Map(undone.map(({ unit }) => [unit.name, unit.name]));
  const names = new Set(units.map(({ name }) => name));
  const within = units.map((unit) => ({ unit, name: unit.name, needs: unit.needs.filter((name) => names.has(name)) }));
  return inOrder(within).flatMap(({ unit, name, needs }) => {
    const cause = needs.map((need) => blocked.get(need)).find((one) => one !== undefined);
    if (cause === undefined || blocked.has(name)) return [];
    blocked.set(name, cause);
    const message = `It waits for ${cause}, which is not done.`;
    return [{ unit, message, wrongConfiguration: false, inUse: false, waitsFor: cause }];
  });
}
