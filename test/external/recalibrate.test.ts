import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { applyCarried, carryOver } from "../../lib/external/external-predictions";
import { recalibrate } from "../../lib/external/recalibrate";
import { createRandom } from "../../lib/runtime/random";
import { inventNetworks } from "./example";

describe("recalibrate(set, random, options)", () => {
  const own = inventNetworks({ set: "own", validation: true });
  const calibrated = (offset: number, patients = 240) =>
    applyCarried(inventNetworks({ set: "there", all: true, patients, offset }), carryOver(own)).calibrated;
  const at = (points: ReturnType<typeof recalibrate>, images: number, kind: string) =>
    points.find((one) => one.images === images && one.kind === kind)!;

  it("mends probabilities that are too high with few images, and better with more", () => {
    const points = recalibrate(calibrated(2), createRandom(1), { draws: 60 });
    deepEqual(
      points.map(({ images, kind }) => `${images} ${kind}`),
      ["0 as it came", ...[20, 50, 100].flatMap((images) => [`${images} intercept`, `${images} intercept and slope`])],
    );
    const [before, few, many] = [
      at(points, 0, "as it came"),
      at(points, 20, "intercept"),
      at(points, 100, "intercept"),
    ];
    ok(before.tooHigh.mean > 0.15 && Math.abs(many.tooHigh.mean) < 0.03);
    ok(before.logLoss.mean > few.logLoss.mean && few.logLoss.mean > many.logLoss.mean);
    ok(many.accuracy.mean > before.accuracy.mean + 0.05);
    const width = ({ tooHigh }: typeof few) => tooHigh.high - tooHigh.low;
    ok(width(few) > width(many), "more images, less chance");
    equal(before.tooHigh.low, before.tooHigh.mean, "nothing is drawn without images");
  });

  it("costs a little where nothing is wrong, the slope more than the intercept alone", () => {
    const points = recalibrate(calibrated(0), createRandom(1), { draws: 60 });
    const loss = (images: number, kind: string) => at(points, images, kind).logLoss.mean;
    ok(loss(20, "intercept") > loss(0, "as it came") - 0.01);
    ok(loss(20, "intercept and slope") > loss(20, "intercept"));
  });

  it("is the same for the same seed, and takes whole patients", () => {
    const set = calibrated(1, 60);
    const twice = { ...set, rows: set.rows.flatMap((row) => [row, { ...row, id: `${row.id} again` }]) };
    const once = recalibrate(twice, createRandom(4), { draws: 5, images: [0, 21] });
    deepEqual(recalibrate(twice, createRandom(4), { draws: 5, images: [0, 21] }), once);
  });

  it("counts draws that give no fit, and refuses to measure on next to nothing", () => {
    const few = recalibrate(calibrated(0, 60), createRandom(1), { images: [1, 2], draws: 30 });
    equal(at(few, 1, "intercept").unfitted, 30, "one image has one class");
    equal(at(few, 1, "intercept").logLoss.high - at(few, 1, "intercept").logLoss.low < 0.1, true);
    throws(
      () => recalibrate(calibrated(0, 60), createRandom(1)),
      /of 60 images 100 are to be drawn.*images: \[0, 15\]/s,
    );
    throws(() => recalibrate(calibrated(0), createRandom(1), { draw: 3 } as never), /no option "draw"/);
  });
});
