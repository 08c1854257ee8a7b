import { formatDuration } from "../display/progress";
import type { TableCell } from "../display/table";
import type { Unit } from "./unit";

/**
 * How far a unit is, for a table: `waiting`: not begun; `running`: a process works on it; `saved`: begun, and no process works on it;
 * `done`; `failed`; `held`: something that it needs has failed.
 */
export type Standing = "waiting" | "running" | "saved" | "done" | "failed" | "held";

const standings = ["waiting", "running", "saved", "done", "failed", "held"] as const satisfies readonly Standing[];

/**
 * Counts units by their kinds, as rows of a table.
 *
 * @returns A row a kind, in the order of the units, and one for all; what no unit is has no column.
 */
export function tallyOf(
  units: readonly Pick<Unit, "kind" | "name">[],
  standingOf: (name: string) => Standing,
): Record<string, TableCell>[] {
  const empty = () => new Map<Standing, number>();
  const kinds = new Map<string, Map<Standing, number>>();
  const all = empty();
  for (const { kind, name } of units) {
    const row = kinds.get(kind) ?? kinds.set(kind, empty()).get(kind)!;
    const standing = standingOf(name);
    for (const counts of [row, all]) counts.set(standing, (counts.get(standing) ?? 0) + 1);
  }
  const shown = standings.filter((one) => all.has(one) || ["waiting", "running", "done"].includes(one));
  const rowOf = (step: string, counts: ReadonlyMap<Standing, number>) => ({
    step,
    ...Object.fromEntries(shown.map((one) => [one, counts.get(one) ?? null])),
  });
  return [...[...kinds].map(([kind, counts]) => rowOf(kind, counts)), rowOf("all", all)];
}

/** A unit that was done, and how long it took. */
export interface Timed {
  readonly cost: number;
  readonly seconds: number;
}

/**
 * Estimates how long the rest takes, by units that are done: by what they computed, and where nothing is known of that, by their
 * number.
 *
 * @param open What is not done.
 * @param workers How many are worked on at a time, from 1.
 * @returns Seconds; null where nothing is done yet.
 */
export function secondsLeft(
  done: readonly Timed[],
  open: readonly Pick<Unit, "cost">[],
  workers: number,
): number | null {
  if (done.length === 0) return null;
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const seconds = sum(done.map((one) => one.seconds));
  // The least seconds of any are what each takes before it computes.
  const base = done.reduce((least, one) => Math.min(least, one.seconds), Infinity);
  const cost = sum(done.map((one) => one.cost));
  const pace = cost === 0 ? 0 : Math.max(0, seconds - base * done.length) / cost;
  const each = cost === 0 ? seconds / done.length : base;
  const atATime = Math.max(1, Math.min(workers, open.length));
  return (each * open.length + pace * sum(open.map((one) => one.cost))) / atATime;
}

/** Says how far units are, in a line: "12 of 26 done, 2 failed, 3m12s left". */
export function tellTally(counts: ReadonlyMap<Standing, number>, total: number, left: number | null): string {
  const of = (standing: Standing) => counts.get(standing) ?? 0;
  return [
    `${of("done")} of ${total} done`,
    ...(["running", "failed", "held"] as const)
      .filter((standing) => of(standing) > 0)
      .map((standing) => `${of(standing)} ${standing}`),
    ...(left === null || of("done") === total ? [] : [`${formatDuration(left)} left`]),
  ].join(", ");
}
