import { deepEqual, equal } from "node:assert/strict";

import { fitToImages } from "../../lib/study/fit-to-images";
import { smoke } from "../../lib/study/profiles/smoke";

const names = (count: number) => Array.from({ length: count }, (_, index) => String(index));

describe("fitToImages(settings, fold)", () => {
  it("changes nothing where there are enough images", () => {
    equal(fitToImages(smoke, { train: names(100), validation: names(40) }).settings, smoke);
  });

  it("holds a draw and a batch to the images that there are, and says so", () => {
    const { settings, notices } = fitToImages(smoke, { train: names(10), validation: names(7) });
    deepEqual([settings.search.options.reward?.batchSize, settings.search.options.batchSize], [7, 10]);
    deepEqual(notices, [
      "search.options.reward.batchSize is 7 and not 24: so many images there are.",
      "search.options.batchSize is 10 and not 16: so many images there are.",
    ]);
  });

  it("knows the draw where a search does not name it", () => {
    const { reward: _reward, ...options } = smoke.search.options;
    const search = { ...smoke.search, options };
    equal(
      fitToImages({ ...smoke, search }, { train: names(99), validation: names(7) }).settings.search.options.reward
        ?.batchSize,
      7,
    );
  });
});
