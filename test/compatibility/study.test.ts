import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { deriveWinner } from "../../lib/derive/derive-winner";
import { trainControl } from "../../lib/derive/random-control";
import { readSearch } from "../../lib/search/read-search";
import { runSearch } from "../../lib/search/run-search";
import { hashArchitecture } from "../../lib/space/encode";
import { readComparisonFiles } from "../../lib/study/comparison-files";
import { controlFolder, deriveFolder, searchFolder } from "../../lib/study/layout";
import { openStudy, type Study } from "../../lib/study/open-study";
import { requireSearches } from "../../lib/study/run-searches";
import { reportStudy } from "../../lib/study/study-report";
import { foundPlan, handCraftedPlan } from "../../lib/study/validation-plans";
import { readWinner } from "../../lib/study/winner";
import { runPlan } from "../../lib/validate/run-plan";
import { storedFolders } from "./stored";

describe("a study of an earlier version", function () {
  this.timeout(300_000);
  const stored = storedFolders();
  const open = () => openStudy({ profile: "smoke", dataset: "phantom" }, stored.path);
  let study: Study;
  beforeEach(async () => {
    study = await open();
  });

  it("is opened in its own folder, of the same images, and its file keeps what it says", async () => {
    const file = study.path("study.json");
    equal(file, join(stored.path, "phantom-smoke", "study.json"));
    const { dataHash, prepared } = stored.expected.study;
    deepEqual([study.dataHash, study.prepared.hash], [dataHash, prepared]);
    const before = JSON.parse(readFileSync(file, "utf8")) as { dataHash: string; settings: { epochs: number } };
    equal(before.dataHash, dataHash);
    writeFileSync(file, JSON.stringify({ ...before, settings: { ...before.settings, seeds: [1, 2] } }));
    await rejects(open(), { name: "Problem", message: /phantom-smoke/ });
  });

  it("gives every step's results again, and trains nothing anew", async () => {
    requireSearches(study);
    const images = study.searchImages();
    const { settings } = study;
    const [seed] = settings.search.seeds as [number];
    const [enas, uniform] = [searchFolder(study, seed), searchFolder(study, seed, "uniform")];
    const options = { ...settings.search.options, seed };
    const given = await runSearch(enas, { images, options, watch: null });
    deepEqual(given.best, readSearch(enas).best);
    await runSearch(uniform, { images, options: { ...options, strategy: { kind: "uniform" } }, watch: null });

    const derive = { images, options: { ...settings.derive, seed }, watch: null };
    const { winner } = await deriveWinner(deriveFolder(study, seed), { ...derive, search: enas });
    await deriveWinner(deriveFolder(study, seed, "uniform"), { ...derive, search: uniform });
    const control = { search: enas, images, options: { ...settings.control, seed }, watch: null };
    const drawn = await trainControl(controlFolder(study, seed), control);
    equal(drawn.length, settings.control.count);

    const kept = readWinner(study);
    deepEqual(kept.winner.architecture, winner.architecture);
    for (const { hash, architecture } of [kept.winner, ...kept.winners, ...kept.controls])
      equal(hashArchitecture(architecture), hash);
    for (const [name, plan] of [
      ["found", foundPlan(study, kept)],
      ["hand-crafted", handCraftedPlan(study)],
    ] as const) {
      const { done, units } = await runPlan(study.path("validation", name), plan, { watch: null });
      deepEqual([done, units.length], [true, 4]);
    }
    const weights = readdirSync(study.path(), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith("weights.bin"),
    );
    deepEqual(weights, []);
  });

  it("is reported with the same numbers in its tables, but for what is computed anew by other rules", async () => {
    const comparison = readComparisonFiles(study);
    deepEqual([comparison?.rows.length, comparison?.family?.family.length, comparison?.claims.length], [7, 6, 6]);
    deepEqual([Object.keys(comparison!.figures).length, Object.keys(comparison!.tables).length], [9, 4]);
    const { contents } = await reportStudy(study);
    // Areas are within folds since then, intervals are drawn within folds, and gains have Welch's.
    const older = (title: string, rows: readonly object[]) =>
      numbersOf(["Search", "Subgroups"].includes(title) ? rows.map(withoutEstimates) : rows);
    const tables = contents.sections.flatMap(({ title, blocks }) =>
      blocks.flatMap((block) => (block.kind === "table" ? [older(title, block.rows)] : [])),
    );
    const missing = stored.expected.study.tables.filter(({ title, rows }) => !tables.includes(older(title, rows)));
    deepEqual(missing, []);
  });
});

/** A row without what is estimated with an interval, and without how many pairs a correlation has. */
function withoutEstimates(row: object): object {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => !/AUC|accuracy|gain|τ|ρ|architectures/.test(column)),
  );
}

/** All numbers of a table's cells and sentences, in some order: its words may change. */
function numbersOf(rows: readonly object[]): string {
  const cells = rows.flatMap((row) => Object.values(row) as unknown[]);
  return cells
    .flatMap((cell) => String(cell).match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? [])
    .sort()
    .join(" ");
}
