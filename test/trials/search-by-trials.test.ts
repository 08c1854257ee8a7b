import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { readRun } from "../../lib/runs/read-run";
import { encode } from "../../lib/space/encode";
import { checkSpace } from "../../lib/space/space";
import { searchByTrials } from "../../lib/trials/search-by-trials";
import { readTrialSearch, type TrialSearchResult } from "../../lib/trials/trial-record";
import type { PoolStrategy } from "../../lib/trials/strategies/pool-strategy";
import { startProgram } from "../helpers/child-program";
import { temporaryFolder } from "../helpers/temporary";
import { strategyOf, taskOf } from "./helpers";

const macro = checkSpace({ kind: "macro", layers: 3 });

/** Scores that count how often they were asked for. */
function countedScores(other: object = {}) {
  const asked = { times: 0 };
  const shared = {
    space: macro,
    seconds: 990,
    identity: "abc",
    images: ["another"],
    score: () => asked.times++,
    ...other,
  };
  return { asked, shared };
}

describe("searchByTrials(folder, task)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const trialsOf = ({ trials }: TrialSearchResult) =>
    trials.map(({ candidate, fold, area }) => [candidate, fold, area]);
  const at = (name: string) => join(root.path, name);

  it("trains what the strategy asks for, and goes on after an end without training anything twice, to the same outcome", async () => {
    const task = taskOf({ limit: { trainings: 4 } });
    const whole = await searchByTrials(at("whole"), task);
    // Four trainings are planned: two candidates on a fold, the better one on the other.
    deepEqual(
      whole.trials.map(({ fold }) => fold),
      [0, 0, 1],
    );
    const first = strategyOf("random-race");
    const broken: PoolStrategy = {
      ...first,
      *search(problem, random) {
        const search = first.search(problem, random);
        let step = search.next();
        for (let count = 0; step.done !== true; count++) {
          if (count === 2) throw new Error("the power goes");
          step = search.next(yield step.value);
        }
        return step.value;
      },
    };
    await rejects(searchByTrials(at("cut"), { ...task, strategy: broken }), /the power goes/);
    const before = readRun(at("cut")).metrics.length;
    equal(before, 2);
    const resumed = await searchByTrials(at("cut"), task);
    deepEqual(trialsOf(resumed), trialsOf(whole));
    equal(readRun(at("cut")).outcome!.hash, readRun(at("whole")).outcome!.hash);
    equal(readRun(at("cut")).metrics.length, 3);
    ok(whole.accounts.seconds > 0);
    equal(whole.accounts.trainings.length, 3);
    deepEqual(await searchByTrials(at("whole"), task), whole, "what is done is read");
    deepEqual(readTrialSearch(at("whole")), whole);
  });

  it("ends alike where its process was killed within a training", async () => {
    const task = taskOf({ limit: { trainings: 4 } });
    const whole = await searchByTrials(at("unharmed"), task);
    const folder = at("killed");
    const program = startProgram(`
      const { searchByTrials } = require("./lib/trials/search-by-trials.ts");
      const { taskOf } = require("./test/trials/helpers.ts");
      const progress = { finish() {}, advance: async (_, note) => console.log(note) };
      searchByTrials(${JSON.stringify(folder)}, taskOf({ limit: { trainings: 4 }, progress }));
    `);
    ok((await program.nextLine())!.startsWith("area"));
    program.process.kill("SIGKILL");
    equal((await program.ended).code, "SIGKILL");
    const resumed = await searchByTrials(folder, task);
    deepEqual(trialsOf(resumed), trialsOf(whole));
    equal(readRun(folder).outcome!.hash, readRun(at("unharmed")).outcome!.hash);
  });

  it("stops at as many trainings as it may, or tells the strategy that its seconds are used up", async () => {
    const strategy = strategyOf("random");
    const counted = await searchByTrials(at("counted"), taskOf({ strategy, limit: { trainings: 2 } }));
    equal(counted.trials.length, 2);
    const timed = await searchByTrials(at("timed"), taskOf({ strategy, limit: { cpuSeconds: 1e-6 } }));
    // One tells what a training takes; what was asked for after that is paid, and not told.
    ok(timed.trials.length <= 2);
    equal(timed.chosen.kind, "macro");
  });

  it("scores candidates by shared weights once, and pays for them and for its share of the supernets", async () => {
    const { asked, shared } = countedScores();
    const { trials, accounts } = await searchByTrials(
      at("shared"),
      taskOf({ strategy: strategyOf("shared"), shared, sharers: 3, limit: { cpuSeconds: 1000 } }),
    );
    equal(asked.times, 6);
    // After the training that tells the time, the best score first.
    equal(trials[1]!.candidate, 5, "the best score first");
    equal(trials[1]!.shared, 5);
    equal(accounts.supernets, 990);
    ok(accounts.seconds >= 330 && accounts.seconds < 700);
  });

  it("lets strategies take networks of the space that were not drawn, and keeps what was trained with them", async () => {
    const task = taskOf({ strategy: strategyOf("local-search"), candidates: 2, limit: { trainings: 5 } });
    const { trials, chosen } = await searchByTrials(at("climb"), task);
    equal(trials.length, 5);
    ok(trials.some(({ candidate }) => candidate >= 2));
    equal(new Set(trials.map(({ code }) => code.join())).size, 5);
    ok(trials.some(({ code }) => code.join() === encode(macro, chosen).join()));
  });

  it("refuses a strategy that proposes outside of the budget, or a candidate that there is not", async () => {
    const proposing = (propose: (problem: Parameters<PoolStrategy["search"]>[0]) => number): PoolStrategy => ({
      ...{ kind: "own", title: "one's own", description: "One's own.", usesShared: false },
      *search(problem) {
        yield { candidate: propose(problem), fold: 0 };
        return 0;
      },
    });
    const single = { kind: "macro", layers: 3, operations: ["separable 3×3", "max pool 3×3"] } as const;
    const cheap = [1, 1, 0, 1, 0, 0];
    const price = taskOf().priced;
    const priced = { ...price, budget: { parameters: [0, 300] as const } };
    const strategy = proposing(({ space }) => space!.admit(cheap.map(() => 0)));
    await rejects(
      searchByTrials(at("outside"), taskOf({ strategy, space: single, priced, candidates: 2 })),
      /outside of the budget was proposed, with [\d,]+ parameters, expected 0 to 300: 0 0 0 0 0 0/,
    );
    await rejects(
      searchByTrials(at("none"), taskOf({ strategy: proposing(() => 6) })),
      /one's own asks for candidate 6 on fold 0, of 6 candidates and 2 folds/,
    );
  });

  it("refuses supernets of another space or version, and labels and scores of the same images", async () => {
    const strategy = strategyOf("hybrid");
    const limit = { cpuSeconds: 1000 };
    const refused = async (shared: object | null, message: RegExp) => {
      const scores = shared === null ? null : countedScores(shared).shared;
      await rejects(searchByTrials(at("refused"), taskOf({ strategy, limit, shared: scores })), message);
    };
    await refused(null, /uses scores by shared weights, and there are none/);
    await refused(
      { space: checkSpace({ kind: "macro", layers: 4 }) },
      /of another space.*layers is 4 there and 3 here/,
    );
    await refused({ space: { ...macro, version: 2 } }, /another version of it.*version is 2 there and 1 here/);
    await refused({ images: ["image 30"] }, /Labels and scores are of the same images: image 30/);
  });

  it("refuses a folder of another search, a pool larger than the space, and folds with one class", async () => {
    await searchByTrials(at("one"), taskOf({ limit: { trainings: 1 } }));
    await rejects(searchByTrials(at("one"), taskOf({ limit: { trainings: 2 } })), /limit\.trainings/);
    const few = { kind: "macro", layers: 3, operations: ["separable 3×3"] } as const;
    await rejects(
      searchByTrials(at("few"), taskOf({ space: few, candidates: 9 })),
      /8 different networks within the budget/,
    );
    const [fold] = taskOf().folds;
    const benign = fold!.validation.filter((id) => Number(id.split(" ")[1]) % 3 !== 0);
    await rejects(
      searchByTrials(at("class"), taskOf({ folds: [{ ...fold!, validation: benign }] })),
      /validation images of inner fold 1 are of one class/,
    );
  });

  it("counts a network that cannot be trained as chance, and goes on", async () => {
    const training = { epochs: 1, batchSize: 8, schedule: { kind: "constant", rate: 1e30 } } as const;
    const task = taskOf({ training: { ...training, optimiser: { kind: "momentum", bound: 0 } } });
    const { trials } = await searchByTrials(at("diverged"), task);
    ok(trials.every(({ area }) => area === 0.5));
    ok(readFileSync(join(at("diverged"), "trials.json"), "utf8").includes('"area": 0.5'));
  });
});
