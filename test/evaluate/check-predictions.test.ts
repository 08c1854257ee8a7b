import { deepEqual, equal, match, throws } from "node:assert/strict";

import { checkPredictions } from "../../lib/evaluate/check-predictions";
import type { Prediction } from "../../lib/evaluate/predictions";
import { examplePredictions } from "./example";

const good = examplePredictions();

/** The example with one row changed. */
const changed = (index: number, change: object) => ({
  model: good.model,
  rows: good.rows.map((row, place) => (place === index ? { ...row, ...change } : row)),
});

describe("checkPredictions(set, options)", () => {
  it("has nothing to say of predictions in order", () => {
    const expected = [...new Set(good.rows.map(({ id }) => id))];
    deepEqual(checkPredictions(good, { expected }), []);
  });

  it("refuses a value that cannot be such, and names the image", () => {
    const { id } = good.rows[5]!;
    for (const [change, what] of [
      [{ probability: NaN }, /the probability of the image "ID" is NaN/],
      [{ probability: 1.01 }, /the probability of the image "ID" is 1.01/],
      [{ probability: -0.1 }, /the probability of the image "ID" is -0.1/],
      [{ logit: NaN }, /the logit of the image "ID" is NaN/],
      [{ label: 2 }, /the label of the image "ID" is 2/],
      [{ seed: 1.5 }, /the seed of the image "ID" is 1.5/],
      [{ part: "train" }, /the part of the image "ID" is train/],
      [{ patient: "" }, /the patient of the image "ID" is ""/],
    ] as const) {
      throws(() => checkPredictions(changed(5, change)), new RegExp(what.source.replace("ID", id)));
    }
  });

  it("refuses an image that stands twice in one fold and seed, also in two parts", () => {
    const [first] = good.rows;
    throws(
      () => checkPredictions({ ...good, rows: [...good.rows, first!] }),
      /is predicted twice in fold 1 with seed 1/,
    );
    const leak: Prediction = { ...first!, part: "test" };
    equal(first!.part, "validation");
    throws(() => checkPredictions({ ...good, rows: [...good.rows, leak] }), /is predicted twice/);
  });

  it("refuses labels and patients that contradict each other", () => {
    const other = good.rows.findIndex(({ id, fold }) => id === good.rows[0]!.id && fold !== "fold 1");
    throws(
      () => checkPredictions(changed(other, { label: 0 })),
      /the label of the image "p2-0-0" is 1 in fold 1 and 0 in fold 2/,
    );
    throws(
      () => checkPredictions(changed(other, { patient: "x" })),
      /the patient of the image "p2-0-0" is p2-0 in fold 1 and x/,
    );
  });

  it("refuses a missing image, a foreign one, and no test part at all", () => {
    const ids = [...new Set(good.rows.map(({ id }) => id))];
    throws(() => checkPredictions(good, { expected: [...ids, "lost"] }), /1 of 61 images are not tested, "lost"/);
    throws(() => checkPredictions(good, { expected: ids.slice(1) }), /is not among the 59 expected ones/);
    const rows = good.rows.filter(({ part }) => part === "validation");
    throws(() => checkPredictions({ ...good, rows }), /none of the 60 predictions is of a test part/);
    throws(() => checkPredictions({ ...good, rows: [] }), /none of the 0 predictions/);
  });

  it("finds an image missing with one of two seeds", () => {
    const two = examplePredictions({ seeds: [1, 2] });
    const lost = two.rows.find(({ part, seed }) => part === "test" && seed === 2)!;
    const expected = [...new Set(two.rows.map(({ id }) => id))];
    const rows = two.rows.filter((row) => row !== lost);
    throws(() => checkPredictions({ ...two, rows }, { expected }), /seed 2: 1 of 60 images are not tested/);
  });

  it("points out labels that may be the wrong way round", () => {
    const rows = good.rows.map((row) => ({ ...row, probability: 1 - row.probability, logit: -row.logit! }));
    const notices = checkPredictions({ ...good, rows });
    equal(notices.length, 1);
    match(notices[0]!, /area under the ROC curve is 0\.\d+, far below 0.5: .* wrong way round/);
  });

  it("points out unknown patients, constant probabilities, logits of other probabilities, and patients across parts", () => {
    const one = (notices: string[], expected: RegExp) => {
      equal(notices.length, 1, notices.join("\n"));
      match(notices[0]!, expected);
    };
    one(
      checkPredictions({ ...good, rows: good.rows.map((row) => ({ ...row, patient: null })) }),
      /patient of 60 of 60/,
    );
    const constant = good.rows.map((row) => ({ ...row, probability: 0.3, logit: null }));
    one(checkPredictions({ ...good, rows: constant }), /the probability is 0.3 for all images/);
    one(checkPredictions(changed(0, { logit: 9 })), /1 of 120 probabilities are not those of their logits/);
    const across = good.rows
      .filter(({ id, fold }) => fold !== "fold 2" || !id.startsWith("p2"))
      .map((row) => ({
        ...row,
        patient: row.fold === "fold 1" ? row.patient!.replace(/^p2/, "p1") : row.patient,
      }));
    match(
      checkPredictions({ ...good, rows: across.filter(({ fold }) => fold === "fold 1") })[0]!,
      /in 30 cases a patient is both validated and tested/,
    );
  });

  it("says nothing of an area below a half that may be chance", () => {
    const rows = [0.4, 0.6, 0.5, 0.3].map((probability, index): Prediction => ({
      ...good.rows[0]!,
      id: String(index),
      patient: String(index),
      label: index % 2 === 0 ? 1 : 0,
      probability,
      logit: null,
      part: "test",
    }));
    deepEqual(checkPredictions({ model: "m", rows }), []);
  });
});
