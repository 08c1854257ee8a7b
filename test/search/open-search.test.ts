import { deepEqual, equal, notEqual, rejects, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { openRun } from "../../lib/runs/open-run";
import { inputsOf, openSearch } from "../../lib/search/open-search";
import { runSearch } from "../../lib/search/run-search";
import { temporaryFolder } from "../helpers/temporary";
import { hashState, tinyMacroSearch, tinySearch, tinySearcher, tinySearchImages, watchWith } from "./helpers";

describe("openSearch(folder, images)", () => {
  const folder = temporaryFolder();

  for (const [name, options] of Object.entries({ cells: tinySearch, "whole networks": tinyMacroSearch })) {
    it(`restores weights and strategy of a search that is done, which score as they did: ${name}`, async () => {
      const images = tinySearchImages();
      await runSearch(folder.path, { images, options, watch: null });
      // Counted afterwards: the process's first training step makes a constant that stays.
      const { numTensors } = tf.memory();
      // The same search by hand, without a folder.
      const searcher = tinySearcher(options, images);
      const epochs = options.epochs!;
      const updatesPerEpoch = options.updatesPerEpoch!;
      for (let step = 0, update = 0; step < epochs * searcher.stepsPerEpoch;) {
        searcher.learnStep(step++);
        if (step % searcher.stepsPerEpoch > 0 || step / searcher.stepsPerEpoch <= options.warmUpEpochs!) continue;
        for (let count = 0; count < updatesPerEpoch; count++) searcher.update(update++);
      }
      const opened = openSearch(folder.path, images);
      equal(hashState(opened.state()), hashState(searcher.state()));
      for (let draw = 0; draw < 3; draw++) {
        const { architecture } = opened.strategy.propose(createRandom(draw));
        deepEqual(architecture, searcher.strategy.propose(createRandom(draw)).architecture);
        deepEqual(opened.scorer.score(architecture, draw), searcher.scorer.score(architecture, draw));
        deepEqual(opened.scorer.score(architecture, "all"), searcher.scorer.score(architecture, "all"));
      }
      opened.dispose();
      searcher.dispose();
      equal(tf.memory().numTensors, numTensors);
    });
  }

  it("refuses a search that is not done, other images, another split, and another run", async () => {
    const { numTensors } = tf.memory();
    const images = tinySearchImages();
    const place = join(folder.path, "search");
    const run = (watch: ReturnType<typeof watchWith> | null) =>
      runSearch(place, { images, options: tinySearch, watch });
    let epochs = 0;
    const watch = watchWith({
      advance: () => (epochs === 1 ? Promise.reject(new Error("cut")) : Promise.resolve()),
      epoch: () => void (epochs += 1),
    });
    await rejects(run(watch), /cut/);
    throws(() => openSearch(place, images), /The search in .* is not done/);
    await run(null);
    const { train, prepared } = images;
    throws(() => openSearch(place, { ...images, train: train.slice(1) }), /was of another split/);
    throws(
      () => openSearch(place, { ...images, prepared: { ...prepared, hash: "x" } }),
      /was of other images, or prepared otherwise/,
    );
    openRun(join(folder.path, "training"), { kind: "training", configuration: null, inputs: {} }).close();
    throws(() => openSearch(join(folder.path, "training"), images), /expected a search/);
    rmSync(join(place, "checkpoints"), { recursive: true });
    throws(() => openSearch(place, images), /is done, and its shared weights are missing[\s\S]*Put its folder/);
    equal(tf.memory().numTensors, numTensors);
  });
});

describe("inputsOf(images)", () => {
  it("tells apart which images are where, and how they were prepared", () => {
    const images = tinySearchImages();
    const { train, searchValidation, prepared } = images;
    deepEqual(inputsOf(tinySearchImages()), inputsOf(images));
    equal(inputsOf(images).data, prepared.hash);
    const others = [
      { ...images, train: train.slice(1) },
      { ...images, train: [...train].reverse() },
      { ...images, train: [...train, searchValidation[0]!], searchValidation: searchValidation.slice(1) },
      { ...images, train: searchValidation, searchValidation: train },
    ];
    for (const other of others) notEqual(inputsOf(other).split, inputsOf(images).split);
  });

  it("gives the hash that folders of earlier runs keep", () => {
    const images = { prepared: tinySearchImages().prepared, train: ["a", "b"], searchValidation: ["c"] };
    const expected = createHash("sha256").update('{"train":["a","b"],"reward":["c"]}').digest("hex");
    equal(inputsOf(images).split, expected);
  });
});
