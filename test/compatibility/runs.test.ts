import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { deriveWinner } from "../../lib/derive/derive-winner";
import { trainControl } from "../../lib/derive/random-control";
import { openSearch } from "../../lib/search/open-search";
import { readSearch } from "../../lib/search/read-search";
import { runSearch } from "../../lib/search/run-search";
import type { SearchOptions } from "../../lib/search/search-options";
import { hashArchitecture } from "../../lib/space/encode";
import { readHistory } from "../../lib/validate/read-history";
import { readValidation } from "../../lib/validate/read-validation";
import { runPlan } from "../../lib/validate/run-plan";
import { brief } from "../derive/helpers";
import { tinyMacroSearch, tinySearch, tinySearchImages } from "../search/helpers";
import { sameData, sameRun, storedFolders, toTheBit } from "./stored";

const images = tinySearchImages();
const small = (options: Partial<SearchOptions>) => ({ ...options, network: { ...options.network, channels: 2 } });

/** The searches that were cut off, as whoever began them asks for them today. */
const searches: Readonly<Record<string, Partial<SearchOptions>>> = {
  "micro ENAS": small(tinySearch),
  "macro ENAS": small(tinyMacroSearch),
  "macro evolution": { ...small(tinyMacroSearch), strategy: { kind: "evolution", population: 4, tournament: 2 } },
  "macro uniform": { ...small(tinyMacroSearch), strategy: { kind: "uniform" } },
};

describe("runs of an earlier version", function () {
  this.timeout(300_000);
  const stored = storedFolders();

  for (const [name, options] of Object.entries(searches)) {
    it(`are carried on to the same end: the search ${name}`, async () => {
      const folder = join(stored.path, "cut off", name);
      const before = readSearch(folder);
      ok(!before.finished && before.epochs.length > 0 && before.epochs.length < 3);
      await runSearch(folder, { images, options, watch: null });
      sameRun(folder, stored.expected.runs[`cut off/${name}`]!, toTheBit(stored.expected));
    });
  }

  it("are read where they are done: a search, its shared weights and its strategy", async () => {
    const folder = join(stored.path, "search");
    const { finished, epochs, scored, best } = readSearch(folder);
    deepEqual([finished, epochs.length], [true, 3]);
    const { lines } = stored.expected.runs.search!;
    const rewards = lines.filter(({ event }) => event === "scored").map(({ reward }) => reward as number);
    deepEqual([scored.map(({ reward }) => reward), best?.reward], [rewards, Math.max(...rewards)]);
    const searcher = openSearch(folder, images);
    const [{ decoded }] = scored as [(typeof scored)[number]];
    ok(searcher.scorer.score(decoded, "all").reward >= 0);
    searcher.dispose();
    deepEqual((await runSearch(folder, { images, options: searches["micro ENAS"]!, watch: null })).best, best);
    sameRun(folder, stored.expected.runs.search!, true);
  });

  const deriving = { samples: 6, draws: 1, rescored: 4, trained: 2, training: brief };
  const works = {
    derivation: async (folder: string, search: string) =>
      (await deriveWinner(folder, { search, images, options: deriving, watch: null })).candidates,
    control: (folder: string, search: string) =>
      trainControl(folder, { search, images, options: { count: 3, training: brief }, watch: null }),
  };
  for (const [name, work] of Object.entries(works)) {
    for (const folder of [name, join("cut off", name)]) {
      it(`give the same candidates: ${folder}`, async () => {
        const candidates = await work(join(stored.path, folder), join(stored.path, "search"));
        const expected = stored.expected.runs[folder]!;
        const exact = name === folder || toTheBit(stored.expected);
        sameRun(join(stored.path, folder), expected, exact);
        const known = (list: NonNullable<typeof expected.candidates>) =>
          list.map(({ hash, standAlone }) => ({ hash, standAlone }));
        sameData(known(candidates), known(expected.candidates!), exact, "candidates");
        for (const { hash, architecture } of candidates) equal(hashArchitecture(architecture), hash);
      });
    }
  }

  it("are carried on to the same end: a cross-validation with a unit done and one cut off", async () => {
    const folder = join(stored.path, "validation");
    const { done, units, failures } = await runPlan(folder, null, { watch: null });
    deepEqual([done, failures], [true, []]);
    const exact = toTheBit(stored.expected);
    units.forEach(({ unit }, index) => {
      const expected = stored.expected.runs.validation[index]!;
      sameRun(join(folder, unit.folder, "training"), expected, exact || index === 0);
      equal(readHistory(folder, unit).length, 4);
      const predictions = readFileSync(join(folder, unit.folder, "predictions.csv"), "utf8");
      if (exact || index === 0) equal(predictions, expected.predictions);
    });
    const [{ model, predictions }] = readValidation(folder).models as [ReturnType<typeof readValidation>["models"][0]];
    deepEqual([model.name, model.kind, predictions.rows.length > 24], ["ENAS", "found", true]);
  });
});
