import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { sampleArchitecture } from "../../lib/space/sample";
import { namesOfTested } from "../../lib/train/test-door";
import { explainedArm, optimiseNetworks, type OptimisedNetworks } from "../../lib/study/optimise-networks";
import type { Study } from "../../lib/study/open-study";
import { showOptimised } from "../../lib/study/show-optimised";
import { writeAtomically } from "../../lib/files/write-atomically";
import { captureOutput } from "../helpers/capture";
import { lastingFolder } from "../helpers/temporary";
import { innerFoldsOf } from "../../lib/study/trial-searches";
import { smokeStudy } from "./helpers";

const quickly = { brackets: { epochs: [1], points: 2, count: 1 }, seeds: [1], innerFolds: 2 };

describe("optimiseNetworks(study, options) and showOptimised(optimised, part)", function () {
  this.timeout(180_000);
  const folder = lastingFolder();
  let study: Study;
  let optimised: OptimisedNetworks;
  before(async () => {
    study = await smokeStudy(folder.path);
  });
  const keep = (controls: number) => {
    const { space } = study.settings.search.options;
    const chosen = (seed: number) => ({
      ...{ hash: String(seed), seed },
      architecture: sampleArchitecture(space!, createRandom(seed)),
    });
    const random = Array.from({ length: controls }, (_, index) => chosen(index + 2));
    writeAtomically(study.path("winner.json"), JSON.stringify({ winner: chosen(1), winners: [], controls: random }));
  };

  it("refuses a study without a winner, or without a random network beside it", async () => {
    await rejects(optimiseNetworks(study, quickly), /no winner yet/);
    keep(0);
    await rejects(
      optimiseNetworks(study, quickly),
      (error: unknown) => error instanceof Problem && error.message.includes("no random network"),
    );
    await rejects(optimiseNetworks(study, { seed: 1 } as never), /seed/);
  });

  it("runs the found network and its controls with the same epochs, without the images that the fold tests", async () => {
    keep(1);
    optimised = await optimiseNetworks(study, quickly);
    const { results } = optimised;
    deepEqual(
      results.map(({ arm }) => arm),
      ["ENAS-B", "ENAS, settings by chance", "plain CNN-B", "random 1-B", "ENAS", "plain CNN"],
    );
    deepEqual(
      results.map(({ optimisation }) => optimisation?.trials.length ?? 0),
      [2, 2, 2, 2, 0, 0],
    );
    ok(existsSync(join(study.path("optimised"), "arms.json")));
    const tested = new Set(namesOfTested(study.searchFold));
    const seen = innerFoldsOf(study, { folds: 2 }).flatMap(({ train, validation }) => [...train, ...validation]);
    equal(seen.filter((id) => tested.has(id)).length, 0);
    // The arm by chance has the same subject: its trials tell of it too.
    equal(explainedArm(optimised).trials.length, 4);
  });

  it("shows arms, history, settings and importance", async () => {
    for (const [part, expected] of [
      ["arms", /ENAS-B.*plain CNN-B/s],
      ["history", /Figure: The best settings so far/],
      ["settings", /variation/],
      ["importance", /Figure: What matters: ENAS.*Figure: /s],
    ] as const) {
      const said = await captureOutput(() => {
        showOptimised(optimised, part);
      });
      ok(expected.test(said), `${part}: ${said}`);
    }
  });
});
