import * as v from "valibot";

import { listOf, number, pattern, text, wholeNumber } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { parseAs } from "../runs/json";

const unitSchema = v.strictObject({
  /** Its name, which is that of its folder within the folder of the whole: "search/enas-seed-1". */
  name: pattern(/^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/, "the name of a folder"),
  /** Which step it is of: "search". */
  kind: text(),
  /** What it is, for people: "ENAS search, seed 1". */
  title: text(),
  /** The names of the units that must be done before. */
  needs: listOf(text(), { different: true }),
  /** How many threads it computes with, from 1: its results are the same to the bit only at the same number. */
  threads: wholeNumber({ from: 1 }),
  /** What it is expected to compute, in multiply-adds; a backward pass counts as two forward passes. */
  cost: number({ from: 0 }),
  /** What its step makes it of: a seed, a number. */
  of: v.record(v.string(), v.union([v.string(), v.number()])),
});

/**
 * A piece of work that one process does: plain data. All its state is in its folder, and it is done once that holds a sealed
 * outcome. Whoever started it is of no matter.
 *
 * @interface
 */
export type Unit = Readonly<v.InferOutput<typeof unitSchema>>;

/** What the order of units depends on. */
export type Ordered = Pick<Unit, "name" | "needs" | "cost">;

/**
 * Makes sure that units are a graph: each name once, each need among the names, no circle.
 *
 * @returns The units, each after all that it needs, otherwise in their order.
 * @throws {Problem} Where they are none; the unit is named.
 */
export function inOrder<Each extends Pick<Unit, "name" | "needs">>(units: readonly Each[]): Each[] {
  const byName = new Map<string, Each>();
  for (const unit of units) {
    if (byName.has(unit.name)) throw wrongGraph(`The unit ${unit.name} is there twice.`);
    byName.set(unit.name, unit);
  }
  const ordered = new Set<Each>();
  const open = new Set<Each>();
  // With a stack of its own: a chain of units may be longer than the language's.
  for (const first of units) {
    const stack: { readonly unit: Each; next: number }[] = [{ unit: first, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      if (ordered.has(top.unit)) {
        stack.pop();
        continue;
      }
      open.add(top.unit);
      const name = top.unit.needs[top.next++];
      if (name === undefined) {
        ordered.add(top.unit);
        open.delete(top.unit);
        stack.pop();
        continue;
      }
      const needed = byName.get(name);
      if (needed === undefined) throw wrongGraph(`The unit ${top.unit.name} needs ${name}, which is none.`);
      if (open.has(needed)) throw wrongGraph(`The unit ${needed.name} needs itself, through ${top.unit.name}.`);
      stack.push({ unit: needed, next: 0 });
    }
  }
  return [...ordered];
}

/** Finds some units with all that they need, directly or not, in the order in which they are listed. */
export function withNeeds<Each extends Pick<Unit, "name" | "needs">>(
  units: readonly Each[],
  wanted: (unit: Each) => boolean,
): Each[] {
  const names = new Set<string>();
  for (const unit of inOrder(units).reverse()) {
    if (!names.has(unit.name) && !wanted(unit)) continue;
    names.add(unit.name);
    for (const need of unit.needs) names.add(need);
  }
  return units.filter(({ name }) => names.has(name));
}

/**
 * Finds the units that have to be done: those that are not, and that nothing needs or something that has to be done needs. What
 * only led to something that is done already is not done again.
 *
 * @param units The units, in any order.
 * @param isDone Asked once for each at most.
 * @returns Those that have to be done, each after all that it needs.
 */
export function unitsToDo<Each extends Pick<Unit, "name" | "needs">>(
  units: readonly Each[],
  isDone: (unit: Each) => boolean,
): Each[] {
  const ordered = inOrder(units);
  const needed = new Set(ordered.flatMap(({ needs }) => needs));
  const wanted = new Set<string>();
  for (const unit of [...ordered].reverse()) {
    if (needed.has(unit.name) && !wanted.has(unit.name)) continue;
    if (isDone(unit)) wanted.delete(unit.name);
    else {
      wanted.add(unit.name);
      for (const name of unit.needs) wanted.add(name);
    }
  }
  return ordered.filter(({ name }) => wanted.has(name));
}

/**
 * Says how urgent units are: what each computes with the longest way of others behind it. Started in this order, the last is
 * done soonest.
 *
 * @returns Multiply-adds by name.
 */
export function urgencyOf(units: readonly Ordered[]): ReadonlyMap<string, number> {
  const behind = new Map<string, number>();
  const urgency = new Map<string, number>();
  for (const { name, needs, cost } of inOrder(units).reverse()) {
    const own = cost + (behind.get(name) ?? 0);
    urgency.set(name, own);
    for (const need of needs) behind.set(need, Math.max(behind.get(need) ?? 0, own));
  }
  return urgency;
}

/** Writes units as lines of JSON, one a unit. */
export function writeUnits(units: readonly Unit[]): string {
  return units.map((unit) => `${JSON.stringify(unit)}\n`).join("");
}

/**
 * Reads what {@link writeUnits} wrote.
 *
 * @throws {Problem} Where a line is no unit, or the units are no graph.
 */
export function readUnits(lines: string, path: string): Unit[] {
  const units = lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => parseAs(unitSchema, line) ?? refuseLine(path, index + 1, line));
  inOrder(units);
  return units;
}

function refuseLine(path: string, number: number, line: string): never {
  throw new Problem(
    `${path}, line ${number} is no unit: ${line.slice(0, 100)}`,
    "Remove the file, and plan the units again.",
  );
}

const wrongGraph = (what: string) => new Problem(what, "Correct the step that lists it.");
