import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from "node:fs";
import { join } from "node:path";

import { checkpointPath, listCheckpoints } from "../../lib/runs/checkpoint-files";
import { findResumePoint, removeLeftovers } from "../../lib/runs/resume";
import { openRun } from "../../lib/runs/open-run";
import { hashIdentity } from "../../lib/runs/run-record";
import { fastPlace, small, stateOf } from "../helpers/run-folder";
import { temporaryFolder } from "../helpers/temporary";

const nothing = () => undefined;

describe("findResumePoint(folder, run, renew, check)", () => {
  const parent = temporaryFolder(fastPlace);
  let [folder, metrics] = ["", ""];
  // Checkpoints after steps 1, 2, 3, each with one more line of metrics, and two lines of work that was lost.
  beforeEach(() => {
    folder = join(parent.path, "run");
    metrics = join(folder, "metrics.jsonl");
    const run = openRun(folder, { ...small, keep: 3 });
    for (const step of [1, 2, 3]) {
      run.record({ step });
      run.saveCheckpoint(step, stateOf(step));
    }
    run.record({ step: 4 });
    run.record({ step: 5 });
    run.close();
  });
  const find = (renew = false) => findResumePoint(folder, hashIdentity(small), renew, nothing);
  const stepsIn = () =>
    readFileSync(metrics, "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { step: number }).step);
  const damage = (path: string, place = 100) => {
    const bytes = readFileSync(path);
    bytes[place]! ^= 1;
    writeFileSync(path, bytes);
  };

  it("is the newest checkpoint, with the metrics that belong to it", () => {
    const { note, lines, notices } = find();
    deepEqual([note?.step, lines.map(({ metric }) => metric.step), notices], [3, [1, 2, 3], []]);
    deepEqual(stepsIn(), [1, 2, 3]);
    const before = statSync(metrics).ino;
    find();
    equal(statSync(metrics).ino, before);
    find(true);
    ok(statSync(metrics).ino !== before);
    deepEqual(stepsIn(), [1, 2, 3]);
  });

  it("is the newest good one; damaged ones are named and left aside", () => {
    damage(checkpointPath(folder, 3));
    const { note, notices } = find();
    equal(note?.step, 2);
    equal(notices.length, 1);
    match(notices[0]!, /^A checkpoint was left aside: .*000000003\.checkpoint does not have the checksum/);
    deepEqual(stepsIn(), [1, 2]);
    deepEqual(listCheckpoints(folder), [2, 1]);
    ok(existsSync(`${checkpointPath(folder, 3)}.left-aside`));
  });

  it("is the beginning where none is good, with empty metrics", () => {
    for (const step of [1, 2, 3]) writeFileSync(checkpointPath(folder, step), new Uint8Array(300));
    const { note, lines, notices } = find();
    deepEqual([note, lines.length, notices.length], [null, 0, 3]);
    equal(readFileSync(metrics, "utf8"), "");
    deepEqual(listCheckpoints(folder), []);
  });

  it("is an older one whose metrics are whole, where those of the newest are cut", () => {
    const text = readFileSync(metrics, "utf8");
    cpSync(folder, join(parent.path, "copy"), { recursive: true });
    for (let length = 0; length <= text.length; length++) {
      rmSync(folder, { recursive: true });
      cpSync(join(parent.path, "copy"), folder, { recursive: true });
      writeFileSync(metrics, text.slice(0, length));
      const whole = text.slice(0, length).split("\n").length - 1;
      const { note, lines } = find();
      // Without a whole line no checkpoint has its metrics; then the newest goes on with what there is.
      equal(note?.step, whole === 0 ? 3 : Math.min(whole, 3), `cut at ${length}`);
      deepEqual(
        lines.map(({ metric }) => metric.step),
        [1, 2, 3].slice(0, Math.min(whole, 3)),
      );
      equal(readFileSync(metrics, "utf8"), lines.map((line) => `${line.text}\n`).join(""));
    }
  });

  it("is the newest checkpoint where a line that all need is damaged: the others stay, and what was found is kept", () => {
    damage(metrics, 9);
    const found = readFileSync(metrics);
    const { note, lines, notices } = find();
    equal(note?.step, 3);
    deepEqual(
      lines.map(({ metric }) => metric.step),
      [2, 3],
    );
    match(notices.join(), /metrics\.jsonl lacks lines that were there when the checkpoint of step 3 was saved/);
    deepEqual(readFileSync(`${metrics}.left-aside`), found);
  });

  it("is the newest checkpoint where the metrics are missing", () => {
    rmSync(metrics);
    const { note, lines } = find();
    deepEqual([note?.step, lines.length, readFileSync(metrics, "utf8")], [3, 0, ""]);
  });
});

describe("removeLeftovers(folder)", () => {
  const folder = temporaryFolder();

  it("removes what cut writes have left, in folders too, and nothing else", () => {
    const outside = join(folder.path, "outside");
    const inside = join(folder.path, "run");
    for (const place of [outside, join(inside, "a")]) mkdirSync(place, { recursive: true });
    const leftover = ".model.json.0123456789ab.partial";
    for (const place of [outside, inside, join(inside, "a")]) writeFileSync(join(place, leftover), "x");
    for (const name of ["model.json", ".partial", "x.partial", ".x.0123.partial"])
      writeFileSync(join(inside, name), "x");
    symlinkSync(outside, join(inside, "link"));
    removeLeftovers(inside);
    deepEqual(readdirSync(inside).sort(), [".partial", ".x.0123.partial", "a", "link", "model.json", "x.partial"]);
    deepEqual(readdirSync(join(inside, "a")), []);
    deepEqual(readdirSync(outside), [leftover]);
  });
});
