import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { appendToJournal } from "../../../lib/units/journal";
import { driveSlurm, type SlurmState } from "../../../lib/units/slurm/drive-slurm";
import { noteFailure } from "../../../lib/units/unit-folder";
import type { Unit } from "../../../lib/units/unit";
import { temporaryFolder } from "../../helpers/temporary";
import { pretendSlurm } from "./pretended";

const unit = (name: string, needs: readonly string[] = []): Unit => ({
  ...{ name, needs, kind: name.replace(/\d+$/, ""), title: name, threads: 1, cost: 1, of: {} },
});

const graph = [unit("search"), unit("a", ["search"]), unit("b", ["search"]), unit("winner", ["a", "b"]), unit("alone")];

const resources = {
  ...{ minutes: 30, memory: "1G", partition: null, account: null, gpus: 0, atOnce: null, others: [] },
};

describe("driveSlurm({ units, slurm, … })", () => {
  const folder = temporaryFolder();

  const seal = (name: string, told = true) => {
    mkdirSync(join(folder.path, name), { recursive: true });
    for (const file of ["run.json", "done.json"]) writeFileSync(join(folder.path, name, file), "{}");
    if (told) appendToJournal(folder.path, { unit: name, seconds: 10 });
  };
  const begin = (name: string) => {
    mkdirSync(join(folder.path, name), { recursive: true });
    writeFileSync(join(folder.path, name, "run.json"), "{}");
  };

  /** Drives units; between two looks the test does something, and may close. */
  async function drive(
    units: readonly Unit[],
    pretended: ReturnType<typeof pretendSlurm>,
    between: (look: number) => unknown,
  ) {
    let [look, closed, seconds] = [0, false, 0];
    const shown: SlurmState[] = [];
    const place = { jobName: "study", folder: folder.path, scripts: join(folder.path, "slurm") };
    const report = await driveSlurm({
      ...{ units, journal: folder.path, resources, slurm: pretended.slurm },
      place: { ...place, program: ["node"], variables: {} },
      clock: { now: () => new Date(0), seconds: () => seconds },
      show: (state) => shown.push(state),
      stopped: () => closed,
      pause() {
        seconds += 30;
        if (look > 200) throw new Error("It goes on for ever.");
        closed = between(look++) === "close";
        return Promise.resolve();
      },
    });
    return { report, shown };
  }

  /** Lets the jobs that can begin do their units. */
  const work = (pretended: ReturnType<typeof pretendSlurm>) => {
    for (const { unit: name } of pretended.ready()) {
      seal(name);
      pretended.end(name);
    }
  };

  it("submits each unit once, after what it needs, and ends when all are done", async () => {
    const pretended = pretendSlurm();
    const { report, shown } = await drive(graph, pretended, () => {
      work(pretended);
    });
    deepEqual(report, { end: "done", undone: [] });
    deepEqual([...pretended.submitted].sort(), ["a", "alone", "b", "search", "winner"]);
    deepEqual(pretended.dependencies, [null, "afterany:1_1", "afterany:2"]);
    equal(shown.at(-1)!.standingOf("winner"), "done");
  });

  it("can be closed and opened again: what is in the queue is not submitted again, and what is done is not done again", async () => {
    const pretended = pretendSlurm();
    equal((await drive(graph, pretended, () => "close")).report.end, "closed");
    equal(pretended.submitted.length, 5);
    seal("search", false);
    pretended.end("search");
    const { report } = await drive(graph, pretended, () => {
      work(pretended);
    });
    equal(report.end, "done");
    equal(pretended.submitted.length, 5);
  });

  it("submits again what was killed hard, and what was cancelled", async () => {
    const pretended = pretendSlurm();
    await drive([unit("a"), unit("b")], pretended, (look) => {
      if (look === 0) for (const name of ["a", "b"]) begin(name);
      if (look === 0) pretended.end("a");
      else if (look === 1) pretended.end("b");
      else work(pretended);
    });
    deepEqual(pretended.submitted, ["a", "b", "a", "b"]);
  });

  it("gives up what fails, goes on with the rest, and says what waits for it", async () => {
    const pretended = pretendSlurm();
    const { report, shown } = await drive(graph, pretended, () => {
      for (const { unit: name } of pretended.ready()) {
        if (name === "a") noteFailure(join(folder.path, "a"), "No room.");
        else if (name !== "winner") seal(name);
        pretended.end(name);
      }
    });
    equal(report.end, "failed");
    deepEqual(
      report.undone.map((one) => [one.unit.name, one.message]),
      [
        ["a", "No room."],
        ["winner", "It waits for a, which is not done."],
      ],
    );
    equal(shown.at(-1)!.standingOf("winner"), "held");
    equal(shown.at(-1)!.standingOf("alone"), "done");
    // Whoever opens it again tries it again.
    equal(
      (
        await drive(graph, pretended, () => {
          work(pretended);
        })
      ).report.end,
      "done",
    );
  });

  it("takes what keeps a unit out of its folder for a failure of that unit alone, and names it", async () => {
    writeFileSync(join(folder.path, "a"), "");
    symlinkSync(join(folder.path, "nowhere"), join(folder.path, "alone"));
    // Nobody can read what a unit that failed has noted, either.
    mkdirSync(join(folder.path, "b", "failed.json"), { recursive: true });
    const pretended = pretendSlurm();
    const { report } = await drive(graph, pretended, () => {
      for (const { unit: name } of pretended.ready()) {
        if (name === "search") seal(name);
        pretended.end(name);
      }
    });
    const told = new Map(report.undone.map(({ unit: { name }, message }) => [name, message]));
    match(told.get("a")!, /a is a file, and a unit's folder belongs there/);
    match(told.get("alone")!, /alone is a link that leads nowhere/);
    match(told.get("b")!, /failed\.json is a link or no file/);
    match(told.get("winner")!, /It waits for a/);
    deepEqual(pretended.submitted, ["search", "alone", "a", "b", "winner"]);
  });

  it("lays nothing to the charge of what waits for a unit that failed, however long the rest goes on", async () => {
    const pretended = pretendSlurm();
    const { report, shown } = await drive(graph, pretended, (look) => {
      for (const { unit: name } of pretended.ready()) {
        if (name === "a") noteFailure(join(folder.path, "a"), "No room.");
        // It finds what it needs undone, and ends without a word in its folder.
        else if (name === "alone" && look < 12) continue;
        else if (name !== "winner") seal(name);
        pretended.end(name);
      }
    });
    deepEqual(
      report.undone.map(({ unit: { name }, message, waitsFor }) => [name, waitsFor, message.includes("No room")]),
      [
        ["a", null, true],
        ["winner", "a", false],
      ],
    );
    equal(shown.at(-2)!.standingOf("winner"), "held");
  });

  it("does not submit while the controller does not answer, and says so", async () => {
    const pretended = pretendSlurm();
    const { shown } = await drive([unit("a")], pretended, (look) => {
      pretended.state.silent = look < 3;
      if (look === 0) pretended.end("a");
      else if (look > 3) work(pretended);
    });
    match(shown[2]!.notices.join(" "), /controller does not answer/);
    equal(pretended.submitted.length, 2);
    deepEqual(shown.at(-1)!.notices, []);
  });

  it("submits when the controller is there again, where that went between a look at the queue and the submission", async () => {
    const pretended = pretendSlurm();
    pretended.state.unreachable = true;
    const { report, shown } = await drive(graph, pretended, (look) => {
      pretended.state.unreachable = look < 8;
      work(pretended);
    });
    equal(report.end, "done");
    equal(pretended.submitted.length, 5);
    match(shown[5]!.notices.join(" "), /controller does not answer/);
  });

  it("says in Slurm's own words why it begins none of the jobs", async () => {
    const pretended = pretendSlurm();
    const drained = "Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions";
    const { shown } = await drive([unit("a"), unit("b", ["a"])], pretended, (look) => {
      if (look === 1) pretended.set("a", { reason: drained });
      if (look > 2) work(pretended);
    });
    deepEqual(shown[1]!.notices, []);
    match(shown[2]!.notices.join(" "), /begins none of the jobs, and says: "Nodes required for job are DOWN, DRAINED/);
  });

  it("finds what the journal has missed, and ends jobs that hang after their unit is done", async () => {
    const pretended = pretendSlurm();
    const { report } = await drive([unit("a"), unit("b")], pretended, (look) => {
      if (look === 0) {
        seal("a", false);
        pretended.set("a", { state: "RUNNING" });
        pretended.set("b", { state: "RUNNING" });
        begin("b");
      }
      if (look === 30) {
        seal("b");
        pretended.end("b");
      }
    });
    equal(report.end, "done");
    deepEqual(pretended.cancelled, ["1_1"]);
  });

  it("cancels jobs that were put back after their unit was done: others wait for them", async () => {
    const pretended = pretendSlurm();
    const { report } = await drive([unit("a"), unit("b", ["a"])], pretended, (look) => {
      if (look === 0) seal("a");
      if (look === 0) pretended.set("a", { reason: "launch failed requeued held" });
      else work(pretended);
    });
    equal(report.end, "done");
    deepEqual([pretended.cancelled, pretended.released], [["1_1"], []]);
  });

  it("lets jobs begin that were put back into the queue", async () => {
    const pretended = pretendSlurm();
    await drive([unit("a")], pretended, (look) => {
      if (look === 0) pretended.set("a", { reason: "BeginTime" });
      // As Slurm 22.05 says of jobs that a node had already when its controller came back.
      if (look === 1) pretended.set("a", { reason: "launch failed requeued held" });
      if (look > 1) work(pretended);
    });
    deepEqual(pretended.released, ["1_1", "1_1"]);
  });

  it("says of a unit that runs for two minutes without a trace that its node may not see the folder, and gives up after three", async () => {
    const pretended = pretendSlurm();
    const { shown } = await drive([unit("a"), unit("b")], pretended, (look) => {
      for (const name of ["a", "b"]) pretended.set(name, { state: "RUNNING" });
      if (look === 6) work(pretended);
    });
    equal(shown[2]!.notices.length, 0);
    equal(shown[6]!.notices.length, 1);
    match(shown[6]!.notices.join(" "), /a has run for 2 minutes and left nothing in .*nodes may not see that folder/);
    const { report } = await drive([unit("gone")], pretended, () => void pretended.end("gone"));
    match(report.undone[0]!.message, /ended three times without a trace.*nodes may not see/);
  });

  it("counts the time without a trace from the start of the job that runs, not of one that had ended too early", async () => {
    const pretended = pretendSlurm();
    const { shown } = await drive([unit("a")], pretended, (look) => {
      if (look === 5) pretended.end("a");
      else if (look > 9) work(pretended);
      else pretended.set("a", { state: look === 4 ? "PENDING" : "RUNNING" });
    });
    // Nine looks in the queue, of which four and then three one after the other without it running in between.
    deepEqual(
      shown.flatMap(({ notices }) => notices),
      [],
    );
  });

  it("submits the rest when there is room, where a user may have few jobs", async () => {
    const pretended = pretendSlurm({ most: 3, room: 4 });
    const many = Array.from({ length: 20 }, (_, index) => unit(`u${index}`));
    const { report, shown } = await drive(many, pretended, () => {
      work(pretended);
    });
    equal(report.end, "done");
    equal(new Set(pretended.submitted).size, 20);
    equal(pretended.submitted.length, 20);
    match(shown[0]!.notices.join(" "), /takes no more jobs of yours for now/);
  });

  it("plans, submits and watches ten thousand units in seconds", async function () {
    this.timeout(60_000);
    const pretended = pretendSlurm();
    const many = [
      unit("winner"),
      ...Array.from({ length: 10_000 }, (_, index) => unit(`u${index}`, ["winner"])),
      unit(
        "gather",
        Array.from({ length: 10_000 }, (_, index) => `u${index}`),
      ),
    ];
    const started = performance.now();
    let looks = 0;
    await drive(many, pretended, (look) => {
      looks = look;
      return look === 9 ? "close" : undefined;
    });
    equal(pretended.submitted.length, 10_002);
    equal(pretended.dependencies.length, 12);
    equal(pretended.dependencies.at(-1), `afterany:${Array.from({ length: 10 }, (_, index) => index + 2).join(":")}`);
    ok(looks === 9 && performance.now() - started < 20_000, `${performance.now() - started} ms`);
  });
});
