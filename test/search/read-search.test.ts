import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { readSearch, readSearchRun } from "../../lib/search/read-search";
import { runSearch } from "../../lib/search/run-search";
import { checkSearch } from "../../lib/search/search-options";
import { encode } from "../../lib/space/encode";
import { temporaryFolder } from "../helpers/temporary";
import { tinyMacroSearch, tinySearch, tinySearchImages, watchWith } from "./helpers";

describe("readSearch(folder)", () => {
  const folder = temporaryFolder();

  it("reads options, epochs and every scored architecture, also of a search that was cut off", async () => {
    const place = join(folder.path, "search");
    const run = (watch: ReturnType<typeof watchWith> | null) =>
      runSearch(place, { images: tinySearchImages(), options: tinySearch, watch });
    let passed = 0;
    // In the second epoch, after its three steps and the first of its updates.
    await rejects(
      run(watchWith({ advance: () => (++passed === 7 ? Promise.reject(new Error("cut")) : Promise.resolve()) })),
      /cut/,
    );
    const cut = readSearch(place);
    deepEqual(cut.options, checkSearch(tinySearch));
    deepEqual([cut.finished, cut.epochs.length, cut.scored.length], [false, 1, 3]);
    await run(null);
    const done = readSearch(place);
    deepEqual([done.finished, done.epochs.length, done.scored.length], [true, 3, 12]);
    for (const { decoded, architecture, reward, measured, images, parameters } of done.scored) {
      deepEqual(encode(done.options.space, decoded), architecture);
      equal(reward, measured);
      equal(images, 8);
      ok(parameters > 0);
    }
  });

  it("reads whole networks too", async () => {
    const place = join(folder.path, "macro");
    await runSearch(place, { images: tinySearchImages(), options: tinyMacroSearch, watch: null });
    for (const { decoded } of readSearch(place).scored) equal(decoded.kind === "macro" && decoded.layers.length, 3);
  });

  it("refuses a folder without a search", () => {
    throws(() => readSearch(join(folder.path, "nowhere")), /nowhere is missing/);
    throws(() => readSearch(folder.path), /no run.json/);
    const place = join(folder.path, "training");
    openRun(place, { kind: "training", configuration: null, inputs: {} }).close();
    for (const read of [readSearch, readSearchRun])
      throws(() => read(place), /holds a run of the kind "training", expected a search/);
  });
});
