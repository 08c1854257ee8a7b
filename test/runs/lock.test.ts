import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs, { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describeOwner, takeLock } from "../../lib/runs/lock";
import { describeSelf } from "../../lib/runs/owner";
import { systemClock } from "../../lib/runtime/environment";
import { startProgram } from "../helpers/child-program";
import { temporaryFolder } from "../helpers/temporary";

const self = describeSelf(new Date(0));
const elsewhere = { ...self, host: "mona", pid: 7 };
const clock = systemClock;

function hold(folder: string, owner: unknown, epoch = "000001"): string {
  mkdirSync(join(folder, "owner"), { recursive: true });
  const path = join(folder, "owner", `${epoch}.held`);
  writeFileSync(path, typeof owner === "string" ? owner : JSON.stringify(owner));
  return path;
}

const age = (path: string, seconds: number) => {
  // From the disk's clock on, by which silence is measured: it lags some milliseconds behind this process's.
  writeFileSync(path, readFileSync(path));
  const time = statSync(path).mtimeMs / 1000 - seconds;
  utimesSync(path, time, time);
};

describe("takeLock(folder, options)", () => {
  const folder = temporaryFolder();
  const refuse = (message: RegExp, options = { clock }) => {
    throws(() => takeLock(folder.path, options), { name: "Problem", message });
  };

  it("gives a free folder to one, and to the next once it is released", () => {
    const one = takeLock(folder.path, { clock });
    equal(one.tookOver, null);
    one.check();
    refuse(/is open in this very process already, since .* restart the kernel\.$/);
    one.release();
    one.release();
    throws(one.check, { message: /was closed/ });
    const two = takeLock(folder.path, { clock });
    deepEqual([two.epoch, two.tookOver], [2, null]);
    deepEqual(readdirSync(join(folder.path, "owner")), ["000002.held"]);
    two.release();
  });

  it("is taken over from a process that has ended, or whose number another has got", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const dead = [
      { ...self, pid },
      { ...self, processStart: "1" },
    ];
    for (const owner of self.processStart === null ? dead.slice(0, 1) : dead) {
      hold(folder.path, owner);
      const lock = takeLock(folder.path, { clock });
      deepEqual(lock.tookOver, owner);
      equal(lock.epoch, 2);
      lock.release();
      fs.rmSync(join(folder.path, "owner"), { recursive: true });
    }
  });

  it("names a living owner, and refuses at once", () => {
    hold(folder.path, { ...self, pid: process.ppid, processStart: describeSelfOf(process.ppid) });
    const started = performance.now();
    refuse(new RegExp(`is in use by process ${process.ppid} on .*, since 1970-01-01T00:00:00\\.000Z\\. Wait for it`));
    ok(performance.now() - started < 2000);
  });

  it("is left to an owner on another machine until it has been silent for a minute", () => {
    const path = hold(folder.path, elsewhere);
    age(path, 30);
    refuse(/process 7 on mona, .* showed that it lives 30 s ago\. .*taken over in (29|30) s\.$/);
    age(path, 61);
    deepEqual(takeLock(folder.path, { clock }).tookOver, elsewhere);
  });

  it("is left to a file that says nothing yet for a minute, and then taken over from it", () => {
    for (const text of ["", "{", '{"__proto__":{}}', "x".repeat(100_000)]) {
      const path = hold(folder.path, text);
      refuse(/in use by a process that has not said its name yet/);
      age(path, 61);
      const lock = takeLock(folder.path, { clock });
      equal(lock.tookOver, "unknown");
      lock.release();
      fs.rmSync(join(folder.path, "owner"), { recursive: true });
    }
  });

  it("tells an owner that was replaced, and changes nothing for it", () => {
    const one = takeLock(folder.path, { clock, self: elsewhere });
    age(join(folder.path, "owner", "000001.held"), 61);
    const two = takeLock(folder.path, { clock });
    throws(one.check, {
      name: "Problem",
      message: /was taken over by process \d+ on .*Nothing more was written by this one/,
    });
    const before = readdirSync(join(folder.path, "owner"));
    one.release();
    two.check();
    ok(readdirSync(join(folder.path, "owner")).every((name) => before.includes(name) || name === "000001.free"));
    two.release();
    equal(takeLock(folder.path, { clock }).tookOver, null);
  });

  it("shows that it lives, by the disk's own clock, when ten seconds have passed", () => {
    let seconds = 0;
    const lock = takeLock(folder.path, { clock: { now: () => new Date(0), seconds: () => seconds } });
    const path = join(folder.path, "owner", "000001.held");
    const text = readFileSync(path, "utf8");
    age(path, 50);
    seconds = 9;
    lock.check();
    ok(Date.now() - statSync(path).mtimeMs > 40_000);
    seconds = 11;
    lock.check();
    ok(Date.now() - statSync(path).mtimeMs < 5000);
    equal(readFileSync(path, "utf8"), text);
    lock.release();
  });

  it("works on a disk without hard links", () => {
    const { linkSync } = fs;
    const unsupported = () => {
      throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    };
    Object.assign(fs, { linkSync: unsupported });
    try {
      takeLock(folder.path, { clock }).check();
      refuse(/this very process/);
    } finally {
      Object.assign(fs, { linkSync });
    }
  });

  it("loses to whoever came in between two looks", () => {
    hold(folder.path, { ...self, processStart: "1" });
    const { linkSync } = fs;
    let other: ReturnType<typeof takeLock> | undefined;
    const slow = (from: string, to: string) => {
      Object.assign(fs, { linkSync });
      // Another takes over, gives back, and its successor removes its file: the name that this one has in mind is free again.
      takeLock(folder.path, { clock }).release();
      other = takeLock(folder.path, { clock });
      linkSync(from, to);
    };
    Object.assign(fs, { linkSync: slow });
    try {
      refuse(/this very process/);
    } finally {
      Object.assign(fs, { linkSync });
    }
    other!.check();
  });

  it("has exactly one owner after 200 starts of five processes at once, of new and of dead runs", async function () {
    this.timeout(120_000);
    const [count, dead] = [40, { ...self, processStart: "1", pid: 4_000_000 }];
    for (let index = 0; index < count; index++) {
      mkdirSync(join(folder.path, String(index)));
      if (index % 2 === 1) hold(join(folder.path, String(index)), dead);
    }
    const code = `
      const { takeLock } = require("./lib/runs/lock.ts");
      const { systemClock: clock } = require("./lib/runtime/environment.ts");
      console.log("ready");
      process.stdin.once("data", (start) => {
        const won = [];
        for (let index = 0; index < ${count}; index++) {
          while (Date.now() < Number(start) + index * 20);
          const before = performance.now();
          try { takeLock(${JSON.stringify(folder.path)} + "/" + index, { clock }).check(); won.push(index); }
          catch (error) { if (!/in use by process/.test(error.message)) throw error; }
          if (performance.now() - before > 2000) throw new Error("slow");
        }
        console.log(JSON.stringify(won));
        process.stdin.once("data", () => process.exit());
      });`;
    const programs = Array.from({ length: 5 }, () => startProgram(code));
    for (const program of programs) equal(await program.nextLine(), "ready", "a program did not start");
    for (const program of programs) program.process.stdin.write(String(Date.now() + 300));
    const won = [];
    for (const program of programs) won.push(...(JSON.parse((await program.nextLine()) ?? "[]") as number[]));
    for (const program of programs) program.process.stdin.write("end");
    for (const { ended } of programs) equal((await ended).errors, "");
    deepEqual(
      won.sort((one, other) => one - other),
      Array.from({ length: count }, (_, index) => index),
    );
  });
});

function describeSelfOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

describe("describeOwner(owner)", () => {
  it("shows no control characters to a terminal", () => {
    match(describeOwner({ ...self, host: "a\x1b[2Jb" }), / on a\?\[2Jb, since /);
  });
});
