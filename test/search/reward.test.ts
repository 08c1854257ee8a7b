import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";

import { computeNormalisation } from "../../lib/data/prepare/normalise";
import { costOf } from "../../lib/graph/cost";
import { createSupernet, type Supernet } from "../../lib/networks/supernet/supernet";
import { checkOptions } from "../../lib/runtime/options";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { drawStratified } from "../../lib/search/reward-batches";
import { createScorer, rewardMeasures, rewardSchema, type RewardOptions } from "../../lib/search/reward";
import type { SearchImages } from "../../lib/search/searcher";
import { predictLogits } from "../../lib/train/predict";
import { pixelsOf, tinySearchImages } from "./helpers";
import { microSpace } from "../helpers/spaces";

const space = microSpace(2);
const settings = { cells: 2, channels: 4, dropout: 0.5 } as const;
const architecture = sampleArchitecture(space, createRandom(4));

describe("createScorer(shared, images, ids, normalisation, options, random)", () => {
  let images: SearchImages;
  let shared: Supernet;
  beforeEach(() => {
    images = tinySearchImages();
    shared = createSupernet(space, { height: 16, width: 16, channels: 1 }, settings, createRandom(2));
  });
  afterEach(() => {
    shared.dispose();
  });
  const random = createRandom(6);
  const normalisation = computeNormalisation(tinySearchImages().prepared, tinySearchImages().train);
  const scorerOf = (options: Partial<RewardOptions> = {}, ids = images.searchValidation) =>
    createScorer(shared, images, ids, normalisation, { batchSize: 6, ...options }, random);

  /** The measures of a draw by their definitions, from logits that another part of the library computes. */
  function byDefinition(draw: number): Record<string, number> {
    const { prepared, searchValidation } = images;
    const classOf = (id: string) => prepared.labels[prepared.ids.indexOf(id)]!;
    const ids = drawStratified(searchValidation, classOf, 6, random.split("draw").split(draw));
    const { values } = predictLogits(shared.plan(architecture), shared.weights.of, prepared, ids, normalisation, {
      batchSize: 6,
      statistics: "batch",
    });
    const cases = ids.map((id, index) => {
      const [benign, malignant] = [values[2 * index]!, values[2 * index + 1]!];
      const probability = Math.exp(malignant) / (Math.exp(benign) + Math.exp(malignant));
      return { label: classOf(id), probability, right: Number(probability > 0.5) === classOf(id) };
    });
    const of = (label: number) => cases.filter((one) => one.label === label);
    const share = (list: typeof cases) => list.filter(({ right }) => right).length / list.length;
    const pairs = of(1).flatMap((one) => of(0).map((other) => [one.probability, other.probability] as const));
    const won = pairs.reduce((sum, [one, other]) => sum + (one > other ? 1 : one === other ? 0.5 : 0), 0);
    const logs = cases.map(({ label, probability }) => Math.log(label === 1 ? probability : 1 - probability));
    return {
      accuracy: share(cases),
      "balanced accuracy": (share(of(0)) + share(of(1))) / 2,
      "area under the curve": won / pairs.length,
      "negative loss": logs.reduce((sum, value) => sum + value, 0) / cases.length,
    };
  }

  for (const measure of rewardMeasures) {
    it(`measures the ${measure} of a draw as it is defined`, () => {
      const found = new Set<number>();
      for (let draw = 0; draw < 8; draw++) {
        const { measured, reward, images: count } = scorerOf({ measure }).score(architecture, draw);
        ok(Math.abs(measured - byDefinition(draw)[measure]!) < 1e-6, `${measured}, ${byDefinition(draw)[measure]}`);
        equal(reward, measured);
        equal(count, 6);
        found.add(measured);
      }
      ok(found.size > 1, "draws differ");
    });
  }

  it("never looks at an image that is not among its own", () => {
    const before = [0, 1, "all" as const].map((draw) => scorerOf().score(architecture, draw));
    for (const id of images.train) pixelsOf(images, id).fill(NaN);
    [0, 1, "all" as const].forEach((draw, index) => {
      equal(scorerOf().score(architecture, draw).measured, before[index]!.measured);
    });
  });

  it("scores all images, each once, where it is asked for all", () => {
    const { searchValidation } = images;
    for (const batchSize of [2, 5, 6, 12])
      equal(scorerOf({ batchSize }).score(architecture, "all").images, searchValidation.length);
    const scorer = scorerOf();
    for (const id of searchValidation) {
      const pixels = pixelsOf(images, id);
      const kept = pixels.slice();
      pixels.fill(NaN);
      throws(() => scorer.score(architecture, "all"), /no number on the search-validation images/, id);
      pixels.set(kept);
    }
    ok(Number.isFinite(scorer.score(architecture, "all").measured));
  });

  it("gives the same score twice without dropout, whatever was scored in between", () => {
    const scorer = scorerOf({ measure: "negative loss" });
    const first = scorer.score(architecture, 3);
    scorer.score(sampleArchitecture(space, createRandom(9)), 4);
    equal(scorer.score(architecture, 3).measured, first.measured);
    equal(scorerOf({ measure: "negative loss" }).score(architecture, 3).measured, first.measured);
  });

  it("drops features where dropout is asked for, the same for the same draw", () => {
    const [plain, dropping] = [
      scorerOf({ measure: "negative loss" }),
      scorerOf({ measure: "negative loss", dropout: true }),
    ];
    const score = dropping.score(architecture, 0).measured;
    notEqual(score, plain.score(architecture, 0).measured);
    equal(dropping.score(architecture, 0).measured, score);
  });

  it("takes a penalty for what the network costs above what is free, and tells the cost", () => {
    const cost = costOf(buildNetwork(architecture, shared.size, settings));
    for (const [of, counted] of [
      ["parameters", cost.trainable],
      ["multiply-adds", cost.multiplyAdds],
    ] as const) {
      const rewardOf = (free: number) => scorerOf({ penalty: { of, free, weight: 0.1 } }).score(architecture, 0);
      const { measured, reward, parameters, multiplyAdds } = rewardOf(counted / 3);
      ok(Math.abs(measured - reward - 0.2) < 1e-9, `${measured} ${reward}`);
      equal(rewardOf(counted).reward, measured);
      equal(rewardOf(2 * counted).reward, measured);
      equal(parameters, cost.trainable);
      equal(multiplyAdds, cost.multiplyAdds);
    }
  });

  it("refuses weights that give no numbers, and leaves no tensors", () => {
    const scorer = scorerOf();
    scorer.score(architecture, 0);
    const { numTensors } = tf.memory();
    const [key] = shared.weights.keys.filter((one) => one.includes("stem"));
    tf.tidy(() => {
      const weight = shared.weights.get(key!);
      weight.assign(tf.fill(weight.shape, NaN));
    });
    throws(() => scorer.score(architecture, 0), Problem);
    throws(() => scorer.score(architecture, "all"), /the last checkpoint is good/);
    equal(tf.memory().numTensors, numTensors);
  });

  it("refuses one class alone, and a draw of more images than there are", () => {
    const { labels, ids } = images.prepared;
    const benign = ids.filter((_, place) => labels[place] === 0);
    const malignant = ids.filter((_, place) => labels[place] === 1);
    throws(
      () => scorerOf({}, benign),
      /All 24 search-validation images are benign: every architecture that says so is right/,
    );
    throws(() => scorerOf({}, malignant), /All 12 search-validation images are malignant/);
    throws(() => scorerOf({ batchSize: 13 }), /There are 12 search-validation images, fewer than the 13 of a draw/);
    scorerOf({ batchSize: 12 });
  });
});

