import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { deriveWinner } from "../../lib/derive/derive-winner";
import { trainControl } from "../../lib/derive/random-control";
import { candidatesOfTrials, drawLikeTrials } from "../../lib/derive/trial-candidates";
import { costOf } from "../../lib/graph/cost";
import { buildNetwork } from "../../lib/space/build";
import { hashArchitecture } from "../../lib/space/encode";
import { searchByTrials } from "../../lib/trials/search-by-trials";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearchImages } from "../search/helpers";
import { strategyOf, taskOf } from "../trials/helpers";
import { brief } from "./helpers";

describe("what is derived from a search by trials", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const images = tinySearchImages();
  const { size, settings } = taskOf().priced;
  const priced = { size, settings, budget: { parameters: [500, 4000] as const } };
  const at = (name: string) => join(root.path, name);
  const searched = async () => {
    const task = taskOf({ strategy: strategyOf("random-race"), priced, limit: { trainings: 6 } });
    return { search: at("search"), result: await searchByTrials(at("search"), task) };
  };

  it("begins with what the search chose and what came furthest, each trained with several seeds", async () => {
    const { search, result } = await searched();
    const { candidates } = candidatesOfTrials(search);
    equal(candidates[0]!.hash, hashArchitecture(result.chosen));
    equal(candidates.length, new Set(result.trials.map(({ candidate }) => candidate)).size);
    const options = { trained: 2, training: brief, repeats: 2 };
    const derived = await deriveWinner(at("derived"), { search, images, options, watch: null });
    const trained = derived.candidates.filter(({ standAlone }) => standAlone !== null);
    deepEqual(
      trained.map(({ hash }) => hash).sort(),
      candidates
        .slice(0, 2)
        .map(({ hash }) => hash)
        .sort(),
    );
    for (const { hash } of trained)
      for (const name of [hash, `${hash}-seed-2`])
        ok(existsSync(join(at("derived"), "stand-alone", name, "done.json")));
    const once = await deriveWinner(at("once"), { search, images, options: { ...options, repeats: 1 }, watch: null });
    const twin = once.candidates.find(({ hash }) => hash === trained[0]!.hash)!;
    ok(twin.standAlone!.loss !== trained[0]!.standAlone!.loss, "another seed counts too");
  });

  it("is held against networks drawn within the same budget, trained alike", async () => {
    const { search } = await searched();
    const options = { count: 3, training: brief };
    const control = await trainControl(at("control"), { search, images, options, watch: null });
    equal(control.length, 3);
    for (const { architecture, parameters, onAll, standAlone } of control) {
      equal(parameters, costOf(buildNetwork(architecture, size, settings)).trainable);
      ok(parameters >= 500 && parameters <= 4000);
      deepEqual([onAll, standAlone === null], [null, false]);
    }
    const few = { kind: "macro", layers: 3, operations: ["separable 3×3"] } as const;
    await searchByTrials(at("few"), taskOf({ space: few, candidates: 4, limit: { trainings: 1 } }));
    throws(() => drawLikeTrials(at("few"), { count: 9, seed: 1 }), /8 different networks after 180 draws, expected 9/);
  });

  it("is refused where the search is not done", async () => {
    await rejects(deriveWinner(at("early"), { search: at("missing"), images, options: {}, watch: null }), /missing/);
  });
});
