import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";

import { parse } from "papaparse";

import { searchFiles } from "../../lib/study/published-search";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "./helpers";

describe("searchFiles(folder)", () => {
  const made = filledStudy();
  const empty = temporaryFolder();
  const files = async () => {
    writeFileSync(made.study.path("study.json"), JSON.stringify({ settings: made.study.settings }));
    return new Map(await searchFiles(made.study.path()));
  };
  const rowsOf = (text: string) => parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;

  it("has a table of epochs, candidates and random architectures for each search, and what each was worth", async () => {
    const found = await files();
    deepEqual([...found.keys()].filter((name) => name.startsWith("search/")).sort(), [
      "search/enas-seed-1-candidates.csv",
      "search/enas-seed-1-epochs.csv",
      "search/random-seed-1.csv",
      "search/uniform-seed-1-candidates.csv",
      "search/uniform-seed-1-epochs.csv",
      "search/verdicts.csv",
    ]);
    const epochs = rowsOf(found.get("search/enas-seed-1-epochs.csv")!);
    equal(epochs.length, 4);
    equal(epochs[0]!.epoch, "1");
    equal(Number(epochs[1]!.mean_reward), 0.7);
    deepEqual(
      rowsOf(found.get("search/verdicts.csv")!).map(({ search }) => search),
      ["ENAS", "uniform policy"],
    );
    equal(rowsOf(found.get("search/random-seed-1.csv")!).length, 8);
  });

  it("has figures that can be drawn, and drawings of the winners and of random architectures", async () => {
    const found = await files();
    for (const name of ["search-enas-seed-1", "search-uniform-seed-1", "found-and-random", "shared-and-own-weights"]) {
      const figure = JSON.parse(found.get(`figures/${name}.json`)!) as { data: unknown[]; layout: object };
      equal(figure.data.length > 0 && typeof figure.layout, "object", name);
    }
    match(found.get("architectures/found-seed-1.svg")!, /^<svg/);
    match(found.get("architectures/random-1.svg")!, /^<svg/);
  });

  it("refuses a folder that is none of a study", async () => {
    await rejects(searchFiles(empty.path), /has no study\.json/);
  });
});
