import { deepEqual, ok, throws } from "node:assert/strict";
import { join } from "node:path";

import { readMask, readPicture } from "../../lib/data/records/read-pixels";
import { Problem } from "../../lib/runtime/problem";
import { findOutlines, type NamedPicture } from "../../lib/segment/find-outlines";
import { agreementOf } from "../../lib/segment/mask-agreement";
import type { TrainedSegmentation } from "../../lib/segment/train-segmentation";
import { lastingFolder } from "../helpers/temporary";
import { leavesNothing } from "../networks/helpers";
import { learnedSegmentation, phantomRecords } from "./helpers";

describe("findOutlines(trained, pictures)", function () {
  this.timeout(120_000);
  const folder = lastingFolder();
  let trained: TrainedSegmentation;
  let pictures: NamedPicture[];
  before(async () => {
    trained = await learnedSegmentation(join(folder.path, "trained"));
    const records = (await phantomRecords()).slice(16);
    pictures = await Promise.all(
      records.map(async (record) => ({ id: record.id, picture: await readPicture(record) })),
    );
  });
  after(() => {
    trained.weights.dispose();
  });

  it("finds the lesions of phantoms that it has not learned from, at their own size", async () => {
    const outlines = findOutlines(trained, pictures);
    const masks = await Promise.all((await phantomRecords()).slice(16).map(readMask));
    const dice = outlines.map(({ mask }, index) => agreementOf(mask, masks[index]!).dice);
    const mean = dice.reduce((sum, one) => sum + one, 0) / dice.length;
    ok(mean > 0.6, `${mean}: ${dice.map((one) => one.toFixed(2)).join(" ")}`);
  });

  it("says of a picture the same alone as among others, whatever their sizes, and leaves no tensors", () => {
    const { picture } = pictures[1]!;
    const wide = {
      width: 128,
      height: 64,
      pixels: Float32Array.from({ length: 128 * 64 }, (_, place) => (place % 7) / 7),
    };
    const together = findOutlines(trained, [{ id: "wide", picture: wide }, ...pictures]);
    deepEqual([together[0]!.mask?.width ?? 128, together.length], [128, 9]);
    const [alone] = findOutlines(trained, [{ id: "alone", picture }]);
    ok(Math.abs(alone!.expectedDice - together[2]!.expectedDice) < 1e-4);
    leavesNothing(() => findOutlines(trained, pictures.slice(0, 2)));
  });

  it("looks within a box alone where one is given, and finds nothing where there is nothing", () => {
    const [{ id, picture }] = pictures as [NamedPicture];
    const box = findOutlines(trained, [{ id, picture }])[0]!.box!;
    const half = { ...box, width: Math.ceil(box.width / 2) };
    const [within] = findOutlines(trained, [{ id, picture, within: half }]);
    ok(within!.box!.left >= half.left && within!.box!.width <= half.width, JSON.stringify(within!.box));
    const corner = { left: 0, top: 0, width: 3, height: 3 };
    const [nothing] = findOutlines(trained, [{ id, picture, within: corner }]);
    deepEqual(nothing, { mask: null, box: null, expectedDice: 0, others: 0 });
  });

  it("refuses a network whose weights are no numbers", () => {
    const { graph, weights } = trained;
    const bias = weights.of(graph.output, "bias");
    const kept = bias.clone();
    bias.assign(bias.mul(NaN));
    throws(() => findOutlines(trained, pictures.slice(0, 1)), Problem);
    bias.assign(kept);
    kept.dispose();
  });
});
