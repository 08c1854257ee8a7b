import { equal, ok, throws } from "node:assert/strict";
import { join } from "node:path";

import { readPicture } from "../../../lib/data/records/read-pixels";
import type { Picture } from "../../../lib/pictures/picture";
import { packFinder } from "../../../lib/release/finder-files";
import { openFinder } from "../../../lib/release/page/open-finder";
import { findOutlines } from "../../../lib/segment/find-outlines";
import { agreementOf } from "../../../lib/segment/mask-agreement";
import type { TrainedSegmentation } from "../../../lib/segment/train-segmentation";
import { lastingFolder } from "../../helpers/temporary";
import { numbersOf } from "../../onnx/networks";
import { learnedSegmentation, phantomRecords } from "../../segment/helpers";
import { finderOf } from "../trained";

describe("openFinder(card, graph, weights)", function () {
  this.timeout(120_000);
  const folder = lastingFolder();
  let network: TrainedSegmentation;
  let pictures: Picture[];
  before(async () => {
    network = await learnedSegmentation(join(folder.path, "learned"));
    pictures = await Promise.all((await phantomRecords()).slice(16, 20).map((record) => readPicture(record)));
  });
  after(() => {
    network.weights.dispose();
  });
  const cardOf = (flipPredictions: boolean) => ({
    ...packFinder({ ...finderOf(network), testData: null, results: [], network }).card,
    flipPredictions,
  });

  it("finds in plain loops what the library finds, with mirror images and without, in pictures of any form", () => {
    const [first] = pictures as [Picture];
    const wide = { width: 64, height: 50, pixels: first.pixels.slice(0, 3200) };
    for (const flipPredictions of [true, false]) {
      const find = openFinder(cardOf(flipPredictions), network.graph, numbersOf(network.weights));
      const finder = { ...network, options: { ...network.options, flipPredictions } };
      for (const picture of [...pictures, wide]) {
        const found = find(picture, undefined);
        const [expected] = findOutlines(finder, [{ id: "a picture", picture }]);
        equal(found.others, expected!.others);
        ok(Math.abs(found.expectedDice - expected!.expectedDice) < 1e-4);
        ok(agreementOf(found.mask, expected!.mask!).dice > 0.999);
      }
    }
  });

  it("looks within another box on the same picture, and remembers no other picture", () => {
    const find = openFinder(cardOf(true), network.graph, numbersOf(network.weights));
    const [one, other] = pictures as [Picture, Picture];
    const { box } = find(one, undefined);
    const half = { ...box!, width: Math.ceil(box!.width / 2) };
    ok(find(one, half).box!.width <= half.width);
    equal(find(one, { left: 0, top: 0, width: 2, height: 2 }).mask, null);
    const [expected] = findOutlines(network, [{ id: "other", picture: other }]);
    ok(Math.abs(find(other, undefined).expectedDice - expected!.expectedDice) < 1e-4);
  });

  it("says so where the network gives no numbers", () => {
    const find = openFinder(cardOf(true), network.graph, (node, weight) =>
      numbersOf(network.weights)(node, weight).map(() => NaN),
    );
    throws(() => find(pictures[0]!, undefined), { name: "Problem", message: /gives no numbers for this picture/ });
  });
});
