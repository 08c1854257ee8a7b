import { deepEqual, equal, match, ok } from "node:assert/strict";

import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { drawConfusion } from "../../../lib/evaluate/figures/draw-confusion";
import { examplePredictions } from "../example";

const evaluation = evaluatePredictions(examplePredictions({ seeds: [4, 9] }), { replicates: 100 });

describe("drawConfusion(evaluation, options)", () => {
  it("writes the counts where reference and decision meet, with their shares of the row", () => {
    const { counts } = evaluation.pooled.counts[1]!;
    const { annotations } = drawConfusion(evaluation, { seed: 9 }).layout;
    const at = (x: number, y: number) => annotations!.find((one) => one.x === x && one.y === y)!.text!;
    // Columns are decisions, rows the reference; malignant is 1.
    ok(at(1, 1).includes(`>${counts.truePositive}<`));
    ok(at(1, 0).includes(`>${counts.falsePositive}<`));
    ok(at(0, 1).includes(`>${counts.falseNegative}<`));
    ok(at(0, 0).includes(`>${counts.trueNegative}<`));
    ok(at(1, 1).endsWith(`${(100 * evaluation.seeds[1]!.measures.sensitivity.value!).toFixed(1)} %`));
    ok(at(0, 0).endsWith(`${(100 * evaluation.seeds[1]!.measures.specificity.value!).toFixed(1)} %`));
  });

  it("says the threshold, how it was chosen, and which seed", () => {
    const title = drawConfusion(evaluation, { seed: 9 }).layout.title as { text: string };
    match(title.text, /0\.5, fixed beforehand; seed 9 of 2/);
  });

  it("writes that there is no case, and no share of none", () => {
    const set = examplePredictions();
    const rows = set.rows.filter(({ label, part }) => label === 0 || part === "validation");
    const { annotations } = drawConfusion(evaluatePredictions({ ...set, rows }, { replicates: 100 })).layout;
    const texts = annotations!.filter(({ y }) => y === 1).map(({ text }) => text!);
    equal(texts.length, 2);
    deepEqual(
      texts.map((text) => text.endsWith("no case")),
      [true, true],
    );
  });
});
