import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { listCheckpoints } from "../../lib/runs/checkpoint-files";
import { readRun } from "../../lib/runs/read-run";
import { openRun } from "../../lib/runs/open-run";
import type { Run } from "../../lib/runs/run";
import { small, stateOf, workOn } from "../helpers/run-folder";
import { fillDisk, onSmallDisk } from "../helpers/small-disk";
import { temporaryFolder } from "../helpers/temporary";

describe("a run that is open", () => {
  const folder = temporaryFolder();
  const moment = new Date("2026-11-24T08:00:00.000Z");
  const clock = { now: () => moment, seconds: () => 0 };
  let run: Run;
  beforeEach(() => {
    run = openRun(join(folder.path, "run"), { ...small, clock });
  });
  afterEach(() => {
    run.close();
  });
  const textOf = (name: string) => readFileSync(join(run.folder, name), "utf8");

  it("records metrics with the time", () => {
    run.record({ step: 1, loss: null });
    deepEqual(run.metrics(), [{ step: 1, loss: null, time: "2026-11-24T08:00:00.000Z" }]);
    throws(
      () => {
        run.record({ loss: NaN });
      },
      { message: /"loss" is NaN/ },
    );
    equal(run.metrics().length, 1);
  });

  it("saves checkpoints, keeps the newest two, and gives the newest", () => {
    equal(run.latest(), null);
    for (const step of [0, 1, 5, 5, 7]) run.saveCheckpoint(step, stateOf(step));
    deepEqual(listCheckpoints(run.folder), [7, 5]);
    deepEqual(run.latest(), { step: 7, state: stateOf(7) });
    for (const step of [6, -1, 7.5, NaN]) {
      throws(
        () => {
          run.saveCheckpoint(step, stateOf(0));
        },
        { message: /expected a whole number from 7/ },
      );
    }
  });

  it("removes its checkpoints where it is done and asked to, and stays done", () => {
    for (const step of [0, 1]) run.saveCheckpoint(step, stateOf(step));
    run.writeFile("weights.bin", "learned");
    run.finish({ steps: 1 }, "remove");
    deepEqual(listCheckpoints(run.folder), []);
    equal(run.latest(), null);
    run.close();
    equal(readRun(run.folder).finished, true);
    const again = openRun(run.folder, { ...small, clock });
    deepEqual([again.finished, again.latest()], [true, null]);
    again.close();
  });

  it("writes and reads files inside of its folder only", () => {
    run.writeFile("a/b.txt", "ü");
    equal(Buffer.from(run.readFile("a/b.txt")!).toString(), "ü");
    equal(run.readFile("none"), null);
    for (const name of ["../x", "/x", "run.json", "checkpoints/000000001.checkpoint"]) {
      throws(
        () => {
          run.writeFile(name, "x");
        },
        { name: "Problem" },
      );
    }
    throws(() => run.readFile("../x"), { name: "Problem" });
    equal(existsSync(join(folder.path, "x")), false);
  });

  it("logs lines that stay lines, and obey no terminal", () => {
    run.log("one\ntwo\x1b[2J");
    equal(textOf("log.txt"), "2026-11-24T08:00:00.000Z Begun.\n2026-11-24T08:00:00.000Z one ⏎ two?[2J\n");
  });

  it("is done with the hashes of the files that it has written, and changes nothing afterwards", () => {
    writeFileSync(join(run.folder, "notes by hand.txt"), "mine");
    workOn(run);
    equal(run.finished, true);
    deepEqual(Object.keys((JSON.parse(textOf("done.json")) as { files: object }).files), [
      "early/three.txt",
      "model.json",
    ]);
    for (const change of [
      () => {
        run.record({});
      },
      () => {
        run.saveCheckpoint(9, stateOf(9));
      },
      () => {
        run.writeFile("x", "");
      },
      () => {
        run.finish(1);
      },
    ])
      throws(change, { message: /is done, and is not changed any more/ });
    equal(run.metrics().length, 6);
    run.log("Looked at.");
  });

  it("is not done where a file that it has written is missing", () => {
    run.writeFile("model.json", "{}");
    rmSync(join(run.folder, "model.json"));
    throws(
      () => {
        run.finish(1);
      },
      { message: /model\.json was written by the run and is missing/ },
    );
    equal(run.finished, false);
  });

  it("refuses everything once it is closed", () => {
    run.close();
    run.close();
    const uses = [
      () => run.latest(),
      () => {
        run.record({});
      },
      () => run.metrics(),
      () => {
        run.saveCheckpoint(1, stateOf(1));
      },
      () => {
        run.writeFile("x", "");
      },
      () => run.readFile("x"),
      () => {
        run.log("x");
      },
      () => {
        run.finish(1);
      },
    ];
    for (const use of uses) throws(use, { name: "Problem", message: /was closed\. Open it again/ });
  });
});

describe("a run on a disk that is full", () => {
  const folder = temporaryFolder();

  it("keeps what it has, says so, and is carried on to the same outcome when there is room", async function () {
    const whole = openRun(join(folder.path, "whole"), small);
    workOn(whole, 12);
    whole.close();
    await onSmallDisk(this, folder.path, "512k", (disk) => {
      const place = join(disk, "run");
      const run = openRun(place, small);
      for (const step of [1, 2]) run.record({ step });
      run.saveCheckpoint(2, stateOf(2));
      fillDisk(disk);
      const big = { json: null, arrays: new Map([["w", { shape: [100_000], values: new Float32Array(100_000) }]]) };
      for (const write of [
        () => {
          run.saveCheckpoint(3, big);
        },
        () => {
          run.writeFile("model.json", new Uint8Array(1e5));
        },
        () => {
          run.finish("x".repeat(1e5));
        },
      ])
        throws(write, {
          name: "Problem",
          message: new RegExp(`^${place}/.* cannot be written: the disk is full\\. Free some space`),
        });
      ok(readdirSync(join(place, "checkpoints")).length === 1 && !existsSync(join(place, "done.json")));
      deepEqual(run.latest(), { step: 2, state: stateOf(2) });
      run.close();
      rmSync(join(disk, "ballast"));
      equal(readRun(place).latest()?.step, 2);

      // And from the beginning, with the disk full at every step once.
      const other = join(disk, "other");
      for (let round = 0; round < 40 && !existsSync(join(other, "done.json")); round++) {
        const next = openRun(other, small);
        let left = round;
        const filling = new Proxy(next, {
          get: (target, name) => {
            if (name === "record" && left-- === 0) fillDisk(disk);
            const value: unknown = Reflect.get(target, name);
            return value;
          },
        });
        try {
          workOn(filling, 12);
        } catch (error) {
          match(String(error), /the disk is full/);
        }
        next.close();
        rmSync(join(disk, "ballast"), { force: true });
      }
      equal(readRun(other).outcome?.hash, readRun(whole.folder).outcome?.hash);
    });
  });
});
