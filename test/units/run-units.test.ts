import { deepEqual, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { runUnits } from "../../lib/units/run-units";
import { readFailure } from "../../lib/units/unit-folder";
import type { UnitEnd } from "../../lib/units/unit-process";
import { temporaryFolder } from "../helpers/temporary";

interface Task {
  readonly name: string;
  readonly needs: readonly string[];
  readonly cost: number;
  readonly threads: number;
}

const task = (name: string, needs: readonly string[] = [], cost = 1, threads = 1): Task => ({
  ...{ name, needs, cost, threads },
});

describe("runUnits({ units, workers, processors, … })", () => {
  const folder = temporaryFolder();

  /** Runs tasks whose processes are pretended, and keeps what happened: in which order they began, how many threads at a time. */
  async function run(
    units: readonly Task[],
    {
      workers = 1,
      processors = 8,
      ends = {},
      stopAfter = Infinity,
    }: {
      readonly workers?: number;
      readonly processors?: number;
      readonly ends?: Readonly<Record<string, UnitEnd>>;
      readonly stopAfter?: number;
    } = {},
  ) {
    const begun: string[] = [];
    const ended: string[] = [];
    let [threads, most] = [0, 0];
    const undone = await runUnits({
      ...{ units, workers, processors },
      folderOf: ({ name }) => join(folder.path, name),
      start: (unit) => {
        begun.push(unit.name);
        threads += unit.threads;
        most = Math.max(most, threads);
        return {
          pid: 1,
          stop: () => undefined,
          ended: new Promise((resolve) => {
            setTimeout(() => {
              threads -= unit.threads;
              resolve(ends[unit.name] ?? { kind: "done" });
            }, unit.cost);
          }),
        };
      },
      stopped: () => ended.length >= stopAfter,
      onEnd: ({ name }, { kind }) => ended.push(`${name} ${kind}`),
    });
    return { begun: begun.join(" "), ended, most, undone };
  }

  const graph = [
    ...[task("x", ["winner"]), task("winner", ["a", "b"]), task("a", ["search"]), task("b", ["search"], 5)],
    ...[task("search", [], 10), task("alone", [], 2)],
  ];

  const failed: UnitEnd = {
    ...{ kind: "failed", message: "No room.", wrongConfiguration: false, inUse: false, told: false },
  };

  it("begins each after what it needs, and first what the longest work waits for", async () => {
    equal((await run(graph)).begun, "search b a alone winner x");
    const { begun, undone } = await run(graph, { workers: 3 });
    equal(begun, "search alone b a winner x");
    deepEqual(undone, []);
  });

  it("never has more threads at work than there are processors, but for one process alone", async () => {
    const many = Array.from({ length: 9 }, (_, index) => task(`u${index}`, [], 2, 2));
    equal((await run(many, { workers: 4, processors: 4 })).most, 4);
    equal((await run(many, { workers: 4, processors: 5 })).most, 4);
    equal((await run(many, { workers: 4, processors: 1 })).most, 2);
    equal((await run(many, { workers: 3, processors: 99 })).most, 6);
  });

  it("goes on with the others where one fails, and tells what waits for it", async () => {
    const { begun, undone } = await run(graph, { ends: { b: failed } });
    equal(begun, "search b a alone");
    deepEqual(
      undone.map(({ unit, message, waitsFor }) => [unit.name, message, waitsFor]),
      [
        ["b", "No room.", null],
        ["winner", "It waits for b, which is not done.", "b"],
        ["x", "It waits for b, which is not done.", "b"],
      ],
    );
    match(readFailure(join(folder.path, "b"))!.error, /No room/);
    equal(readFailure(join(folder.path, "x")), null);
  });

  it("goes on where the failure cannot be kept, as a file has the place of the unit's folder", async () => {
    writeFileSync(join(folder.path, "b"), "");
    const { begun, undone } = await run(graph, { ends: { b: failed } });
    equal(begun, "search b a alone");
    deepEqual([undone[0]!.message, undone.length], ["No room.", 3]);
  });

  it("begins no more once it was asked to stop", async () => {
    const { begun, ended, undone } = await run(graph, { stopAfter: 2 });
    equal(begun, "search b");
    deepEqual([ended, undone], [["search done", "b done"], []]);
  });
});
