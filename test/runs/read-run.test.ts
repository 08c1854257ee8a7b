import { deepEqual, equal, match, throws } from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { checkpointPath } from "../../lib/runs/checkpoint-files";
import { readRun } from "../../lib/runs/read-run";
import { openRun } from "../../lib/runs/open-run";
import { hashFolder, small, stateOf, workOn } from "../helpers/run-folder";
import { temporaryFolder } from "../helpers/temporary";

describe("readRun(folder)", () => {
  const folder = temporaryFolder();

  it("looks at a run while another works in it, and changes nothing", () => {
    const run = openRun(folder.path, small);
    run.record({ step: 1 });
    run.saveCheckpoint(1, stateOf(1));
    run.writeFile("a/b.txt", "text");
    appendFileSync(join(folder.path, "metrics.jsonl"), '{"step":2,"ti');
    const before = hashFolder(folder.path);
    const read = readRun(folder.path);
    const { kind, configuration, inputs, versions, metrics, finished, result, notices } = read;
    deepEqual({ kind, configuration, inputs }, small);
    equal(versions.node, process.versions.node);
    deepEqual(
      metrics.map(({ step }) => step),
      [1],
    );
    deepEqual([finished, result, notices], [false, null, []]);
    equal(Buffer.from(read.readFile("a/b.txt")!).toString(), "text");
    equal(read.readFile("none"), null);
    deepEqual(read.latest(), { step: 1, state: stateOf(1) });
    equal(hashFolder(folder.path), before);
    run.close();
  });

  it("gives what came out of a run that is done, as long as it is so", () => {
    const run = openRun(folder.path, small);
    workOn(run);
    run.close();
    const { finished, result, outcome } = readRun(folder.path);
    deepEqual([finished, result], [true, outcome?.result]);
    deepEqual(JSON.parse(readFileSync(join(folder.path, "model.json"), "utf8")), result);
    deepEqual(Object.keys(outcome?.files ?? {}), ["early/three.txt", "model.json"]);
    writeFileSync(join(folder.path, "model.json"), "{}");
    const changed = readRun(folder.path);
    deepEqual([changed.finished, changed.result], [false, null]);
    match(changed.notices.join(), /no longer as it was: .*model\.json is not what/);
  });

  it("passes over damaged checkpoints, and names them", () => {
    const run = openRun(folder.path, small);
    for (const step of [1, 2]) run.saveCheckpoint(step, stateOf(step));
    run.close();
    writeFileSync(checkpointPath(folder.path, 2), "x");
    const read = readRun(folder.path);
    equal(read.latest()?.step, 1);
    match(read.notices.join(), /000000002\.checkpoint has 1 bytes, fewer than any checkpoint/);
  });

  it("gives a configuration in today's form where it is told how, and still finds the checkpoints", () => {
    const run = openRun(folder.path, small);
    run.saveCheckpoint(1, stateOf(1));
    run.close();
    const read = readRun(folder.path, { upgrade: (stored) => ({ optimiser: stored }) });
    deepEqual(read.configuration, { optimiser: small.configuration });
    deepEqual([read.latest(), read.notices], [{ step: 1, state: stateOf(1) }, []]);
    const unknown = { upgrades: () => null } as object;
    throws(() => readRun(folder.path, unknown), {
      name: "Problem",
      message: /readRun has no option "upgrades".*"upgrade"/,
    });
  });

  it("refuses what is no run's folder", () => {
    throws(() => readRun(join(folder.path, "none")), { name: "Problem", message: /none is missing/ });
    throws(() => readRun(folder.path), { name: "Problem", message: /has no run\.json/ });
    writeFileSync(join(folder.path, "file"), "");
    throws(() => readRun(join(folder.path, "file")), { name: "Problem" });
  });

  it("follows no links out of the folder, whatever the run's parts are replaced by", () => {
    const outside = join(folder.path, "outside");
    const inside = join(folder.path, "run");
    mkdirSync(outside);
    const run = openRun(inside, small);
    run.saveCheckpoint(1, stateOf(1));
    run.close();
    for (const name of ["run.json", "metrics.jsonl", "checkpoints", "owner"]) {
      renameSync(join(inside, name), join(outside, name));
      symlinkSync(join(outside, name), join(inside, name));
      throws(() => readRun(inside), { name: "Problem", message: /link/ }, name);
      throws(() => openRun(inside, small), { name: "Problem", message: /link/ }, name);
      rmSync(join(inside, name));
      renameSync(join(outside, name), join(inside, name));
    }
    symlinkSync("/etc/hostname", join(inside, "done.json"));
    match(readRun(inside).notices.join(), /done\.json is a link/);
    throws(() => readRun(inside).readFile("../outside"), { name: "Problem" });
  });
});
