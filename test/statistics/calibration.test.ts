import { deepEqual, equal, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { calibration } from "../../lib/statistics/calibration";
import { wilsonInterval } from "../../lib/statistics/summary";
import { inference, near } from "./recorded/read";

const { labels, probabilities, equalWidth } = inference.probabilities;

describe("calibration(labels, probabilities, options)", () => {
  it("has the bins that scikit-learn has", () => {
    const { bins } = calibration(labels, probabilities);
    near(
      bins.map(({ share }) => share),
      equalWidth.share,
    );
    near(
      bins.map(({ meanProbability }) => meanProbability),
      equalWidth.meanProbability,
    );
    equal(
      bins.reduce((sum, { count }) => sum + count, 0),
      labels.length,
    );
  });

  it("averages the gaps over samples", () => {
    const { bins, expectedError } = calibration([1, 0, 0, 1], [0.1, 0.2, 0.3, 0.9], { bins: 2 });
    deepEqual(
      bins.map(({ from, to, count }) => [from, to, count]),
      [
        [0, 0.5, 3],
        [0.5, 1, 1],
      ],
    );
    // |1/3 - 0.2| of three samples, |1 - 0.9| of one.
    near(expectedError, (3 * (1 / 3 - 0.2) + 0.1) / 4, 1e-15);
    const { low, high } = bins[0]!;
    deepEqual({ low, high }, wilsonInterval(1, 3));
  });

  it("puts a probability at an end into the bin that it ends, and 0 into the first", () => {
    const { bins } = calibration([0, 0, 1, 1], [0, 0.3, 0.30000000000000004, 1]);
    deepEqual(
      bins.map(({ to, count }) => [to, count]),
      [
        [0.1, 1],
        [0.3, 1],
        [0.4, 1],
        [1, 1],
      ],
    );
  });

  it("keeps equal probabilities together, and takes one class alone", () => {
    const { bins, expectedError } = calibration([1, 1, 1], [0.7, 0.7, 0.7], { bins: 3 });
    deepEqual([bins.length, bins[0]!.count], [1, 3]);
    near(expectedError, 0.3, 1e-15);
  });

  it("finds almost no error where probabilities come true", () => {
    const random = createRandom(4);
    const drawn = Array.from({ length: 20_000 }, () => random.uniform());
    const true_ = drawn.map((probability) => (random.uniform() < probability ? 1 : 0));
    equal(calibration(true_, drawn).expectedError < 0.015, true);
  });

  it("refuses other input", () => {
    throws(() => calibration([1], [2]), /expected a number from 0 to 1/);
    throws(() => calibration([1], [NaN]), /is NaN/);
    throws(() => calibration([1, 0], [0.5]), /There are 2 labels/);
    throws(() => calibration([3], [0.5]), /expected 0 or 1/);
    for (const bins of [0, 1.5, NaN])
      throws(() => calibration([1], [0.5], { bins }), /bins: .*, expected a whole number from 1/);
    throws(() => calibration([1], [0.5], { confidence: 2 }), /confidence: 2, expected a number between 0 and 1/);
    throws(() => calibration([1], [0.5], { bin: 3 } as never), /Did you mean "bins"/);
  });
});
