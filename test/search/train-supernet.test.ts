import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { join } from "node:path";

import { readOutcome } from "../../lib/runs/outcome";
import { openSupernet, trainSupernet } from "../../lib/search/train-supernet";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearchImages, tinySupernet } from "./helpers";

describe("trainSupernet(folder, images, options)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const images = tinySearchImages();

  it("ends with the same numbers and the same outcome after an interruption as without", async () => {
    const [whole, cut] = [join(root.path, "whole"), join(root.path, "cut")];
    const left = await trainSupernet(whole, images, tinySupernet);
    for (const at of [2, 5]) {
      const broken = trainSupernet(cut, images, tinySupernet, (done) =>
        done === at ? Promise.reject(new Error("the power goes")) : Promise.resolve(),
      );
      await rejects(broken, /the power goes/);
    }
    throws(() => openSupernet(cut, images, tinySupernet), /is not done/);
    const resumed = await trainSupernet(cut, images, tinySupernet);
    deepEqual(resumed.numbers, left.numbers);
    equal(readOutcome(cut)!.hash, readOutcome(whole)!.hash);
    deepEqual(openSupernet(whole, images, tinySupernet).numbers, left.numbers);
    let steps = 0;
    const again = await trainSupernet(whole, images, tinySupernet, () => {
      steps += 1;
      return Promise.resolve();
    });
    equal(steps, 0, "what is done is not done again");
    deepEqual(again.numbers, left.numbers);
  });

  it("refuses a folder of another supernet, and images in both parts", async () => {
    const folder = join(root.path, "one");
    await trainSupernet(folder, images, { ...tinySupernet, epochs: 1 });
    await rejects(trainSupernet(folder, images, { ...tinySupernet, epochs: 1, seed: 2 }), /seed/);
    const both = { ...images, searchValidation: [...images.searchValidation, images.train[0]!] };
    await rejects(trainSupernet(join(root.path, "both"), both, tinySupernet), /1 image stands among the training/);
  });
});
