import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";

import { buildNetwork } from "../../lib/space/build";
import { encode } from "../../lib/space/encode";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { computeNormalisation } from "../../lib/data/prepare/normalise";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import type { SearchOptions } from "../../lib/search/search-options";
import { Searcher, type SearchImages } from "../../lib/search/searcher";
import { rateAt } from "../../lib/train/schedule";
import { hashState, pixelsOf, tinyMacroSearch, tinySearcher, tinySearchImages } from "./helpers";

const kinds: Record<string, Partial<SearchOptions>> = {
  "ENAS's controller": {},
  "random search": { strategy: { kind: "uniform" } },
  evolution: { strategy: { kind: "evolution", population: 4, tournament: 2 } },
  "whole networks": tinyMacroSearch,
  "Adam, class weights and dropout in the reward": {
    ...{ optimiser: { kind: "adam" }, schedule: { kind: "cosine", rate: 0.01 }, classWeights: "balanced" },
    reward: { batchSize: 6, dropout: true, measure: "negative loss" },
  },
};

describe("Searcher", () => {
  const searchers: Searcher[] = [];
  const make = (given: Partial<SearchOptions> = {}, images?: SearchImages) => {
    const searcher = tinySearcher(given, images);
    searchers.push(searcher);
    return searcher;
  };
  afterEach(() => {
    for (const searcher of searchers.splice(0)) searcher.dispose();
  });

  for (const [name, options] of Object.entries(kinds)) {
    it(`goes on from a state to the bit as if it had not stopped, whatever it did before: ${name}`, () => {
      const one = make(options);
      for (let step = 0; step < 5; step++) one.learnStep(step);
      for (let update = 0; update < 3; update++) one.update(update);
      const state = one.state();
      const before = hashState(state);
      const results = [one.learnStep(5), one.update(3), one.learnStep(6), one.update(4)];
      equal(hashState(state), before, "a state is a copy");

      const other = make(options);
      other.learnStep(9);
      other.update(7);
      other.restore(state, 5);
      equal(hashState(other.state()), before);
      deepEqual([other.learnStep(5), other.update(3), other.learnStep(6), other.update(4)], results);
      equal(hashState(other.state()), hashState(one.state()));
      notEqual(hashState(one.state()), before);
    });
  }

  it("starts alike for equal seeds and otherwise for others", () => {
    equal(hashState(make().state()), hashState(make().state()));
    notEqual(hashState(make({ seed: 2 }).state()), hashState(make().state()));
  });

  for (const [name, options] of Object.entries({
    cells: {},
    "whole networks": tinyMacroSearch,
  } satisfies Record<string, Partial<SearchOptions>>)) {
    it(`changes in a step no weight and no moment but those of the operations that were drawn: ${name}`, () => {
      const searcher = make({ ...options, seed: 3 });
      for (let step = 0; step < 12; step++) searcher.learnStep(step);
      const all = searcher.shared.weights.keys;
      for (let step = 12; step < 18; step++) {
        const architecture = searcher.strategy.sample(createRandom(3).split("search").split("sample").split(step));
        const own = namedWeightsOf(buildNetwork(architecture, searcher.shared.size, searcher.shared.settings));
        const trained = new Set(own.filter(({ specification }) => specification.trainable).map(({ key }) => key));
        const before = searcher.state().arrays;
        searcher.learnStep(step);
        const after = searcher.state().arrays;
        const changed = (key: string) =>
          (after.get(key)?.values ?? []).some((value, at) => value !== before.get(key)?.values[at]);
        for (const key of all) {
          if (!trained.has(key)) {
            ok(!changed(`weights/${key}`), `${key} was not drawn`);
            deepEqual(after.get(`optimiser/moment/${key}`), before.get(`optimiser/moment/${key}`), key);
          }
        }
        // Nearly all that were drawn do change; a weight behind a ReLU that lets nothing through may have no gradient.
        const moved = [...trained].filter((key) => changed(`weights/${key}`)).length;
        ok(moved > 0.8 * trained.size, `${moved} of ${trained.size}`);
        ok(trained.size < all.length);
      }
    });
  }

  it("tells of a step how many images were right, and the rate of its schedule", () => {
    const schedule = { kind: "restarts", rate: 0.04, lowest: 0.01, first: 1, factor: 2 } as const;
    const searcher = make({ schedule });
    equal(searcher.stepsPerEpoch, 3);
    for (const step of [0, 3, 7]) {
      const { loss, right, images, norm, rate } = searcher.learnStep(step);
      ok(loss > 0 && norm > 0);
      ok(Number.isInteger(right) && right >= 0 && right <= images);
      equal(images, 8);
      equal(rate, rateAt(searcher.options.schedule, step, { epochs: 3, stepsPerEpoch: 3 }));
    }
    equal(searcher.learnStep(0).rate, 0.04);
  });

  it("scores each architecture of an update on a draw of its own, and tells what it learned from", () => {
    const searcher = make();
    for (const update of [0, 1, 5]) {
      const random = createRandom(1).split("search").split("propose");
      const expected = [0, 1, 2].map((index) => {
        const draw = 3 * update + index;
        const { architecture } = searcher.strategy.propose(random.split(draw));
        return { architecture, ...searcher.scorer.score(architecture, draw) };
      });
      const { scored, learned } = searcher.update(update);
      deepEqual(scored, expected);
      ok(learned.baseline !== null && learned.entropy !== null);
    }
  });

  it("learns nothing of search-validation images: what stands in them changes no weight", () => {
    const images = tinySearchImages();
    const [one, other] = [make(), make({}, images)];
    for (const id of images.searchValidation) pixelsOf(images, id).fill(NaN);
    for (let step = 0; step < 4; step++) deepEqual(other.learnStep(step), one.learnStep(step));
    equal(hashState(other.state()), hashState(one.state()));
    deepEqual(one.normalisation, computeNormalisation(images.prepared, images.train));
  });

  it("refuses a loss that is no number, naming the step and the architecture, with all as it was before", () => {
    const images = tinySearchImages();
    const searcher = make({}, images);
    searcher.learnStep(0);
    const before = hashState(searcher.state());
    for (const id of images.train) pixelsOf(images, id).fill(NaN);
    const architecture = searcher.strategy.sample(createRandom(1).split("search").split("sample").split(4));
    throws(
      () => searcher.learnStep(4),
      (error) =>
        error instanceof Problem &&
        error.message.includes(
          "loss of the shared weights became NaN in epoch 2, step 2, at a learning rate of 0.0488",
        ) &&
        error.message.includes(encode(searcher.options.space, architecture).join(" ")),
    );
    equal(hashState(searcher.state()), before);
  });

  it("refuses gradients that are too large for numbers", () => {
    const searcher = make({ schedule: { kind: "constant", rate: 1e30 }, optimiser: { kind: "momentum", bound: 0 } });
    throws(() => {
      for (let step = 0; step < 9; step++) searcher.learnStep(step);
    }, /The (loss|norm of the gradients) of the shared weights became (NaN|-?Infinity) in epoch/);
  });

  it("holds its weights and their moments and no other tensor, however much it learned, and none when it is disposed", () => {
    for (const options of [{}, tinyMacroSearch, { classWeights: "balanced" as const }]) {
      const { numTensors } = tf.memory();
      const searcher = tinySearcher(options);
      for (const round of [0, 1, 2]) {
        for (let step = 5 * round; step < 5 * (round + 1); step++) searcher.learnStep(step);
        searcher.update(round);
        searcher.scorer.score(searcher.strategy.sample(createRandom(1)), "all");
        const moments = [...searcher.state().arrays.keys()].filter((key) => key.startsWith("optimiser/")).length;
        equal(tf.memory().numTensors, numTensors + searcher.shared.weights.keys.length + moments);
      }
      searcher.dispose();
      equal(tf.memory().numTensors, numTensors);
    }
  });

  it("refuses images in both parts, too large batches and one class, and leaves no tensors", () => {
    const images = tinySearchImages();
    const { numTensors } = tf.memory();
    const [shared, other] = images.train;
    throws(
      () => tinySearcher({}, { ...images, searchValidation: [...images.searchValidation, shared!] }),
      /1 image stands among the training and the search-validation images: image 0\./,
    );
    throws(
      () => tinySearcher({}, { ...images, searchValidation: [...images.searchValidation, shared!, other!] }),
      /2 images stand among the training and the search-validation images: image 0, image 1\./,
    );
    throws(() => tinySearcher({ batchSize: 25 }), /24 images, fewer than one batch of 25/);
    throws(
      () => tinySearcher({ reward: { batchSize: 13 } }),
      /12 search-validation images, fewer than the 13 of a draw/,
    );
    const { ids, labels } = images.prepared;
    const benign = images.searchValidation.filter((id) => labels[ids.indexOf(id)] === 0);
    throws(
      () => tinySearcher({}, { ...images, searchValidation: benign }),
      /All 8 search-validation images are benign/,
    );
    throws(() => tinySearcher({}, { ...images, train: ["nobody", ...images.train] }), /nobody/);
    throws(() => tinySearcher({}, { ...images, searchValidation: ["nobody", ...images.searchValidation] }), /nobody/);
    throws(
      () => tinySearcher({ strategy: { kind: "enas", unit: 3 } as never }),
      /no option "strategy.unit"[\s\S]*"strategy.units"/,
    );
    throws(() => tinySearcher({ network: { chanels: 4 } as never }), /no option "chanels"[\s\S]*"channels"/);
    throws(() => tinySearcher({ space: { kind: "micro", nodes: 0 } }), /nodes = 0/);
    equal(tf.memory().numTensors, numTensors);
  });
});
