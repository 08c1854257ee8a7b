import { deepEqual, equal, notDeepEqual, rejects, throws } from "node:assert/strict";
import { join } from "node:path";

import { slugOfStrategy } from "../../lib/controller/strategy-name";
import { strategies } from "../../lib/controller/strategies";
import { armsOf } from "../../lib/derive/arms";
import { deriveWinner } from "../../lib/derive/derive-winner";
import { judgeSearch } from "../../lib/derive/judge-search";
import { judgeSearches, type NamedSearch } from "../../lib/derive/judge-searches";
import { trainControl } from "../../lib/derive/random-control";
import { readCandidates } from "../../lib/derive/read-candidates";
import { tellVerdict } from "../../lib/derive/tell-verdict";
import { createRandom } from "../../lib/runtime/random";
import { readRun } from "../../lib/runs/read-run";
import { readSearch } from "../../lib/search/read-search";
import { runSearch } from "../../lib/search/run-search";
import { climb } from "../helpers/climb";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearch, tinySearchImages } from "../search/helpers";
import { brief, candidate, kept } from "./helpers";

describe("judgeSearches(searches, seed)", () => {
  const found = kept(
    [0.8, 0.9, 0.7].map((score, index) => candidate(`f${index}`, { score, onAll: score })),
    "of the derivation",
  );
  const control = kept(
    // Not in one order throughout, and enough for an interval of the ranks, which chance has a part in.
    [0.6, 0.75, 0.7, 0.65, 0.72, 0.58, 0.68, 0.71, 0.63, 0.66].map((score, index) =>
      candidate(`r${index}`, { score, onAll: (7.3 * score) % 0.31 }),
    ),
    "of the control",
  );
  const named = (name: string, slug: string, seed: number, parts: Partial<NamedSearch> = {}): NamedSearch => ({
    ...{ name, slug, seed, found, control },
    ...parts,
  });
  const judge = (label: string | number) =>
    judgeSearch(found.candidates, control.candidates, createRandom(7).split("judge").split(label));

  it("judges each search by its control, and says what it was computed from", () => {
    const computedFrom = { derivation: "of the derivation", control: "of the control" };
    deepEqual(judgeSearches([named("evolution", "evolution", 7)], 7), [
      { name: "evolution", seed: 7, verdict: judge("evolution 7"), computedFrom },
    ]);
  });

  it("has the chance of earlier studies for ENAS and for the uniform policy: their numbers stay", () => {
    const judged = judgeSearches([named("ENAS", "enas", 8), named("uniform policy", "uniform", 7)], 7);
    deepEqual(
      judged.map(({ verdict }) => verdict),
      [judge(8), judge("uniform 7")],
    );
    notDeepEqual(judge(8), judge("uniform 7"));
  });

  it("gives plain data, which a file holds as it is", () => {
    const judged = judgeSearches([named("ENAS", "enas", 1)], 1);
    deepEqual(JSON.parse(JSON.stringify(judged)), judged);
  });

  it("leaves out what is not done, and refuses what cannot be judged", () => {
    const searches = [named("a", "a", 1, { found: null }), named("b", "b", 1, { control: null }), named("c", "c", 1)];
    deepEqual(
      judgeSearches(searches, 1).map(({ name }) => name),
      ["c"],
    );
    throws(() => judgeSearches([named("d", "d", 1, { found: kept([candidate("x")]) })], 1), /0 trained candidates/);
  });
});

describe("searches of every strategy, from the search to its verdict", () => {
  const folder = temporaryFolder();
  const images = tinySearchImages();

  for (const { kind, title } of [...Object.values(strategies), climb]) {
    it(`names ${title} in its record, its verdict, its row and its arm`, async () => {
      const place = (name: string) => join(folder.path, name);
      const own = kind === climb.kind ? { strategy: climb } : {};
      const options = { ...tinySearch, strategy: kind === "evolution" ? { kind, population: 3 } : { kind } };
      const { name } = await runSearch(place("search"), { images, options, watch: null, ...own });
      equal(readSearch(place("search")).name, title);
      const task = { search: place("search"), images, watch: null, ...own };
      const derive = { samples: 4, draws: 1, rescored: 2, trained: 2, training: brief };
      await deriveWinner(place("derivation"), { ...task, options: derive });
      await trainControl(place("control"), { ...task, options: { count: 2, training: brief } });
      const searches = [
        {
          ...{ name, slug: slugOfStrategy({ kind }), seed: 1 },
          ...{ found: readCandidates(place("derivation")), control: readCandidates(place("control")) },
        },
      ];
      const [judged] = judgeSearches(searches, 1);
      equal(judged!.name, title);
      deepEqual(judged!.computedFrom, {
        derivation: readRun(place("derivation")).outcome!.hash,
        control: readRun(place("control")).outcome!.hash,
      });
      equal(tellVerdict(judged!).search, title);
      deepEqual(
        armsOf(searches).map((arm) => arm.name),
        [title, "drawn at random"],
      );
    });
  }

  it("refuses to derive from a search whose strategy nobody has given", async () => {
    const search = join(folder.path, "search");
    const options = { ...tinySearch, strategy: { kind: climb.kind } };
    await runSearch(search, { images, options, strategy: climb, watch: null });
    const task = { search, images, options: { samples: 2 }, watch: null };
    await rejects(
      deriveWinner(join(folder.path, "derivation"), task),
      /"hill climbing", which the library does not have/,
    );
  });
});
