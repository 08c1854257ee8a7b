import { deepEqual, doesNotThrow, equal, ok, throws } from "node:assert/strict";

import { fitToImages, requireEnough } from "../../lib/study/fit-to-images";
import { smoke } from "../../lib/study/profiles/smoke";
import { settingsOf } from "../../lib/study/settings-of";
import { checkStudySettings, profileNames } from "../../lib/study/study-settings";

const names = (count: number) => Array.from({ length: count }, (_, index) => String(index));

const fit = (train: number, validation: number, settings = smoke) => {
  const fold = { train: names(train), validation: names(validation) };
  return fitToImages(settings, { folds: [fold] }, fold);
};

describe("fitToImages(settings, split, searchFold)", () => {
  it("changes nothing where there are enough images", () => {
    equal(fit(100, 40).settings, smoke);
  });

  it("holds draws and batches to the images that there are, and says so", () => {
    const { settings, notices } = fit(10, 7);
    deepEqual([settings.search.options.reward?.batchSize, settings.search.options.batchSize], [7, 4]);
    deepEqual([settings.training.batchSize, settings.derive.training?.batchSize], [4, 4]);
    deepEqual(notices, [
      "search.options.reward.batchSize is 7 and not 24: so many images there are.",
      "search.options.batchSize is 4 and not 16: a training part has 10 images.",
      "derive.training.batchSize is 4 and not 16: a training part has 10 images.",
      "control.training.batchSize is 4 and not 16: a training part has 10 images.",
      "training.batchSize is 4 and not 16: a training part has 10 images.",
    ]);
    checkStudySettings(settings);
  });

  it("fits every profile to the fewest images that a study takes", () => {
    for (const profile of profileNames) {
      const { settings } = fit(6, 2, settingsOf({ profile, dataset: "mine" }));
      checkStudySettings(settings);
      ok(settings.training.batchSize! <= 6 && settings.search.options.batchSize! <= 6, profile);
      equal(settings.search.options.reward?.batchSize, 2);
    }
  });

  it("refuses supernets of too few images before anything is trained, and says what would do", () => {
    const settings = (folds: number) => ({
      ...smoke,
      search: { ...smoke.search, trials: { strategy: "hybrid", supernet: {}, folds } as const },
    });
    throws(() => fit(500, 40, settings(5)), {
      name: "Problem",
      message: /has 100 validation images, expected at least 128.*fewer inner folds/s,
    });
    fit(500, 40, settings(3));
  });

  it("knows a draw that is not named", () => {
    const { reward: _reward, ...options } = smoke.search.options;
    const search = { ...smoke.search, options };
    equal(fit(99, 7, { ...smoke, search }).settings.search.options.reward?.batchSize, 7);
  });
});

describe("requireEnough(loaded)", () => {
  const load = (benign: number, malignant: number, more: object = {}) =>
    ({
      ...{ folds: [], set: { title: "Mine", name: "mine" } },
      records: Array.from({ length: benign + malignant }, (_, index) => ({
        ...{ id: String(index), label: index < benign ? "benign" : "malignant", patient: `P${index >> 1}` },
      })),
      ...more,
    }) as unknown as Parameters<typeof requireEnough>[0];

  it("names the class that has too few patients, how many are needed, and why", () => {
    throws(() => {
      requireEnough(load(10, 8));
    }, /Mine: 8 usable malignant images of 4 patients, and a study needs images of 5 malignant patients at least: each of its 5 folds/);
    doesNotThrow(() => {
      requireEnough(load(10, 10));
    });
  });

  it("does not ask a set with folds of its own", () => {
    doesNotThrow(() => {
      requireEnough(load(1, 1, { folds: [{}] }));
    });
  });
});
