import { deepEqual, equal, match, ok } from "node:assert/strict";

import { checkAugmentation } from "../../lib/data/augment/augmentation";
import { checkPreparation } from "../../lib/data/prepare/configuration";
import { preparations } from "../../lib/data/prepare/presets";
import { folderNameOf } from "../../lib/files/folder-name";
import { allRemedies, chooseRemedies, plainVariant, remedyNames, speckleLevels } from "../../lib/remedies/remedies";
import { checkTraining } from "../../lib/train/training-options";

const around = preparations.squareContext;
const scaled = [
  { id: "a", pixelSize: 0.1 },
  { id: "b", pixelSize: 0.2 },
];

describe("speckleLevels", () => {
  it("are quantiles of Rayleigh's distribution, from its share 0 to .99", () => {
    equal(speckleLevels[0], 0);
    equal(speckleLevels.at(-1), 1);
    // Its distribution is 1 - exp(-x²/2): the level of the share s is the square root of -2 ln(1 - s).
    const last = Math.sqrt(-2 * Math.log(0.01));
    for (const [place, level] of speckleLevels.entries())
      ok(Math.abs(1 - Math.exp(-((level * last) ** 2) / 2) - (0.99 * place) / 16) < 2e-4);
    checkPreparation({ match: [...speckleLevels] });
  });
});

describe("chooseRemedies(preparation, records)", () => {
  it("gives plain, each remedy alone, and all together, each fit to be trained", () => {
    const { variants, notices } = chooseRemedies(around, scaled);
    deepEqual([variants.map(({ name }) => name), notices], [[...remedyNames], []]);
    equal(new Set(variants.map(({ name }) => folderNameOf(name))).size, variants.length);
    const seen = variants.map(({ preparation, training }) => {
      checkPreparation(preparation);
      checkTraining(training, 0);
      checkAugmentation(training.augment!);
      return JSON.stringify([preparation, training]);
    });
    equal(new Set(seen).size, variants.length);
    const plain = variants.find(({ name }) => name === plainVariant)!;
    deepEqual([plain.preparation, plain.training], [around, { augment: {} }]);
  });

  it("puts all of them together, none over another", () => {
    const { variants } = chooseRemedies(around, scaled);
    const { preparation, training } = variants.find(({ name }) => name === allRemedies)!;
    for (const one of variants.slice(1, -1)) {
      for (const [key, value] of Object.entries(one.preparation))
        if (JSON.stringify(value) !== JSON.stringify(around[key as keyof typeof around]))
          deepEqual(preparation[key as keyof typeof around], value, key);
      for (const [key, value] of Object.entries(one.training.augment!))
        deepEqual(training.augment![key as "gamma"], value);
      if (one.training.benignShare !== undefined) equal(training.benignShare, one.training.benignShare);
    }
  });

  it("leaves one scale out, also of all together, where a pixel size or the lesions are not known, and says so", () => {
    const { variants, notices } = chooseRemedies(around, [...scaled, { id: "c" }]);
    equal(variants.length, remedyNames.length - 1);
    ok(variants.every(({ preparation }) => preparation.region.kind === "square"));
    match(notices[0]!, /"one scale" is left out: the pixel size of 1 of 3 images is not known, c first/);
    const whole = chooseRemedies(preparations.wholeImage, scaled);
    ok(whole.variants.every(({ preparation }) => preparation.region.kind === "whole"));
    match(whole.notices[0]!, /nothing says where the lesions are/);
  });
});
