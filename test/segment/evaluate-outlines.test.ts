import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { evaluateOutlines, outlineTable } from "../../lib/segment/evaluate-outlines";
import { clusteredMeans } from "../../lib/statistics/clustered-means";
import { rowOf } from "./helpers";

const random = createRandom(3);
/** 120 images of 60 patients, whose two images are alike. */
const rows = Array.from({ length: 60 }, (_, patient) => {
  const dice = random.uniform(0.6, 0.95);
  return [0, 1].map((view) => {
    const row = rowOf(`${patient}-${view}`, Math.min(1, dice + random.uniform(-0.02, 0.02)), {
      ...{ patient: String(patient), label: patient % 3 === 0 ? "malignant" : "benign" },
      ...{ device: patient % 2 === 0 ? "A" : "B", fold: patient < 30 ? "fold 1" : "fold 2" },
    });
    return { ...row, agreement: { ...row.agreement!, lesionShare: (patient + 1) / 100 } };
  });
}).flat();

describe("evaluateOutlines(rows, options)", () => {
  it("gives means over images, with intervals as wide as the formula for patients says", () => {
    const [all] = evaluateOutlines(rows);
    const dice = rows.map(({ agreement }) => agreement.dice);
    const { means, covariance } = clusteredMeans(
      rows.map(({ patient }) => patient!),
      [dice],
    );
    const { estimate, low, high } = all!.measures.dice;
    ok(Math.abs(estimate! - means[0]!) < 1e-12);
    const width = 2 * 1.96 * Math.sqrt(covariance![0]![0]!);
    ok(Math.abs((high! - low!) / width - 1) < 0.15, `${high! - low!} and ${width}`);
    deepEqual([all!.group, all!.images, all!.patients, all!.nothingFound], ["all", 120, 60, 0]);
  });

  it("divides by class, thirds of size, device and fold, each image once in each", () => {
    const groups = evaluateOutlines(rows, { replicates: 50 });
    deepEqual(
      groups.map(({ group, images }) => `${group}: ${images}`),
      [
        ...["all: 120", "benign: 80", "malignant: 40"],
        ...["lesion up to 21 % of the picture: 40", "lesion of 21 % to 40 %: 40", "lesion over 40 %: 40"],
        ...["A: 60", "B: 60", "fold 1: 60", "fold 2: 60"],
      ],
    );
  });

  it("counts what was missed: a Dice coefficient of 0, no box, and no distance", () => {
    const given = [rowOf("a", 0.8), rowOf("b", 0), { ...rowOf("c", 0), found: true }, rowOf("d", 0.6)];
    const [all] = evaluateOutlines(given, { replicates: 50 });
    deepEqual([all!.nothingFound, all!.missed], [1, 2]);
    ok(Math.abs(all!.measures.dice.estimate! - 0.35) < 1e-12);
    equal(all!.measures.boxesOfHalf.estimate, 0.5);
    equal(all!.measures.boxesOfThreeQuarters.estimate, 0.25);
    ok(Math.abs(all!.measures.hausdorff95.estimate! - 3) < 1e-12);
    equal(all!.measures.hausdorff95Millimetres.estimate, null);
  });

  it("leaves out images without an expert's mask, and refuses a set of them, and images that stand twice", () => {
    const bare = rowOf("b", 0.5, { agreement: null });
    equal(evaluateOutlines([rowOf("a", 0.8), bare], { replicates: 20 })[0]!.images, 1);
    throws(() => evaluateOutlines([bare]), Problem);
    throws(() => evaluateOutlines([rowOf("a", 0.8), rowOf("a", 0.7)]), Problem);
  });
});

describe("outlineTable(groups)", () => {
  it("has a row a group with each measure and its interval, and leaves out what is known of none", () => {
    const [all] = outlineTable(evaluateOutlines(rows, { replicates: 200 }));
    ok(/^0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]$/.test(String(all!.Dice)), String(all!.Dice));
    ok(/^\d\.\d \[\d\.\d, \d\.\d\]$/.test(String(all!["HD95, pixels"])), String(all!["HD95, pixels"]));
    equal(Object.hasOwn(all!, "HD95, mm"), false);
    deepEqual([all!.group, all!.images, all!.missed], ["all", 120, 0]);
  });
});
