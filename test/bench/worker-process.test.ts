import { deepEqual, equal, rejects } from "node:assert/strict";

import { startWorker, type Worker } from "../../lib/bench/worker-process";
import { fakeCommand } from "../helpers/fake-contender";

describe("startWorker(command)", () => {
  const workers: Worker[] = [];
  const start = (...parameters: Parameters<typeof fakeCommand>) => {
    const worker = startWorker(fakeCommand(...parameters));
    workers.push(worker);
    return worker;
  };
  afterEach(() => {
    for (const worker of workers.splice(0)) worker.kill();
  });

  it("asks and gets answers, whatever else is printed", async () => {
    const worker = start("stock", { milliseconds: "number * 2", beforeStep: 'console.log("a library says hello")' });
    equal(worker.contender, "stock");
    deepEqual(await worker.ask<"step">({ ask: "step", number: 4 }), { milliseconds: 8, loss: 4 });
    deepEqual(await worker.ask<"step">({ ask: "step", number: 5 }), { milliseconds: 10, loss: 5 });
    deepEqual(await worker.ask<"end">({ ask: "end" }), { peakRssMb: 1024 });
  });

  it("passes on what a worker says that failed", async () => {
    const worker = start("torch", { beforeStep: 'answer({ error: "ImportError: no torch" })' });
    await rejects(worker.ask({ ask: "step", number: 0 }), /torch failed: ImportError: no torch\. Give a Python/);
  });

  it("says how a worker ended that had not answered, and its last words", async () => {
    const worker = start("stock", { beforeStep: 'console.error("first\\nlast words"); process.exit(3)' });
    await rejects(worker.ask({ ask: "step", number: 0 }), /stock ended with 3 before it had answered\. last words /);
    await rejects(worker.ask({ ask: "step", number: 1 }), /ended with 3/, "and whoever asks again hears it again");
  });

  it("thinks of the memory where a worker was killed", async () => {
    const worker = start("stock", { beforeStep: 'process.kill(process.pid, "SIGKILL"); return' });
    await rejects(worker.ask({ ask: "step", number: 0 }), /stock was killed, .* memory runs out\. .*--sizes 32/);
  });

  it("says that a program is not there", async () => {
    const worker = startWorker({ ...fakeCommand("torch"), program: "no-such-python" });
    await rejects(worker.ask({ ask: "end" }), /torch cannot be started: .*no-such-python.* --torch path\/of\/python/);
  });
});
