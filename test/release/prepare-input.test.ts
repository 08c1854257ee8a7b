import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import type { PreparationOptions } from "../../lib/data/prepare/configuration";
import { normaliseInPlace } from "../../lib/data/prepare/normalise";
import { prepare } from "../../lib/data/prepare/prepare";
import { preparations } from "../../lib/data/prepare/presets";
import type { ImageRecord } from "../../lib/data/records/record";
import { readPicture } from "../../lib/data/records/read-pixels";
import type { Picture } from "../../lib/pictures/picture";
import { prepareInput } from "../../lib/release/prepare-input";
import { findOutlines } from "../../lib/segment/find-outlines";
import type { TrainedSegmentation } from "../../lib/segment/train-segmentation";
import { rectangle, texture, writePicture } from "../helpers/pictures";
import { lastingFolder, temporaryFolder } from "../helpers/temporary";
import { learnedSegmentation, makeBlind, phantomRecords } from "../segment/helpers";

const form = { width: 90, height: 80 };
const box = { left: 20, top: 30, width: 25, height: 18 };

describe("prepareInput(image, lesion, card)", () => {
  const folder = temporaryFolder();
  let [image, mask]: [string, string] = ["", ""];
  beforeEach(() => {
    image = writePicture(join(folder.path, "image.png"), texture(3), form);
    mask = writePicture(join(folder.path, "mask.png"), rectangle(20, 30, 25, 18), form);
  });

  const cardOf = (preparation: Partial<PreparationOptions>) => {
    const whole = { ...preparations.squareContext, ...preparation };
    const planes = whole.channels.length;
    const normalisation = { mean: new Array<number>(planes).fill(0.4), deviation: new Array<number>(planes).fill(0.3) };
    return { name: "Example", preparation: whole, normalisation };
  };

  it("gives the numbers that prepare gives to a training, with a mask, with a box, and with neither", async () => {
    const file = (path: string) => ({ kind: "file", path }) as const;
    const cases: [Partial<PreparationOptions>, object, Partial<ImageRecord>][] = [
      [{ channels: ["gray", "size"] }, { box }, { box }],
      [{ channels: ["gray", "size"] }, { mask }, { masks: [file(mask)] }],
      [preparations.busBraAuthors, { mask, box }, { masks: [file(mask)], box }],
      [preparations.wholeImage, {}, {}],
    ];
    for (const [preparation, lesion, known] of cases) {
      const card = cardOf(preparation);
      const record: ImageRecord = { id: "a", image: file(image), masks: [], label: "benign", ...known };
      const { pixels } = await prepare([record], card.preparation, { cacheFolder: null });
      const expected = pixels.slice();
      normaliseInPlace(expected, card.normalisation);
      const { values } = await prepareInput(image, lesion, card);
      deepEqual(values, expected);
      ok(values.some((value) => value !== values[0]));
    }
  });

  it("says what of the picture the numbers show", async () => {
    const { part } = await prepareInput(image, { box }, cardOf({}));
    deepEqual(part, { left: 10, top: 16, width: 45, height: 45 });
    deepEqual((await prepareInput(image, { mask }, cardOf({}))).part, part);
  });

  it("takes pictures and masks in memory, and leaves them as they are", async () => {
    const card = cardOf({});
    const pixels = Float32Array.from(
      { length: 7200 },
      (_, pixel) => texture(3)(pixel % 90, Math.floor(pixel / 90)) / 255,
    );
    const before = pixels.slice();
    const inMask = rectangle(20, 30, 25, 18);
    const shown = Uint8Array.from({ length: 7200 }, (_, pixel) => inMask(pixel % 90, Math.floor(pixel / 90)) / 255);
    const found = await prepareInput({ ...form, pixels }, { mask: { ...form, pixels: shown } }, card);
    deepEqual(pixels, before);
    const fromFile = await prepareInput(image, { mask }, card);
    for (const [place, value] of found.values.entries()) ok(Math.abs(value - fromFile.values[place]!) < 1e-5);
  });

  it("says what it did not use", async () => {
    const both = await prepareInput(image, { mask, box }, cardOf({}));
    deepEqual(both.warnings, ["The mask was used, and not the box."]);
    const neither = await prepareInput(image, { mask }, cardOf(preparations.wholeImage));
    deepEqual(neither.warnings, ["The model looks at the whole picture: box and mask were not used."]);
  });

  it("asks for the lesion where the model looks at it", async () => {
    const refuse = (lesion: object, preparation: Partial<PreparationOptions>, message: RegExp) =>
      rejects(prepareInput(image, lesion, cardOf(preparation)), { name: "Problem", message });
    await refuse({}, {}, /was not told where the lesion is\. Give its box or its mask/);
    await refuse({ box }, { channels: ["gray", "mask"] }, /takes a plane with the lesion's mask.*mask: "mask.png"/);
    await refuse({ boxes: box }, {}, /no option "boxes"/);
  });

  it("takes a box that reaches beyond the picture, and refuses one that lies mostly outside of it", async () => {
    await prepareInput(image, { box: { left: -5, top: 10, width: 30, height: 30 } }, cardOf({}));
    for (const wrong of [
      { left: 85, top: 10, width: 30, height: 30 },
      { left: -200, top: -200, width: 1000, height: 1000 },
      { left: 20, top: 70, width: 25, height: 40 },
    ])
      await rejects(
        prepareInput(image, { box: wrong }, cardOf({})),
        /at least half of the box must lie in the picture/,
      );
  });

  it("refuses boxes and masks that do not fit, and pictures that are none", async () => {
    const refuse = (lesion: object, message: RegExp) =>
      rejects(prepareInput(image, lesion, cardOf({})), { name: "Problem", message });
    for (const wrong of [{ left: 95 }, { width: 0 }, { height: 2.5 }, { top: NaN }, { left: undefined }])
      await refuse({ box: { ...box, ...wrong } }, /The box .* a picture of 90 × 80 pixels/);
    const other = writePicture(join(folder.path, "other.png"), rectangle(0, 0, 5, 5));
    await refuse({ mask: other }, /mask of .* has 40 × 30 pixels, the picture 90 × 80/);
    const empty = writePicture(join(folder.path, "empty.png"), () => 0, form);
    await refuse({ mask: empty }, /is empty: it shows no lesion/);
    await refuse({ mask: join(folder.path, "none.png") }, /none\.png is missing/);
    const card = cardOf({});
    const picture = { ...form, pixels: new Float32Array(7200) };
    for (const lesion of [{ box }, {}])
      await rejects(prepareInput(join(folder.path, "none.png"), lesion, card), { name: "Problem", message: /missing/ });
    await rejects(prepareInput({ ...picture, width: 3 }, { box }, card), { name: "Problem", message: /7200 pixels/ });
    for (const level of [NaN, 200, -1]) {
      const pixels = picture.pixels.slice();
      pixels[7] = level;
      await rejects(prepareInput({ ...form, pixels }, { box }, card), { name: "Problem", message: /gray level/ });
    }
  });
});

describe("prepareInput(image, { finder }, card)", function () {
  this.timeout(60_000);
  const folder = lastingFolder();
  let finder: TrainedSegmentation;
  let picture: Picture;
  before(async () => {
    finder = await learnedSegmentation(join(folder.path, "finder"));
    picture = await readPicture((await phantomRecords())[20]!);
  });
  after(() => {
    finder.weights.dispose();
  });
  const card = {
    ...{ name: "Example", preparation: preparations.busBraAuthors },
    normalisation: { mean: [0.4, 0.4, 0.4], deviation: [0.3, 0.3, 0.3] },
  };

  const cardOfBox = {
    ...{ name: "Example", preparation: { ...preparations.squareContext, channels: ["gray"] as const } },
    normalisation: { mean: [0.4], deviation: [0.3] },
  };

  it("gives the numbers of the outline that is found, with it and what is to be doubted of it", async () => {
    const { values, outline, warnings } = await prepareInput(picture, { finder }, card);
    const [found] = findOutlines(finder, [{ id: "x", picture }]);
    deepEqual(outline, found);
    deepEqual(values, (await prepareInput(picture, { mask: found!.mask! }, card)).values);
    equal(
      warnings.some((warning) => warning.includes(`expects a Dice coefficient of ${found!.expectedDice.toFixed(2)}`)),
      found!.expectedDice < 0.9,
    );
    // A box or a mask that was given says more; where the whole picture is looked at, nothing is looked for.
    equal("outline" in (await prepareInput(picture, { finder, mask: found!.mask! }, card)), false);
    const whole = { ...card, preparation: { ...preparations.wholeImage, channels: ["gray", "gray", "gray"] as const } };
    equal("outline" in (await prepareInput(picture, { finder }, whole as never)), false);
  });

  it("finds the outline within a box that was drawn, where the network takes outlines", async () => {
    const masked = { ...card, preparation: { ...card.preparation, channels: ["gray", "mask", "size"] as const } };
    const box = findOutlines(finder, [{ id: "x", picture }])[0]!.box!;
    const drawn = { ...box, height: Math.ceil(box.height / 2) };
    const { outline } = await prepareInput(picture, { finder, box: drawn }, masked);
    ok(outline!.box!.top + outline!.box!.height <= drawn.top + drawn.height);
    const beside = { left: 0, top: 0, width: 3, height: 3 };
    await rejects(
      prepareInput(picture, { finder, box: beside }, masked),
      /No lesion was found in the box of The picture\. Draw the box anew/,
    );
    await rejects(prepareInput(picture, { finder, box: { ...box, left: 500 } }, masked), /was given for/);
    // One that looks at the box alone needs no outline.
    equal("outline" in (await prepareInput(picture, { finder, box }, cardOfBox)), false);
  });

  it("says of a picture in which nothing is found that it is so", async () => {
    const bias = finder.weights.of(finder.graph.output, "bias");
    const kept = bias.clone();
    makeBlind(finder);
    await rejects(prepareInput(picture, { finder }, card), /No lesion was found in The picture, and none was given/);
    bias.assign(kept);
    kept.dispose();
  });
});
