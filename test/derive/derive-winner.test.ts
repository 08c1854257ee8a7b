import { deepEqual, equal, notDeepEqual, ok, rejects, throws } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { bestFirst, type Candidate } from "../../lib/derive/candidate";
import { deriveWinner, networkOf, searchHash, type DeriveOptions } from "../../lib/derive/derive-winner";
import { candidatesFile } from "../../lib/derive/read-candidates";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { Interrupted } from "../../lib/runs/exit-codes";
import { readRun } from "../../lib/runs/read-run";
import { openSearch } from "../../lib/search/open-search";
import { runSearch } from "../../lib/search/run-search";
import { hashArchitecture } from "../../lib/space/encode";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearch, tinySearchImages, watchWith } from "../search/helpers";
import { brief, briefSteps, countingWatch, namesOf, tinySearchIn } from "./helpers";

const options: Partial<DeriveOptions> = { samples: 12, draws: 2, rescored: 5, trained: 3, training: brief };

describe("deriveWinner(folder, task)", () => {
  const folder = temporaryFolder();
  const images = tinySearchImages();
  let search: string;
  beforeEach(async () => {
    search = await tinySearchIn(folder.path);
  });
  const derive = (
    name: string,
    given: Partial<DeriveOptions> = {},
    watch: Parameters<typeof deriveWinner>[1]["watch"] = null,
  ) => deriveWinner(join(folder.path, name), { search, images, options: { ...options, ...given }, watch });
  const readCandidates = (name: string) =>
    JSON.parse(readFileSync(join(folder.path, name, candidatesFile), "utf8")) as Candidate[];

  it("scores samples of the strategy on draws, the best of these on all images, and trains the best of those", async () => {
    const { candidates, winner } = await derive("one");
    const opened = openSearch(search, images);
    const random = createRandom(1).split("derive");
    const sampled = new Map(
      Array.from({ length: 12 }, (_, sample) => {
        const { architecture } = opened.strategy.propose(random.split(sample));
        return [hashArchitecture(architecture), architecture] as const;
      }),
    );
    deepEqual(candidates.map(({ hash }) => hash).sort(), [...sampled.keys()].sort());
    for (const { hash, architecture, drawn, onAll, parameters } of candidates) {
      deepEqual(architecture, sampled.get(hash));
      const scores = [0, 1].map((draw) => opened.scorer.score(architecture, draw));
      equal(drawn, (scores[0]!.reward + scores[1]!.reward) / 2);
      equal(parameters, scores[0]!.parameters);
      if (onAll !== null) equal(onAll, opened.scorer.score(architecture, "all").reward);
    }
    opened.dispose();
    const rescored = candidates.filter(({ onAll }) => onAll !== null);
    const trained = candidates.filter(({ standAlone }) => standAlone !== null);
    equal(rescored.length, 5);
    equal(trained.length, 3);
    const least = (list: readonly Candidate[], of: (one: Candidate) => number) => Math.min(...list.map(of));
    const most = (list: readonly Candidate[], of: (one: Candidate) => number) => Math.max(...list.map(of));
    const others = candidates.filter(({ onAll }) => onAll === null);
    ok(least(rescored, ({ drawn }) => drawn!) >= most(others, ({ drawn }) => drawn!));
    const untrained = rescored.filter(({ standAlone }) => standAlone === null);
    ok(least(trained, ({ onAll }) => onAll!) >= most(untrained, ({ onAll }) => onAll!));
    equal(
      winner.standAlone!.score,
      most(trained, ({ standAlone }) => standAlone!.score),
    );
    equal(winner.standAlone!.score, winner.standAlone!.areaUnderCurve);
  });

  it("lists every candidate, the best first by what was done last with it, in the result, the file and the records", async () => {
    const { candidates, winner } = await derive("one");
    equal(winner, candidates[0]);
    const parts = [
      candidates.filter(({ standAlone }) => standAlone !== null),
      candidates.filter(({ standAlone, onAll }) => standAlone === null && onAll !== null),
      candidates.filter(({ onAll }) => onAll === null),
    ] as const;
    equal(namesOf(candidates), namesOf(parts.flat()));
    equal(namesOf(parts[0]), namesOf(bestFirst(parts[0], ({ standAlone }) => standAlone!.score)));
    equal(namesOf(parts[1]), namesOf(bestFirst(parts[1], ({ onAll }) => onAll)));
    equal(namesOf(parts[2]), namesOf(bestFirst(parts[2], ({ drawn }) => drawn)));
    deepEqual(readCandidates("one"), candidates);
    const run = readRun(join(folder.path, "one"));
    deepEqual(run.result, { winner: winner.hash });
    deepEqual(run.metrics.map(({ hash }) => hash).sort(), candidates.map(({ hash }) => hash).sort());
  });

  it("names the winner by the criterion", async () => {
    const { candidates, winner } = await derive("one", { criterion: "loss" });
    const losses = candidates.flatMap(({ standAlone }) => (standAlone === null ? [] : [standAlone.loss]));
    equal(winner.standAlone!.loss, Math.min(...losses));
  });

  it("trains nothing twice, and gives the same when it is called again", async () => {
    const { numTensors } = tf.memory();
    const [first, second] = [countingWatch(), countingWatch()];
    const derivation = await derive("one", {}, first.watch);
    equal(tf.memory().numTensors, numTensors);
    deepEqual([first.steps, first.titles], [3 * briefSteps, [1, 2, 3].map((index) => `candidate ${index} of 3`)]);
    deepEqual(await derive("one", {}, second.watch), derivation);
    deepEqual([second.steps, second.titles], [0, []]);
    // Nor where the list itself was lost.
    const third = countingWatch();
    rmSync(join(folder.path, "one", candidatesFile));
    deepEqual(await derive("one", {}, third.watch), derivation);
    equal(third.steps, 0);
  });

  it("goes on where a signal stopped it, and ends as if nothing had been", async () => {
    const expected = await derive("whole");
    const parts = [countingWatch(2), countingWatch(briefSteps), countingWatch()];
    for (const { watch } of parts.slice(0, 2)) await rejects(derive("parts", {}, watch), Interrupted);
    deepEqual(await derive("parts", {}, parts[2]!.watch), expected);
    equal(
      parts.reduce((sum, { steps }) => sum + steps, 0),
      3 * briefSteps,
      "no step was made twice",
    );
    const [whole, cut] = ["whole", "parts"].map((name) => readRun(join(folder.path, name)).outcome!.hash);
    equal(cut, whole);
  });

  it("draws otherwise for another seed, and works where there are fewer samples than it may score and train", async () => {
    const { candidates } = await derive("one", { samples: 2, trained: 1 });
    ok(candidates.length <= 2 && candidates.every(({ onAll }) => onAll !== null));
    notDeepEqual((await derive("other", { samples: 2, trained: 1, seed: 2 })).candidates, candidates);
    const all = await derive("all", { samples: 3, rescored: 1, trained: 2 });
    // More are trained than were scored again: by the draws.
    const trained = all.candidates.filter(({ standAlone }) => standAlone !== null);
    equal(trained.length, 2);
    const [left] = all.candidates.filter(({ standAlone }) => standAlone === null);
    ok(trained.every(({ onAll, drawn }) => onAll !== null || drawn! >= left!.drawn!));
  });

  it("refuses options that are none or out of range, and makes no folder", async () => {
    await rejects(derive("one", { sample: 3 } as never), /Deriving a winner has no option "sample"[\s\S]*"samples"/);
    for (const name of ["samples", "draws", "rescored", "trained"] as const)
      for (const value of [0, 1.5, NaN])
        await rejects(
          derive("one", { [name]: value }),
          new RegExp(`${name}: ${value}, expected a whole number from 1`),
        );
    await rejects(derive("one", { seed: -1 }), /seed: -1/);
    await rejects(
      derive("one", { criterion: "AUC" as never }),
      /criterion: "AUC", expected "loss", "accuracy" or "area under the curve"/,
    );
    await rejects(
      derive("one", { training: { epoch: 3 } as never }),
      /no option "training.epoch"[\s\S]*"training.epochs"/,
    );
    equal(existsSync(join(folder.path, "one")), false);
  });

  it("refuses a folder of another task, a search of other images, and one that is not done", async () => {
    await derive("one", { samples: 2, trained: 1 });
    await rejects(derive("one", { samples: 3, trained: 1 }), /samples/);
    const { prepared, train } = images;
    const task = { search, options: { ...options, samples: 2 }, watch: null };
    const others = { ...images, train: train.slice(1) };
    await rejects(deriveWinner(join(folder.path, "other"), { ...task, images: others }), /was of another split/);
    await rejects(
      deriveWinner(join(folder.path, "third"), {
        ...task,
        images: { ...images, prepared: { ...prepared, hash: "x" } },
      }),
      /was of other images/,
    );
    const cut = join(folder.path, "cut");
    const watch = watchWith({ advance: () => Promise.reject(new Error("cut")) });
    await rejects(runSearch(cut, { images, options: tinySearch, watch }), /cut/);
    await rejects(
      deriveWinner(join(folder.path, "fourth"), { ...task, images, search: cut }),
      /The search in cut is not done/,
    );
    ok(!readdirSync(folder.path).includes("fourth"));
  });

  it("says which search it belongs to by what came out of that, not by its place", async () => {
    const other = join(folder.path, "again");
    await runSearch(other, { images, options: tinySearch, watch: null });
    equal(searchHash(other), searchHash(search));
    const third = join(folder.path, "third");
    await runSearch(third, { images, options: { ...tinySearch, seed: 5 }, watch: null });
    ok(searchHash(third) !== searchHash(search));
    deepEqual(networkOf(search), tinySearch.network);
    throws(() => searchHash(join(folder.path, "nowhere")), /missing/);
  });
});
