import { deepEqual, equal, ok, throws } from "node:assert/strict";

import type { Prediction } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";
import { fuseWithBox, meanPredictions } from "../../lib/evaluate/mean-predictions";

const row = (id: string, logit: number | null, label: 0 | 1 = 0, seed = 1): Prediction => ({
  ...{ id, patient: null, label, logit, fold: "fold 1", seed, part: "test" },
  probability: logit === null ? 0.5 : 1 / (1 + Math.exp(-logit)),
});

describe("meanPredictions(members)", () => {
  it("takes the mean of the logits, whatever the order of the images", () => {
    const mean = meanPredictions([
      [row("a", 1), row("b", -2)],
      [row("b", 4, 0, 2), row("a", 0, 0, 2)],
    ]);
    deepEqual(
      mean.map(({ id, logit, seed }) => [id, logit, seed]),
      [
        ["a", 0.5, 1],
        ["b", 1, 1],
      ],
    );
    ok(Math.abs(mean[1]!.probability - 0.7310585786300049) < 1e-15);
    deepEqual(meanPredictions([[row("a", 1)]])[0]!.logit, 1);
  });

  it("refuses what is missing, and what gives no logit", () => {
    throws(() => meanPredictions([[row("a", 1)], []]), /The image "a" of fold 1 has 1 logits of 2 networks/);
    throws(() => meanPredictions([[row("a", null)], [row("a", 1)]]), /has 1 logits of 2/);
    throws(() => meanPredictions([[row("a", 1)], [row("a", 1), row("b", 1)]]), /"a" of fold 1/);
  });
});

describe("fuseWithBox(learned, asked, boxes)", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 200 }, (_, index) =>
    row(`i${index}`, random.normal(0, 1), index % 2 === 0 ? 1 : 0),
  );
  // The box tells what the network does not.
  const boxes = new Map(rows.map(({ id, label }) => [id, [20 + 15 * label + random.normal(0, 3), 10, 200, 2]]));

  it("finds in the box what the network does not see", () => {
    const fused = fuseWithBox(rows.slice(0, 100), rows.slice(100), boxes);
    const right = fused.filter(({ label, logit }) => label === (logit! > 0 ? 1 : 0)).length;
    ok(right >= 97, `${right} of 100`);
  });

  it("is fitted to what is learned from alone: labels of what is asked change nothing", () => {
    const [learned, asked] = [rows.slice(0, 100), rows.slice(100)];
    const turned = asked.map((one) => ({ ...one, label: (1 - one.label) as 0 | 1 }));
    deepEqual(
      fuseWithBox(learned, turned, boxes).map(({ logit }) => logit),
      fuseWithBox(learned, asked, boxes).map(({ logit }) => logit),
    );
  });

  it("meets the equation of a maximum: as many malignant images expected as there are", () => {
    const expected = fuseWithBox(rows, rows, boxes).reduce((sum, { probability }) => sum + probability, 0);
    ok(Math.abs(expected - 100) < 1e-6);
  });

  it("keeps the order of the logits where all boxes are the same", () => {
    const same = new Map(rows.map(({ id }) => [id, [20, 10, 200, 2]]));
    const learned = rows.map((one): Prediction => ({ ...one, label: one.logit! + random.normal(0, 1) > 0 ? 1 : 0 }));
    const order = (of: readonly Prediction[]) => [...of].sort((a, b) => a.logit! - b.logit!).map(({ id }) => id);
    deepEqual(order(fuseWithBox(learned, rows, same)), order(rows));
  });

  it("refuses to be fitted to one class", () => {
    throws(
      () =>
        fuseWithBox(
          rows.filter(({ label }) => label === 1),
          rows,
          boxes,
        ),
      /class|label/,
    );
    equal(rows.length, 200);
  });
});
