import { equal, match, ok, throws } from "node:assert/strict";

import { calibrationLine, logitOf } from "../../lib/statistics/calibration-line";
import { near, patients } from "./recorded/read";

describe("calibrationLine(labels, probabilities)", () => {
  const { labels, probabilities, slope, intercept } = patients.calibration;

  it("gives the slope and the intercept of statsmodels, with their standard errors", () => {
    const found = calibrationLine(labels, probabilities);
    near([found.slope!.value, found.slope!.standardError], slope, 1e-9);
    near([found.intercept!.value, found.intercept!.standardError], intercept, 1e-9);
    equal(found.reason, null);
  });

  it("finds by how much logits were stretched and moved", () => {
    const { slope: before } = calibrationLine(labels, probabilities);
    const stretched = probabilities.map((one) => 1 / (1 + Math.exp(-2 * logitOf(one) - 1)));
    near(calibrationLine(labels, stretched).slope!.value, before!.value / 2, 1e-9);
  });

  it("has no slope for equal probabilities or classes that are told apart without error, and says so", () => {
    const equalOnes = calibrationLine([0, 1, 0, 1], [0.3, 0.3, 0.3, 0.3]);
    equal(equalOnes.slope, null);
    near(equalOnes.intercept!.value, Math.log(0.7 / 0.3), 1e-9);
    match(equalOnes.reason!, /are the same/);
    match(calibrationLine([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]).reason!, /without error/);
  });

  it("takes probabilities of 0 and 1 for the nearest ones within", () => {
    ok(Number.isFinite(logitOf(0)) && Number.isFinite(logitOf(1)));
    near(logitOf(0), -logitOf(1), 1e-9);
    ok(calibrationLine([0, 1, 0, 1, 0, 1], [0, 1, 1, 0, 0.2, 0.7]).slope !== null);
  });

  it("refuses logits and one class alone", () => {
    throws(() => calibrationLine([0, 1], [0.2, 1.5]), { name: "Problem" });
    throws(() => calibrationLine([1, 1], [0.2, 0.5]), { name: "Problem" });
  });
});
