import { equal, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { confusionCounts, measuresOf, type ConfusionMeasures } from "../../lib/statistics/confusion";
import { areaUnderCurveOfRows, confusionMeasureOfRows } from "../../lib/statistics/row-statistics";
import { inference, near } from "./recorded/read";

const { labels, scores } = inference.curves;
const called = scores.map((score) => (score >= 0.5 ? 1 : 0));
const random = createRandom(3);
const choices = Array.from({ length: 30 }, () => labels.map(() => random.integer(0, labels.length - 1)));
const select = (values: readonly number[], rows: readonly number[]) => rows.map((row) => values[row]!);
const ones = labels.flatMap((label, row) => (label === 1 ? [row] : []));

describe("statistics of a choice of rows", () => {
  it("are those of the chosen rows copied out, with ties and repeats", () => {
    const area = areaUnderCurveOfRows(labels, scores);
    for (const rows of choices) {
      near(area(rows)!, areaUnderCurve(select(scores, rows), select(labels, rows)));
    }
  });

  for (const name of Object.keys(inference.probabilities.measures) as (keyof ConfusionMeasures)[]) {
    it(`are those of the chosen rows copied out: ${name}`, () => {
      const measure = confusionMeasureOfRows(labels, called, name);
      for (const rows of choices) {
        const expected = measuresOf(confusionCounts(select(labels, rows), select(scores, rows), 0.5))[name].value;
        near(measure(rows)!, expected!);
      }
    });
  }

  it("compare scores within strata alone, by pairs", () => {
    const strata = labels.map((_, row) => `fold ${row % 3}`);
    const area = areaUnderCurveOfRows(labels, scores, strata);
    for (const rows of choices) {
      let [right, pairs] = [0, 0];
      for (const stratum of new Set(strata)) {
        const own = rows.filter((row) => strata[row] === stratum);
        const count = select(labels, own).reduce((sum, label) => sum + label, 0) * own.filter((row) => labels[row] === 0).length; // prettier-ignore
        pairs += count;
        right += count * areaUnderCurve(select(scores, own), select(labels, own));
      }
      near(area(rows)!, right / pairs);
    }
    const flat = areaUnderCurveOfRows(
      labels,
      strata.map((name) => name.length + Number(name.at(-1)) / 10),
      strata,
    );
    for (const rows of choices) equal(flat(rows), 0.5);
    throws(() => areaUnderCurveOfRows([0, 1], [1, 2], ["a"]), /1 strata for 2 scores/);
  });

  it("are null where they are not defined", () => {
    equal(areaUnderCurveOfRows(labels, scores)(ones), null);
    equal(confusionMeasureOfRows(labels, called, "specificity")(ones), null);
  });

  it("refuse other input when they are made", () => {
    throws(() => areaUnderCurveOfRows([0, 1], [1, NaN]), /is NaN/);
    throws(() => areaUnderCurveOfRows([0, 1], [1]), /There are 2 labels for 1 scores/);
    throws(() => confusionMeasureOfRows([0, 1], [0, 0.7], "accuracy"), /expected 0 or 1/);
    throws(() => confusionMeasureOfRows([0, 1], [0], "accuracy"), /There are 2 labels for 1 calls/);
  });
});
