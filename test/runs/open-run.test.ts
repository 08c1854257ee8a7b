import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import fs, {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import { Problem } from "../../lib/runtime/problem";
import { checkpointPath } from "../../lib/runs/checkpoint-files";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { readRun } from "../../lib/runs/read-run";
import { openRun, type RunOptions } from "../../lib/runs/open-run";
import type { Run } from "../../lib/runs/run";
import type { Json } from "../../lib/runs/state";
import { startProgram } from "../helpers/child-program";
import { fastPlace, hashFolder, small, stateOf, workOn } from "../helpers/run-folder";
import { temporaryFolder } from "../helpers/temporary";

/** Opens a run, works on it and closes it, whatever comes. */
function withRun<Result>(folder: string, work: (run: Run) => Result): Result {
  const run = openRun(folder, small);
  try {
    return work(run);
  } finally {
    run.close();
  }
}

describe("openRun(folder, options)", () => {
  const folder = temporaryFolder(fastPlace);

  it("begins a run, and carries it on where it was saved", () => {
    withRun(folder.path, (run) => {
      deepEqual([run.resumed, run.notices, run.finished], [null, [], false]);
      run.record({ step: 1 });
      run.saveCheckpoint(1, stateOf(1));
      run.record({ step: 2 });
    });
    withRun(folder.path, (run) => {
      deepEqual([run.resumed, run.notices], [{ step: 1 }, []]);
      deepEqual(
        run.metrics().map(({ step }) => step),
        [1],
      );
      deepEqual(run.latest()?.state, stateOf(1));
    });
  });

  it("drops the metrics of a run that had saved nothing", () => {
    withRun(folder.path, (run) => {
      run.record({ step: 1 });
    });
    withRun(folder.path, (run) => {
      deepEqual([run.resumed, run.metrics()], [null, []]);
    });
  });

  it("opens a run that is done as done, unless something of it was changed", () => {
    withRun(folder.path, workOn);
    const before = readFileSync(join(folder.path, "metrics.jsonl"));
    withRun(folder.path, (run) => {
      deepEqual([run.finished, run.resumed, run.notices], [true, { step: 6 }, []]);
    });
    deepEqual(readFileSync(join(folder.path, "metrics.jsonl")), before);
    writeFileSync(join(folder.path, "model.json"), "changed");
    withRun(folder.path, (run) => {
      equal(run.finished, false);
      match(
        run.notices.join(),
        /no longer as it was: .*model\.json is not what .* It is carried on from its checkpoint/,
      );
      workOn(run);
      equal(run.finished, true);
    });
  });

  it("refuses another configuration, and leaves no trace of it in the folder", () => {
    withRun(folder.path, workOn);
    const before = hashFolder(folder.path);
    const others: Partial<RunOptions>[] = [
      { configuration: { rate: 0.2 } },
      { kind: "other" },
      { inputs: { split: "x" } },
    ];
    for (const change of others) throws(() => openRun(folder.path, { ...small, ...change }), WrongConfiguration);
    equal(hashFolder(folder.path), before);
  });

  it("carries on what an older version has stored in another form, with its checkpoints, and leaves it as it is", () => {
    withRun(folder.path, (run) => {
      workOn({ ...run, finish: () => undefined, latest: () => run.latest() }, 4);
    });
    const stored = readFileSync(join(folder.path, "run.json"));
    const today = { ...small, configuration: { optimiser: { rate: 0.1 } } };
    throws(() => openRun(folder.path, today), WrongConfiguration);
    const upgrade = (given: Json): Json => ({ optimiser: given });
    throws(() => openRun(folder.path, { ...today, configuration: { optimiser: { rate: 0.2 } }, upgrade }), {
      name: "Problem",
      message: /optimiser\.rate is 0\.1 there and 0\.2 here/,
    });
    const run = openRun(folder.path, { ...today, upgrade });
    deepEqual([run.resumed, run.notices], [{ step: 4 }, []]);
    workOn(run);
    run.close();
    deepEqual(readFileSync(join(folder.path, "run.json")), stored);
    const whole = join(folder.path, "whole");
    withRun(whole, workOn);
    equal(readRun(folder.path).outcome?.hash, readRun(whole).outcome?.hash);
  });

  it("refuses options that cannot be", () => {
    const cases: readonly (readonly [object, RegExp])[] = [
      [{ keeps: 2 }, /openRun has no option "keeps".*"keep"/],
      [{ keep: 0 }, /keep: 0, expected a whole number from 1/],
      [{ kind: "" }, /kind: "", expected a kind, such as "search"/],
      [{ configuration: { rate: NaN } }, /The configuration: "rate" is NaN/],
      [{ inputs: { split: 1 } }, /inputs\.split: 1, expected a hash as text/],
    ];
    for (const [change, message] of cases)
      throws(() => openRun(join(folder.path, "new"), { ...small, ...change }), {
        name: "Problem",
        message,
      });
    equal(existsSync(join(folder.path, "new")), false);
  });

  it("refuses work that has lost its run.json, and a run.json that is damaged", () => {
    withRun(folder.path, workOn);
    const path = join(folder.path, "run.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.slice(0, -20));
    throws(() => openRun(folder.path, small), { message: /run\.json is no JSON/ });
    rmSync(path);
    throws(() => openRun(folder.path, small), { message: /holds checkpoints or metrics and no run\.json/ });
    writeFileSync(path, text);
    withRun(folder.path, (run) => {
      equal(run.finished, true);
    });
  });

  it("works in a folder that a link leads to, as on a larger disk", () => {
    mkdirSync(join(folder.path, "real"));
    symlinkSync(join(folder.path, "real"), join(folder.path, "link"));
    withRun(join(folder.path, "link"), workOn);
    ok(existsSync(join(folder.path, "real", "done.json")));
  });

  it("comes to the same outcome from every length of metrics.jsonl, cut in its last three records", () => {
    const whole = join(folder.path, "whole");
    withRun(whole, workOn);
    const part = join(folder.path, "part");
    withRun(part, (run) => {
      const stopping = { ...run, finish: () => undefined, latest: () => run.latest() };
      workOn(stopping, 5);
    });
    const text = readFileSync(join(part, "metrics.jsonl"), "utf8");
    const third = text.split("\n").slice(0, 2).join("\n").length + 1;
    for (let length = third; length <= text.length; length++) {
      const copy = join(folder.path, `cut ${length}`);
      cpSync(part, copy, { recursive: true });
      writeFileSync(join(copy, "metrics.jsonl"), text.slice(0, length));
      withRun(copy, workOn);
      equal(readRun(copy).outcome?.hash, readRun(whole).outcome?.hash, `cut at ${length}`);
      deepEqual(
        readRun(copy).metrics.map(({ step }) => step),
        [1, 2, 3, 4, 5, 6],
      );
    }
  });

  it("comes to the same outcome from every damage of the newest checkpoint", () => {
    const whole = join(folder.path, "whole");
    withRun(whole, workOn);
    const part = join(folder.path, "part");
    withRun(part, (run) => {
      workOn({ ...run, finish: () => undefined, latest: () => run.latest() }, 4);
    });
    const good = readFileSync(checkpointPath(part, 4));
    const random = createRandom(2);
    const damages: Uint8Array[] = [
      new Uint8Array(0),
      new Uint8Array(good.length),
      Buffer.concat([good, Buffer.alloc(8)]),
      readFileSync(checkpointPath(part, 2)),
    ];
    for (let cut = 0; cut < 10; cut++) damages.push(good.subarray(0, random.integer(1, good.length - 1)));
    for (let flip = 0; flip < 10; flip++) {
      const changed = Buffer.from(good);
      changed[random.integer(0, good.length - 1)]! ^= 1 << random.integer(0, 7);
      damages.push(changed);
    }
    for (const [index, bytes] of damages.entries()) {
      const copy = join(folder.path, String(index));
      cpSync(part, copy, { recursive: true });
      writeFileSync(checkpointPath(copy, 4), bytes);
      withRun(copy, (run) => {
        deepEqual(run.resumed, { step: 2 });
        match(run.notices.join(), /000000004\.checkpoint/);
        workOn(run);
      });
      equal(readRun(copy).outcome?.hash, readRun(whole).outcome?.hash);
    }
  });
});

describe("a run whose process is killed", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  /** A process that works on the run in the folder, slowly enough to be caught in it. */
  const start = (place: string, host = "") =>
    startProgram(`
      ${host === "" ? "" : `require("node:os").hostname = () => ${JSON.stringify(host)};`}
      const { openRun } = require("./lib/runs/open-run.ts");
      const { small, workOn } = require("./test/helpers/run-folder.ts");
      const run = openRun(${JSON.stringify(place)}, small);
      console.log(JSON.stringify(run.notices));
      const record = run.record;
      const slow = { ...run, latest: run.latest, record(metric) {
        const end = performance.now() + 1; while (performance.now() < end);
        if (metric.step === 3) console.log("working");
        record(metric);
      } };
      try { workOn(slow, 300); } catch (error) { console.error(error.message); process.exitCode = 1; }
      run.close();`);

  it("comes to the same outcome after kills at random moments, without a step lost that was saved", async () => {
    const whole = join(folder.path, "whole");
    withRun(whole, (run) => {
      workOn(run, 300);
    });
    const random = createRandom(3);
    const place = join(folder.path, "killed");
    let kills = 0;
    for (let step = -1; ; kills++) {
      const program = start(place);
      const notices = await program.nextLine();
      if (kills > 0) match(notices ?? "", /taken over from process \d+ on .*, which ended without closing it/);
      const kill = setTimeout(() => program.process.kill("SIGKILL"), kills < 6 ? random.integer(0, 150) : 60_000);
      const { code, errors } = await program.ended;
      clearTimeout(kill);
      equal(errors, "");
      const now = readRun(place);
      const reached = now.latest()?.step ?? 0;
      ok(reached >= step);
      step = reached;
      if (code === 0) break;
    }
    ok(kills >= 3);
    equal(readRun(place).outcome?.hash, readRun(whole).outcome?.hash);
  });

  it("is not written by an owner that was stopped and replaced, and then goes on", async () => {
    const random = createRandom(4);
    for (let round = 0; round < 3; round++) {
      const place = join(folder.path, `stopped ${round}`);
      // On another machine, by its name: here it can be seen that the process is alive.
      const program = start(place, "mona");
      await program.nextLine();
      await program.nextLine();
      await new Promise((resolve) => setTimeout(resolve, random.integer(0, 60)));
      program.process.kill("SIGSTOP");
      throws(() => openRun(place, small), {
        name: "Problem",
        message: /in use by process \d+ on mona, .*taken over in/,
      });
      const past = Date.now() / 1000 - 100;
      utimesSync(join(place, "owner", "000001.held"), past, past);
      const run = openRun(place, small);
      match(run.notices.join(), /taken over from process \d+ on mona/);
      const before = hashFolder(place);
      program.process.kill("SIGCONT");
      const { code, errors } = await program.ended;
      equal(code, 1, errors);
      match(errors, /was taken over by process|cannot be written/);
      // The mark of its going is empty, and of a number that counts for nothing.
      rmSync(join(place, "owner", "000001.free"), { force: true });
      equal(hashFolder(place), before);
      run.close();
    }
  });
});

describe("a run whose k-th call to the file system fails", function () {
  this.timeout(120_000);
  const folder = temporaryFolder(fastPlace);
  const names = [
    "openSync",
    "closeSync",
    "writeSync",
    "writeFileSync",
    "fsyncSync",
    "renameSync",
    "mkdirSync",
    "readdirSync",
    "readSync",
    "linkSync",
    "rmSync",
    "fstatSync",
    "lstatSync",
    "statSync",
    "ftruncateSync",
    "realpathSync",
  ] as const;

  /** Runs something with a fault at the k-th call, or from then on; says whether there were as many calls. */
  function withFault(k: number, code: string, lasting: boolean, run: () => void): boolean {
    const originals = Object.fromEntries(names.map((name) => [name, fs[name]]));
    let calls = 0;
    const faulty = Object.fromEntries(
      names.map((name) => [
        name,
        (...given: unknown[]) => {
          calls++;
          if (lasting ? calls >= k : calls === k) throw Object.assign(new Error(code), { code });
          return (originals[name] as (...given: unknown[]) => unknown)(...given);
        },
      ]),
    );
    Object.assign(fs, faulty);
    try {
      run();
    } finally {
      Object.assign(fs, originals);
    }
    return calls >= k;
  }

  for (const [code, lasting] of [
    ["ENOSPC", true],
    ["EIO", false],
    ["EACCES", false],
    ["EMFILE", true],
  ] as const) {
    it(`says so and comes to the same outcome, for every k: ${code}, ${lasting ? "from then on" : "once"}`, () => {
      const whole = join(folder.path, "whole");
      withRun(whole, (run) => {
        workOn(run, 4);
      });
      const part = join(folder.path, "part");
      withRun(part, (run) => {
        workOn({ ...run, finish: () => undefined, latest: () => run.latest() }, 3);
      });
      const hash = readRun(whole).outcome?.hash;
      let faults = 0;
      for (let k = 1; ; k++) {
        const place = join(folder.path, "faulty");
        cpSync(part, place, { recursive: true });
        let thrown: unknown;
        const reached = withFault(k, code, lasting, () => {
          try {
            withRun(place, (run) => {
              workOn(run, 4);
            });
          } catch (error) {
            thrown = error;
          }
        });
        if (thrown !== undefined) {
          faults++;
          if (!(thrown instanceof Problem)) throw thrown as Error;
          ok(thrown.message.includes(place), `call ${k} names no path: ${thrown.message}`);
        }
        // As after the end of the process, which releases what could not be released.
        rmSync(join(place, "owner"), { recursive: true });
        const step = readRun(place).latest()?.step;
        ok(step === 2 || step === 4, `call ${k}: step ${step}`);
        withRun(place, (run) => {
          if (!run.finished) workOn(run, 4);
        });
        equal(readRun(place).outcome?.hash, hash, `call ${k}`);
        rmSync(place, { recursive: true });
        if (!reached) break;
      }
      ok(faults > 40);
    });
  }
});
