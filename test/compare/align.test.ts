import { deepEqual, equal, throws } from "node:assert/strict";

import { alignPredictions, modelOf } from "../../lib/compare/align";
import { examplePredictions, setOf } from "./example";

const options = { threshold: { kind: "fixed", at: 0.5 }, unit: "images" } as const;
const labels = [0, 1, 0, 1];

describe("alignPredictions(sets, options)", () => {
  it("puts all models in one order, whatever the order of their rows", () => {
    const first = setOf("a", labels, [0.1, 0.9, 0.6, 0.4]);
    const second = setOf("b", labels, [0.2, 0.8, 0.3, 0.7]);
    const turned = { ...second, rows: [...second.rows].reverse() };
    const { ids, models, labels: found } = alignPredictions([first, turned], options);
    deepEqual(ids, ["i0", "i1", "i2", "i3"]);
    deepEqual(found, labels);
    deepEqual(models[0]!.decisions, [[0, 1, 1, 0]]);
    deepEqual(models[1]!.probabilities, [[0.2, 0.8, 0.3, 0.7]]);
  });

  it("takes the mean probability of seeds, and decides by it at the mean of their thresholds", () => {
    const one = setOf("a", labels, [0.4, 0.9, 0.3, 0.2]);
    const two = setOf("a", labels, [0.8, 0.7, 0.2, 0.4], () => ({ seed: 2 }));
    const both = { model: "a", rows: [...one.rows, ...two.rows] };
    const { models } = alignPredictions([both, setOf("b", labels, [0.1, 0.2, 0.3, 0.4])], options);
    deepEqual(models[0]!.seeds, [1, 2]);
    deepEqual(models[0]!.meanProbability, [(0.4 + 0.8) / 2, (0.9 + 0.7) / 2, (0.3 + 0.2) / 2, (0.2 + 0.4) / 2]);
    deepEqual(models[0]!.meanDecision, [1, 1, 0, 0]);
  });

  it("chooses each model's threshold on its own validation part", () => {
    const sets = [examplePredictions("a"), examplePredictions("b", { draw: 2 })];
    const { models, thresholdRule, validation } = alignPredictions(sets, { ...options, threshold: { kind: "youden" } });
    equal(thresholdRule, "greatest Youden index on the validation part of each fold and seed");
    // Three patients in turn go to a fold, of two images each, and each fold validates the one before.
    deepEqual(Object.fromEntries(validation), { "fold 2": 42, "fold 3": 42, "fold 1": 36 });
    const fixed = alignPredictions(sets, options);
    equal(models[0]!.decisions.join() === fixed.models[0]!.decisions.join(), false);
  });

  it("makes one case of a patient's images on request", () => {
    const { ids, patients } = alignPredictions([examplePredictions("a"), examplePredictions("b", { draw: 2 })], {
      ...options,
      unit: "patients",
    });
    equal(ids.length, 60);
    equal(new Set(patients).size, 60);
  });

  it("refuses models on different images, classes, patients or folds, and names the difference", () => {
    const first = setOf("a", labels, [0.1, 0.9, 0.6, 0.4]);
    const other = (change: Parameters<typeof setOf>[3]) => [first, setOf("b", labels, [0.1, 0.9, 0.6, 0.4], change)];
    const at1 = (change: object) => other((_, index) => (index === 1 ? change : {}));
    throws(() => alignPredictions(at1({ label: 0 }), options), /label of the image "i1" is 1 for a and 0 for b/);
    throws(() => alignPredictions(at1({ patient: "q" }), options), /patient of the image "i1" is p1 for a and q for b/);
    throws(() => alignPredictions(at1({ fold: "fold 2" }), options), /fold of the image "i1" is fold 1 for a/);
    throws(() => alignPredictions(at1({ id: "x" }), options), /1 of 4 images are not tested by b, "i1" for example/);
    const more = setOf("b", [...labels, 1], [0.1, 0.9, 0.6, 0.4, 0.5]);
    throws(() => alignPredictions([first, more], options), /the image "i4" is not tested by a/);
    throws(() => alignPredictions(at1({ part: "validation" }), options), /1 of 4 images are not tested by b/);
  });

  it("refuses seeds of one model that were tested on different images", () => {
    const one = setOf("a", labels, [0.1, 0.9, 0.6, 0.4]);
    const two = setOf("a", labels, [0.1, 0.9, 0.6, 0.4], (_, index) => ({
      seed: 2,
      ...(index === 0 ? { id: "x" } : {}),
    }));
    const both = { model: "a", rows: [...one.rows, ...two.rows] };
    throws(() => alignPredictions([both, setOf("b", labels, [0, 0, 1, 1])], options), /a, seed 1 and a, seed 2 cannot/);
  });

  it("refuses one class, one model, one name for two, an image tested twice, NaN and a missing threshold", () => {
    const first = setOf("a", labels, [0.1, 0.9, 0.6, 0.4]);
    throws(
      () => alignPredictions([setOf("a", [0, 0], [0.1, 0.2]), setOf("b", [0, 0], [0.1, 0.2])], options),
      /All 2 images that a was tested on are benign/,
    );
    throws(() => alignPredictions([first], options), /of 1 models, expected at least two/);
    throws(() => alignPredictions([first, first], options), /Two of the models are called "a"/);
    const twice = { ...first, rows: [...first.rows, { ...first.rows[0]!, fold: "fold 2" }] };
    throws(
      () => alignPredictions([twice, { ...twice, model: "b" }], options),
      /"i0" is tested in fold 1 and in fold 2/,
    );
    throws(() => alignPredictions([first, setOf("b", labels, [0.1, NaN, 0, 0])], options), /probability.*is NaN/);
    const second = setOf("b", labels, [0, 0, 1, 1]);
    throws(
      () => alignPredictions([first, second], { ...options, threshold: { kind: "youden" } }),
      /threshold is to be chosen/,
    );
    throws(
      () => alignPredictions([first, second], { ...options, threshold: { kind: "fixed", at: NaN } }),
      /threshold is NaN/,
    );
    throws(
      () => alignPredictions([first, second], { ...options, unit: "breasts" as "images" }),
      /The unit is "breasts"/,
    );
  });
});

describe("modelOf(alignment, name)", () => {
  it("finds a model, and refuses a name that is none", () => {
    const alignment = alignPredictions([setOf("a", labels, [0, 1, 0, 1]), setOf("b", labels, [0, 0, 1, 1])], options);
    equal(modelOf(alignment, "b").name, "b");
    throws(() => modelOf(alignment, "c"), /no model "c".*: a, b/);
  });
});
