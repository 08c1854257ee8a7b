import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { deriveWinner, scoreForDerivation, trainCandidate } from "../../lib/derive/derive-winner";
import { scoreForControl, trainControl, trainDrawn } from "../../lib/derive/random-control";
import { readScores, scoreInRun, scoresFolder } from "../../lib/derive/scores";
import { readRun } from "../../lib/runs/read-run";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearchImages } from "../search/helpers";
import { brief, briefSteps, candidate, countingWatch, tinySearchIn } from "./helpers";

describe("scoreInRun(folder, about, score)", () => {
  const folder = temporaryFolder();
  const about = { configuration: { count: 2 }, inputs: { data: "x" } };

  it("scores once, and gives the same again; what failed begins anew", async () => {
    throws(() => readScores(folder.path), /is missing/);
    await rejects(
      scoreInRun(folder.path, about, () => Promise.reject(new Error("cut off"))),
      /cut off/,
    );
    throws(() => readScores(folder.path), /are not scored yet/);
    const scored = [candidate("a", { drawn: 0.1 + 0.2 }), candidate("b")];
    deepEqual(await scoreInRun(folder.path, about, () => Promise.resolve(scored)), scored);
    deepEqual(await scoreInRun(folder.path, about, () => Promise.reject(new Error("not again"))), scored);
    deepEqual(readScores(folder.path), scored);
    await rejects(
      scoreInRun(folder.path, { ...about, configuration: { count: 3 } }, () => Promise.resolve(scored)),
      /count is 2 there and 3 here/,
    );
  });
});

describe("the parts of a derivation and of a control, each alone", () => {
  const folder = temporaryFolder();
  const images = tinySearchImages();

  it("come to the same outcome as the whole, with nothing trained twice", async () => {
    const search = await tinySearchIn(folder.path);
    const counter = countingWatch();
    const task = { search, images, watch: counter.watch };
    const derivation = { ...task, options: { samples: 12, draws: 2, rescored: 5, trained: 3, training: brief } };
    const control = { ...task, options: { count: 3, training: brief } };
    const hashOf = (name: string) => readRun(join(folder.path, name)).outcome!.hash;
    await deriveWinner(join(folder.path, "whole"), derivation);
    await trainControl(join(folder.path, "control"), control);
    const steps = counter.steps;
    equal(steps, 6 * briefSteps);

    const place = join(folder.path, "parts");
    await scoreForDerivation(place, derivation);
    // In any order, and more than there are.
    for (const number of [3, 1, 2]) equal(typeof (await trainCandidate(place, derivation, number)), "string");
    equal(await trainCandidate(place, derivation, 4), null);
    equal(existsSync(join(place, "done.json")), false);
    await deriveWinner(place, derivation);
    equal(hashOf("parts"), hashOf("whole"));

    const other = join(folder.path, "other");
    await scoreForControl(other, control);
    for (const number of [2, 3, 1]) equal(typeof (await trainDrawn(other, control, number)), "string");
    await trainControl(other, control);
    equal(hashOf("other"), hashOf("control"));
    equal(counter.steps, 2 * steps);
    equal(existsSync(scoresFolder(other)), true);
  });
});
