import { equal, rejects } from "node:assert/strict";
import { spawn } from "node:child_process";

import { exitCodeOf } from "../../lib/study/exit-code";

const node = (code: string) => spawn(process.execPath, ["-e", code], { stdio: "ignore" });

describe("exitCodeOf(child)", () => {
  it("gives the code that a process ends with", async () => {
    equal(await exitCodeOf(node("process.exit(7)")), 7);
  });

  it("gives 130 for one that an interruption ended, and 1 for another signal", async () => {
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGKILL", 1],
    ] as const) {
      equal(await exitCodeOf(node(`process.kill(process.pid, "${signal}"); setTimeout(() => {}, 10_000)`)), code);
    }
  });

  it("says in a sentence that it could not be started", async () => {
    await rejects(
      exitCodeOf(spawn("/no/such/python")),
      /Python environment is missing or broken\. Run `npm run setup`/,
    );
  });
});
