import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { conductCase, type Conducting } from "../../lib/bench/conduct";
import { fakeCommand, type FakeContender } from "../helpers/fake-contender";
import { temporaryFolder } from "../helpers/temporary";

describe("conductCase(conducting)", () => {
  const folder = temporaryFolder();
  const conduct = (behaviours: readonly Partial<FakeContender>[], other: Partial<Conducting> = {}) => {
    const names = (["ours", "stock", "torch"] as const).slice(0, behaviours.length);
    return conductCase({
      commands: names.map((name, index) => fakeCommand(name, behaviours[index])),
      case: "reward",
      size: 32,
      rounds: 2,
      warmUp: 1,
      rest: 0,
      threads: 1,
      measureLoad: () => Promise.resolve(0),
      onProgress: () => undefined,
      signal: new AbortController().signal,
      ...other,
    });
  };
  const isRunning = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it("lets the contenders take turns, one step each, after all are ready", async () => {
    const log = join(folder.path, "log");
    await conduct([{ log }, { log }, { log }]);
    const names = ["ours", "stock", "torch"];
    const turn = (text: string) => names.map((name) => `${name} ${text}`);
    deepEqual(
      readFileSync(log, "utf8").trim().split("\n"),
      ["prepare", "step 0", "step 1", "step 2", "end"].flatMap(turn),
    );
  });

  it("rests before each step", async () => {
    const started = performance.now();
    await conduct([{}, {}], { rounds: 2, warmUp: 1, rest: 40 });
    ok(performance.now() - started >= 6 * 39);
  });

  it("counts the times that the contenders took themselves, without the warm-up", async () => {
    const behaviours = [{ milliseconds: "number" }, { milliseconds: "100 + number" }];
    const { performances } = await conduct(behaviours, { rounds: 3 });
    const [ours, stock] = performances;
    deepEqual(ours!.milliseconds, [1, 2, 3]);
    deepEqual(stock!.milliseconds, [101, 102, 103]);
    deepEqual(stock!.losses, [1, 2, 3]);
    const { contender, about, parameters, peakRssMb } = stock!;
    deepEqual([contender, about, parameters, peakRssMb], ["stock", "made up, stock", 7, 1024]);
  });

  it("measures how busy the machine is while the contenders wait, before the rounds and after them", async () => {
    const log = join(folder.path, "log");
    const asked: number[] = [];
    const { otherLoad } = await conduct([{ log }], {
      measureLoad: () => {
        asked.push(readFileSync(log, "utf8").trim().split("\n").length);
        return Promise.resolve(asked.length === 1 ? 0.3 : 0.2);
      },
    });
    deepEqual(asked, [1, 4]);
    equal(otherLoad, 0.3);
  });

  it("tells how far it is", async () => {
    const told: string[] = [];
    await conduct([{}], { onProgress: (text) => told.push(text) });
    deepEqual(told, ["ours gets ready", "warm-up 1/1", "round 1/2", "round 2/2"]);
  });

  it("does not compare contenders that have different networks", async () => {
    await rejects(conduct([{ parameters: 7 }, { parameters: 8 }]), /ours has 7 parameters, stock has 8 parameters/);
  });

  it("ends the others where one dies", async () => {
    const file = join(folder.path, "pid");
    const keepPid = `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid))`;
    await rejects(
      conduct([{ beforeStep: keepPid }, { beforeStep: "if (number === 1) process.exit(9)" }]),
      /stock ended with 9/,
    );
    await setTimeout(200);
    ok(!isRunning(Number(readFileSync(file, "utf8"))));
  });

  it("ends all where it is interrupted in the middle of a step", async () => {
    const file = join(folder.path, "pid");
    writeFileSync(file, "");
    const interruption = new AbortController();
    // It never answers.
    const stuck = `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); return`;
    const measured = conduct([{ beforeStep: stuck }], { signal: interruption.signal });
    const failed = rejects(measured, /ours was killed/);
    while (readFileSync(file, "utf8") === "") await setTimeout(20);
    interruption.abort();
    await failed;
    equal(isRunning(Number(readFileSync(file, "utf8"))), false);
  });

  it("starts nothing that lasts where it was interrupted before", async () => {
    const log = join(folder.path, "log");
    await rejects(conduct([{ log }], { signal: AbortSignal.abort() }), /ours was killed/);
    ok(!existsSync(log));
  });
});
