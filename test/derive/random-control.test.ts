import { deepEqual, equal, notEqual, ok, rejects } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { candidatesFile } from "../../lib/derive/read-candidates";
import { trainControl, type ControlOptions } from "../../lib/derive/random-control";
import { tf } from "../../lib/runtime/tensorflow";
import { Interrupted } from "../../lib/runs/exit-codes";
import { readRun } from "../../lib/runs/read-run";
import { openSearch } from "../../lib/search/open-search";
import { hashArchitecture } from "../../lib/space/encode";
import { publishedMicroOperations } from "../../lib/space/micro/operations";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearchImages } from "../search/helpers";
import { brief, briefSteps, countingWatch, namesOf, tinySearchIn } from "./helpers";

describe("trainControl(folder, task)", () => {
  const folder = temporaryFolder();
  const images = tinySearchImages();
  let search: string;
  beforeEach(async () => {
    search = await tinySearchIn(folder.path);
  });
  const control = (
    name: string,
    given: Partial<ControlOptions> = {},
    watch: Parameters<typeof trainControl>[1]["watch"] = null,
  ) =>
    trainControl(join(folder.path, name), { search, images, options: { count: 3, training: brief, ...given }, watch });

  it("trains distinct architectures, scores them with the shared weights on all images, and lists the best first", async () => {
    const { numTensors } = tf.memory();
    const counter = countingWatch();
    const candidates = await control("one", {}, counter.watch);
    equal(tf.memory().numTensors, numTensors);
    equal(new Set(candidates.map(({ hash }) => hash)).size, 3);
    equal(counter.steps, 3 * briefSteps);
    const opened = openSearch(search, images);
    for (const { architecture, hash, onAll, drawn, parameters } of candidates) {
      equal(hashArchitecture(architecture), hash);
      const score = opened.scorer.score(architecture, "all");
      deepEqual([onAll, drawn, parameters], [score.reward, null, score.parameters]);
    }
    opened.dispose();
    const scores = candidates.map(({ standAlone }) => standAlone!.score);
    deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    deepEqual(JSON.parse(readFileSync(join(folder.path, "one", candidatesFile), "utf8")), candidates);
    deepEqual(readRun(join(folder.path, "one")).result, { best: candidates[0]!.hash });
  });

  it("draws the same for the same seed, others for another, and the first of many as the first of few", async () => {
    const short = { training: { ...brief, epochs: 1 } };
    const names = async (name: string, given: Partial<ControlOptions>) =>
      new Set((await control(name, { ...short, ...given })).map(({ hash }) => hash));
    const two = await names("two", { count: 2 });
    deepEqual(await names("same", { count: 2 }), two);
    ok([...two].every((hash) => !hash.startsWith("x")));
    const four = await names("four", { count: 4 });
    for (const hash of two) ok(four.has(hash));
    notEqual([...(await names("other", { count: 2, seed: 2 }))].sort().join(), [...two].sort().join());
  });

  it("draws from the whole space, not as the search's controller would", async () => {
    const drawn = await control("many", { count: 12, training: { ...brief, epochs: 1 } });
    const operations = drawn.flatMap(({ architecture }) =>
      architecture.kind === "micro"
        ? [...architecture.normal, ...architecture.reduction].flatMap(({ x, y }) => [x.operation, y.operation])
        : [],
    );
    // 96 draws of one in five: 19.2 with a deviation of 3.9.
    for (const operation of publishedMicroOperations) {
      const count = operations.filter((one) => one === operation).length;
      ok(Math.abs(count - 19.2) < 4 * 3.92, `${operation}: ${count}`);
    }
  });

  it("trains nothing twice, goes on where a signal stopped it, and ends as if nothing had been", async () => {
    const expected = await control("whole");
    const again = countingWatch();
    deepEqual(await control("whole", {}, again.watch), expected);
    equal(again.steps, 0);
    const parts = [countingWatch(briefSteps + 2), countingWatch()];
    await rejects(control("parts", {}, parts[0]!.watch), Interrupted);
    deepEqual(await control("parts", {}, parts[1]!.watch), expected);
    equal(parts[0]!.steps + parts[1]!.steps, 3 * briefSteps);
    equal(readRun(join(folder.path, "parts")).outcome!.hash, readRun(join(folder.path, "whole")).outcome!.hash);
    equal(namesOf(expected).split(" ").length, 3);
  });

  it("refuses options that are none or out of range, and more architectures than there are, and makes no folder", async () => {
    await rejects(control("one", { counts: 3 } as never), /The random control has no option "counts"[\s\S]*"count"/);
    for (const count of [1, 0, 2.5]) await rejects(control("one", { count }), /expected a whole number from 2/);
    await rejects(control("one", { seed: -1 }), /seed: -1/);
    await rejects(control("one", { criterion: "AUC" as never }), /The random control has criterion: "AUC"/);
    // Cells of two nodes: (10² · 15²)² of them.
    await rejects(
      control("one", { count: 506_250_001 }),
      /count: 506250001, but the space has 506250000 architectures/,
    );
    equal(existsSync(join(folder.path, "one")), false);
  });
});