describe("rewardSchema", () => {
  const checkReward = (given: unknown) => checkOptions("The reward", rewardSchema, given);

  it("fills what is left out", () => {
    deepEqual(checkReward({ dropout: true }), { measure: "accuracy", batchSize: 64, dropout: true, penalty: null });
  });

  it("refuses unknown keys with the nearest, and values out of range", () => {
    const refuses = (given: unknown, message: RegExp) => {
      throws(() => checkReward(given), message, JSON.stringify(given));
    };
    refuses({ messure: "accuracy" }, /The reward has no option "messure"[\s\S]*"measure"/);
    refuses({ measure: "AUC" }, /measure: "AUC", expected "accuracy", "balanced accuracy", /);
    for (const batchSize of [1, 2.5, NaN, "8"]) refuses({ batchSize }, /batchSize: .*, expected a whole number from 2/);
    refuses({ dropout: "no" }, /dropout: "no", expected true or false/);
    const penalty = { of: "parameters", free: 1000, weight: 0.1 };
    refuses({ penalty: { ...penalty, from: 1 } }, /no option "penalty.from"/);
    refuses({ penalty: { ...penalty, of: "seconds" } }, /penalty.of: "seconds"/);
    for (const free of [0, -1, Infinity, NaN]) refuses({ penalty: { ...penalty, free } }, /penalty.free/);
    for (const weight of [-0.1, Infinity, NaN]) refuses({ penalty: { ...penalty, weight } }, /penalty.weight/);
    refuses({ penalty: { of: "parameters", weight: 0.1 } }, /penalty.free/);
  });
});
