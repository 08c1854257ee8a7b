import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { readBenchmark } from "../../lib/tabular/benchmark";
import { readProtocol } from "../../lib/tabular/protocol";
import { runTrainingFree } from "../../lib/tabular/run-training-free";
import { readTrainingFree } from "../../lib/tabular/training-free-scores";
import { temporaryFolder } from "../helpers/temporary";
import { writeTinySet } from "../validate/helpers";
import { tinyProtocol, writeProtocol } from "./helpers";

describe("runTrainingFree(folder, step, options)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();

  it("scores each network of the sets once, the same in every run", async () => {
    writeTinySet(root.path, 80);
    const step = { name: "sizes", asks: "what size says", passes: "always", otherwise: "never", runs: [] };
    const protocol = { ...tinyProtocol, steps: [{ ...step, trainingFree: ["one"] }] };
    const options = { dataRoot: root.path };
    const [first, second] = ["a", "b"].map((name) => writeProtocol(join(root.path, name), protocol));
    deepEqual(await runTrainingFree(first!, "sizes", options), { total: 3, done: 3 });
    deepEqual(await runTrainingFree(first!, "sizes", options), { total: 3, done: 3 });
    await runTrainingFree(second!, "sizes", options);
    const [rows, again] = [first!, second!].map(readTrainingFree);
    equal(rows!.length, 3);
    for (const { synflow, naswot, cpuSeconds, protocol: hash } of rows!) {
      ok(Number.isFinite(synflow) && Number.isFinite(naswot) && cpuSeconds > 0);
      equal(hash, readProtocol(first!).hash);
    }
    deepEqual(
      rows!.map(({ synflow, naswot }) => [synflow, naswot]),
      again!.map(({ synflow, naswot }) => [synflow, naswot]),
    );
    await rejects(runTrainingFree(first!, "size", options), /no step "size"/);
    equal(readBenchmark(first).trainingFree.length, 3);
    equal(readBenchmark(first).rows.length, 0);
  });

  it("is refused beside another protocol, unless that amends it", async () => {
    writeTinySet(root.path, 80);
    const step = { name: "sizes", asks: "what", passes: "always", otherwise: "never", runs: [], trainingFree: ["one"] };
    const folder = writeProtocol(join(root.path, "a"), { ...tinyProtocol, steps: [step] });
    await runTrainingFree(folder, "sizes", { dataRoot: root.path });
    const before = readProtocol(folder).hash;
    const protocol = { ...tinyProtocol, title: "Others" };
    writeProtocol(folder, protocol);
    throws(
      () => readBenchmark(folder),
      /training-free\.jsonl, line 1, was measured by the protocol [0-9a-f]{12}…, expected [0-9a-f]{12}… or one that it amends/,
    );
    writeProtocol(folder, { ...protocol, amendments: [{ date: "2026-01-02", what: "another title", before }] });
    equal(readBenchmark(folder).trainingFree.length, 3);
    appendFileSync(join(folder, "training-free.jsonl"), "{}\n");
    throws(() => readBenchmark(folder), /training-free\.jsonl, line 4,/);
  });

  it("is refused for a set that the protocol does not have", () => {
    const step = { name: "sizes", asks: "what", passes: "always", otherwise: "never", runs: [], trainingFree: ["on"] };
    const folder = writeProtocol(join(root.path, "c"), { ...tinyProtocol, steps: [step] });
    throws(() => readProtocol(folder), /the set "on" in its step "sizes", expected one or other/);
  });
});
