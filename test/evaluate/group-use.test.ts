import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { groupUseTables, measureGroupUse } from "../../lib/evaluate/group-use";
import type { PredictionSet } from "../../lib/evaluate/predictions";
import { calibration } from "../../lib/statistics/calibration";
import { calibrationLine } from "../../lib/statistics/calibration-line";
import { netBenefit } from "../../lib/statistics/net-benefit";
import { benefit } from "../statistics/recorded/read";
import { examplePredictions } from "./example";

const fast = { replicates: 200 };

/** By the last digit of the patient's number: three groups, one of which has no malignant patient. */
const division = {
  name: "device",
  groupOf: (id: string) => {
    const number = Number(/-(\d+)-/.exec(id)![1]);
    return number % 9 === 1 ? "B" : number % 9 === 2 ? null : "A";
  },
};

describe("measureGroupUse(evaluation, divisions, options)", () => {
  const set = examplePredictions({ patients: 120, views: 2 });
  const evaluation = evaluatePredictions(set, fast);
  const uses = measureGroupUse(evaluation, [division]);

  /** Patients by hand: the mean of her images, of those that are chosen. */
  const patientsOf = ({ rows }: PredictionSet, chosen: (id: string) => boolean) => {
    const means = new Map<string, { label: number; own: number[] }>();
    for (const { id, patient, label, probability, part } of rows) {
      if (part !== "test" || !chosen(id)) continue;
      const known = means.get(patient!) ?? { label, own: [] };
      known.own.push(probability);
      means.set(patient!, known);
    }
    const all = [...means.values()];
    return {
      labels: all.map(({ label }) => label),
      probabilities: all.map(({ own }) => own.reduce((sum, one) => sum + one, 0) / own.length),
    };
  };

  it("measures all patients and each group by hand-made means over views", () => {
    deepEqual(
      uses.map(({ division: name, group, patients }) => [name, group, patients]),
      [[null, null, 240], ["device", "A", 184], ["device", "B", 28], ["device", null, 28]], // prettier-ignore
    );
    for (const use of uses.slice(0, 2)) {
      const { labels, probabilities } = patientsOf(set, (id) => use.group === null || division.groupOf(id) === "A");
      equal(use.patients, labels.length);
      const ones = labels.filter((label) => label === 1).length;
      equal(use.malignant, ones);
      const { slope, intercept } = calibrationLine(labels, probabilities);
      const called = (from: number, label: number) =>
        labels.filter((one, row) => one === label && probabilities[row]! >= from).length;
      const zeros = labels.length - ones;
      const expected = [
        [use.calibrationSlope, slope!.value],
        [use.calibrationIntercept, intercept!.value],
        [use.expectedCalibrationError, calibration(labels, probabilities).expectedError],
        [use.sensitivity, called(0.5, 1) / ones],
        [use.specificity, 1 - called(0.5, 0) / zeros],
        ...use.netBenefits.map((one) => {
          const [sensitivity, specificity] = [called(one.threshold, 1) / ones, 1 - called(one.threshold, 0) / zeros];
          return [one, netBenefit(sensitivity, specificity, ones / labels.length, one.threshold)] as const;
        }),
      ] as const;
      for (const [found, value] of expected) {
        ok(Math.abs(found.value! - value) < 1e-9, `${found.value} and ${value}`);
        ok(found.low! <= found.value! && found.value! <= found.high! && found.low! < found.high!);
      }
      deepEqual(use.netBenefits.map(({ threshold }) => threshold), [0.02, 0.1, 0.3]); // prettier-ignore
    }
  });

  it("has the net benefits that dcurves gives", () => {
    const { labels, probabilities, thresholds, ofTheSet } = benefit;
    const rows = labels.map((label, index) => {
      const [id, fold] = [`i${index}`, `fold ${(index % 2) + 1}`];
      return {
        id,
        patient: id,
        label,
        probability: probabilities[index]!,
        logit: null,
        fold,
        seed: 1,
        part: "test" as const,
      };
    });
    const [all] = measureGroupUse(evaluatePredictions({ model: "m", rows }, fast), [], { thresholds });
    all!.netBenefits.forEach(({ value }, index) => {
      ok(Math.abs(value! - ofTheSet.model[index]!) < 1e-12);
    });
  });

  it("says of a group of one class what is not defined in it and why, and what still is", () => {
    const benign = uses[2]!;
    equal(benign.malignant, 0);
    deepEqual([benign.sensitivity.value, benign.calibrationSlope.value], [null, null]);
    match(benign.sensitivity.reason!, /malignant|class 1|positive/i);
    equal(benign.calibrationSlope.reason, "All patients are of one class.");
    ok(benign.specificity.value! > 0.5 && benign.netBenefits[1]!.value! < 0);
    match(benign.small!, /0 malignant and 28 benign patients/);
    equal(uses[0]!.small, null);
    const { calibration: rows, decisions } = groupUseTables(uses);
    equal(rows[2]!.group, "device: B †");
    equal(rows[2]!.slope, "not defined");
    match(String(rows[2]!["not defined because"]), /All patients are of one class/);
    equal(rows[0]!["not defined because"], null);
    equal(rows[3]!.group, "device: not known †");
    equal(decisions[2]!.sensitivity, "not defined");
    match(String(decisions[0]!["net benefit, acting from 10 %"]), /^0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]$/);
  });

  it("has no interval with one patient, and says so", () => {
    const single = { name: "one", groupOf: (id: string) => (id.startsWith("p1-0-") ? "her" : null) };
    const her = measureGroupUse(evaluation, [single])[1]!;
    equal(her.patients, 1);
    equal(her.netBenefits[0]!.low, null);
    match(her.netBenefits[0]!.reason!, /one patient only/);
  });

  it("takes the mean over seeds, whose spread makes intervals wider", () => {
    const seeds = measureGroupUse(
      evaluatePredictions(examplePredictions({ patients: 90, seeds: [1, 2, 3] }), fast),
      [],
    );
    equal(seeds.length, 1);
    ok(seeds[0]!.sensitivity.value! > 0.5 && seeds[0]!.calibrationSlope.value !== null);
  });

  it("refuses thresholds that are none", () => {
    for (const thresholds of [[], [0], [1], [0.1, 0.1]])
      throws(() => measureGroupUse(evaluation, [], { thresholds }), { name: "Problem" });
    throws(() => measureGroupUse(evaluation, [], { smallest: 0 }), { name: "Problem" });
  });
});
