import type { Unit } from "../unit";
import type { Chunk } from "./script";

/** Where a unit is in the queue: the array of its job, and its place in that. */
export interface Place {
  /** The job, or what stands for it in a script. */
  readonly job: string;
  /** From 1. */
  readonly index: number;
  /** How many the array has. */
  readonly size: number;
}

/** More places of one array than this are not listed: the whole of it is waited for. */
const mostListed = 40;

/** More chunks than this that could begin at the same time are joined: each is an array, which takes its time to submit and to schedule. */
const mostApart = 100;

interface Group {
  readonly needs: readonly string[];
  readonly threads: number;
  readonly names: readonly string[];
}

/**
 * Divides units into chunks of those that wait for the same with the same threads. Where these are many, as of a thousand searches each
 * with its own derivation, neighbours are joined, and wait for all that one of them needs.
 *
 * @param units Those that are to be submitted, each after all that it needs.
 * @param queued Those that are in the queue already; what a unit needs besides these is done.
 * @param most The most that an array of the cluster has.
 * @param first The number of the first chunk.
 * @returns The chunks, each after those that it waits for.
 */
export function chunksOf(
  units: readonly Pick<Unit, "name" | "needs" | "threads">[],
  queued: ReadonlySet<string>,
  most: number,
  first: number,
): (Chunk & { readonly needs: readonly string[] })[] {
  const pending = new Set(units.map(({ name }) => name));
  const groups = new Map<string, { needs: readonly string[]; threads: number; names: string[] }>();
  for (const { name, needs, threads } of units) {
    const open = needs.filter((need) => pending.has(need) || queued.has(need));
    const key = `${threads} ${[...open].sort().join(" ")}`;
    const group = groups.get(key) ?? { needs: open, threads, names: [] };
    groups.set(key, group);
    group.names.push(name);
  }
  const chunks: (Chunk & { readonly needs: readonly string[] })[] = [];
  const there = new Set(queued);
  let open = [...groups.values()];
  while (open.length > 0) {
    const ready = open.filter(({ needs }) => needs.every((need) => there.has(need)));
    for (const { needs, threads, names } of ready.length > mostApart ? joined(ready) : ready) {
      for (let start = 0; start < names.length; start += most)
        chunks.push({ number: first + chunks.length, units: names.slice(start, start + most), threads, needs });
      for (const name of names) there.add(name);
    }
    if (ready.length === 0) break;
    const begun = new Set(ready);
    open = open.filter((group) => !begun.has(group));
  }
  return chunks;
}

// As many as wait for what can still be listed.
function joined(groups: readonly Group[]): Group[] {
  interface Joined {
    readonly threads: number;
    readonly names: string[];
    readonly needs: Set<string>;
  }
  const all: Joined[] = [];
  const last = new Map<number, Joined>();
  for (const { needs, threads, names } of groups) {
    let one = last.get(threads);
    if (one === undefined || one.needs.size + needs.length > mostListed) {
      one = { threads, names: [], needs: new Set() };
      last.set(threads, one);
      all.push(one);
    }
    one.names.push(...names);
    for (const need of needs) one.needs.add(need);
  }
  return all.map((one) => ({ ...one, needs: [...one.needs] }));
}

/**
 * Writes what a chunk waits for as sbatch takes it: until these have ended, however that was, as one that failed must not hold what
 * does not need it. Each unit looks itself whether what it needs is done.
 *
 * @returns "afterany:12_3:14"; null where there is nothing to wait for.
 */
export function dependencyOf(needs: readonly string[], placeOf: ReadonlyMap<string, Place>): string | null {
  const jobs = new Map<string, { places: number[]; size: number }>();
  for (const name of needs) {
    const place = placeOf.get(name);
    if (place === undefined) continue;
    const job = jobs.get(place.job) ?? { places: [], size: place.size };
    jobs.set(place.job, job);
    job.places.push(place.index);
  }
  if (jobs.size === 0) return null;
  const parts = [...jobs].flatMap(([job, { places, size }]) =>
    places.length === size || places.length > mostListed ? [job] : places.map((index) => `${job}_${index}`),
  );
  return `afterany:${parts.join(":")}`;
}
