import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { checkPreparation, type PreparationOptions } from "../../../lib/data/prepare/configuration";
import { partOfPicture, prepareImage } from "../../../lib/data/prepare/prepare-image";
import { preparations } from "../../../lib/data/prepare/presets";
import { drawMask, drawPicture } from "./example-files";

/** What NumPy and Pillow made of the picture below; record.py beside it says how. */
interface Recorded {
  readonly preset: "squareContext" | "busBraAuthors";
  readonly lesion: readonly number[];
  readonly size: number;
  readonly pixels: readonly number[];
}

const recorded = JSON.parse(readFileSync(join(__dirname, "recipe-pillow", "values.json"), "utf8")) as Recorded[];
const picture = drawPicture(61, 47);
const mask = drawMask(61, 47, [30, 22, 8, 5]);
const image = { id: "image 7", picture, mask };
const settingsOf = (options: Partial<PreparationOptions>) => checkPreparation({ size: 16, ...options });

describe("prepareImage(image, settings)", () => {
  for (const { preset, lesion, size, pixels } of recorded) {
    it(`gives the numbers that NumPy and Pillow give: "${preset}", lesion at ${lesion.slice(0, 2).join(", ")}`, () => {
      const settings = { ...preparations[preset], size };
      const own = prepareImage({ id: "a", picture, mask: drawMask(61, 47, lesion) }, settings);
      equal(own.length, pixels.length);
      const worst = Math.max(...pixels.map((level, place) => Math.abs(level - own[place]!)));
      ok(worst < 2e-6, String(worst));
    });
  }

  it("gives numbers from 0 to 1, whatever the settings", () => {
    const all = ["gray", "gray × mask", "mask", "size"] as const;
    for (const kind of ["box", "square"] as const) {
      for (const beyond of ["shift", "cut", "fill"] as const) {
        for (const padding of ["black", "edge"] as const) {
          const region = { kind, margin: 120, unit: "percent" } as const;
          const own = prepareImage(image, settingsOf({ region, beyond, padding, channels: all }));
          equal(own.length, 16 * 16 * 4);
          ok(own.every((value) => value >= 0 && value <= 1));
          // The product is that of the two planes, exactly.
          ok(own.every((value, place) => place % 4 !== 1 || value === Math.fround(own[place - 1]! * own[place + 1]!)));
        }
      }
    }
  });

  it("gives gray levels the stated distribution, of the picture's pixels alone, before anything is filled", () => {
    const region = { kind: "box", margin: 0, unit: "pixels" } as const;
    const settings = settingsOf({ region, padding: "none", stretch: null, match: [0.2, 0.8], size: 11, filter: "box" });
    // A lesion of 11 × 11 pixels: each becomes itself, at the quantile of its middle rank.
    const square = drawMask(61, 47, [30, 22, 5, 5]);
    const own = prepareImage({ id: "a", picture, mask: square }, settings);
    const tissue = prepareImage({ id: "a", picture, mask: square }, { ...settings, match: undefined });
    for (const [place, level] of own.entries()) {
      const [below, equals] = [
        tissue.filter((one) => one < tissue[place]!),
        tissue.filter((one) => one === tissue[place]),
      ];
      ok(Math.abs(level - (0.2 + (0.6 * (below.length + equals.length / 2)) / 121)) < 1e-6);
    }
  });

  it("shows a lesion at one scale in a window of millimetres, however the picture was scanned", () => {
    const settings = settingsOf({
      ...{ region: { kind: "window", side: 20 }, beyond: "fill", channels: ["mask"] },
      ...{ size: 20, padding: "black" },
    } as const);
    const [fine, coarse] = [
      { picture: drawPicture(200, 160), mask: drawMask(200, 160, [99.5, 79.5, 40, 20]), pixelSize: 0.1 },
      { picture: drawPicture(80, 60), mask: drawMask(80, 60, [39.5, 29.5, 16, 8]), pixelSize: 0.25 },
    ].map((one) => prepareImage({ id: "a", ...one }, settings));
    // An ellipse of 8 mm × 4 mm in a window of 20 mm, in 20 × 20 pixels: π/4 · 8 · 4 pixels.
    for (const plane of [fine!, coarse!])
      ok(Math.abs(plane.reduce((sum, level) => sum + level, 0) - (Math.PI / 4) * 32) < 1.5);
    ok(Math.max(...fine!.map((level, place) => Math.abs(level - coarse![place]!))) < 0.3);
  });

  it("refuses an image without a pixel size where millimetres are asked for", () => {
    const settings = settingsOf({ region: { kind: "window", side: 20 } });
    throws(() => prepareImage(image, settings), /pixel size of image 7 is not known.*millimetres/);
    throws(() => partOfPicture(image, settings), /pixelSize/);
  });

  it("keeps the whole picture as it is where nothing is done to it", () => {
    const square = drawPicture(20, 20);
    const own = prepareImage({ id: "a", picture: square, mask: null }, { ...preparations.wholeImage, size: 20 });
    deepEqual(own, square.pixels);
  });

  it("changes proportions only without padding", () => {
    const disc = drawMask(60, 30, [29.5, 14.5, 10, 10]);
    const region = { kind: "whole" } as const;
    const sidesOf = (padding: "black" | "none") => {
      const own = prepareImage(
        { id: "a", picture: drawPicture(60, 30), mask: disc },
        settingsOf({ region, padding, size: 30, channels: ["mask"] }),
      );
      const inside = (place: number) => own[place]! > 0.5;
      const across = Array.from({ length: 30 }, (_, place) => place).filter((place) => inside(15 * 30 + place)).length;
      return [
        across,
        Array.from({ length: 30 }, (_, place) => place).filter((place) => inside(place * 30 + 15)).length,
      ];
    };
    deepEqual(sidesOf("none"), [10, 20]);
    deepEqual(sidesOf("black"), [10, 10]);
  });

  it("continues the mask with 0, also where gray levels are continued", () => {
    const corner = drawMask(61, 47, [0, 0, 12, 12]);
    const region = { kind: "square", margin: 10, unit: "pixels" } as const;
    const own = prepareImage(
      { id: "a", picture, mask: corner },
      settingsOf({ region, beyond: "fill", padding: "edge", channels: ["gray", "mask"] }),
    );
    // The square reaches 16 pixels of 44 beyond the picture: the first rows of the result lie outside.
    const firstRows = [...own.slice(0, 3 * 16 * 2)];
    ok(firstRows.every((value, place) => place % 2 === 0 || value === 0));
    ok(firstRows.some((value) => value > 0.2));
  });

  it("fills the size plane with the root of the lesion's share", () => {
    const area = mask.pixels.reduce((sum, pixel) => sum + pixel, 0);
    const own = prepareImage(image, settingsOf({ channels: ["gray", "size"] }));
    ok(own.every((value, place) => place % 2 === 0 || value === Math.fround(Math.sqrt(area / (61 * 47)))));
  });

  it("takes the stated box where there is no mask", () => {
    const box = { left: 22, top: 17, width: 17, height: 11 };
    const settings = settingsOf({ channels: ["gray"] });
    deepEqual(prepareImage({ id: "a", picture, mask: null, box }, settings), prepareImage(image, settings));
    const size = prepareImage({ id: "a", picture, mask: null, box }, settingsOf({ channels: ["size"] }))[0]!;
    ok(Math.abs(size - Math.sqrt(((Math.PI / 4) * 17 * 11) / (61 * 47))) < 1e-6);
  });

  it("looks around another box than the lesion's where it is told to, and keeps mask and size as they are", () => {
    const around = { left: 2, top: 3, width: 9, height: 9 };
    const moved = prepareImage({ ...image, around }, settingsOf({ channels: ["gray"] }));
    const stated = { id: "a", picture, mask: null, box: around };
    deepEqual(moved, prepareImage(stated, settingsOf({ channels: ["gray"] })));
    const sizes = [{ ...image, around }, image].map((one) => prepareImage(one, settingsOf({ channels: ["size"] }))[0]);
    equal(sizes[0], sizes[1]);
    const beyond = { left: 500, top: 500, width: 9, height: 9 };
    deepEqual(prepareImage({ ...image, around: beyond }, settingsOf({})), prepareImage(image, settingsOf({})));
  });

  it("cuts a stated box to the picture", () => {
    const [reaching, inside] = [
      { left: 50, top: 40, width: 30, height: 30 },
      { left: 50, top: 40, width: 11, height: 7 },
    ];
    const [one, other] = [reaching, inside].map((box) =>
      prepareImage({ id: "a", picture, mask: null, box }, settingsOf({})),
    );
    deepEqual(one, other);
  });

  it("names the image that has no lesion where one is needed, and what to do", () => {
    const whole = settingsOf({ region: { kind: "whole" } });
    throws(
      () => prepareImage({ ...image, mask: null }, settingsOf({})),
      /^Problem: image 7 cannot.*neither a mask nor a box.*leave-out/,
    );
    throws(
      () => prepareImage({ ...image, mask: { ...mask, pixels: new Uint8Array(61 * 47) } }, settingsOf({})),
      /image 7.*mask is empty/,
    );
    const box = { left: 1, top: 1, width: 5, height: 5 };
    throws(
      () => prepareImage({ ...image, mask: null, box }, settingsOf({ channels: ["mask"] })),
      /image 7.*no mask.*not enough/,
    );
    const outside = { left: 90, top: 1, width: 5, height: 5 };
    throws(
      () => prepareImage({ ...image, mask: null, box: outside }, settingsOf({})),
      /image 7.*outside of the picture/,
    );
    equal(prepareImage({ ...image, mask: null }, whole).length, 256);
  });

  it("refuses a mask of another size", () => {
    const other = drawMask(60, 47, [30, 22, 8, 5]);
    throws(
      () => prepareImage({ ...image, mask: other }, settingsOf({})),
      /image 7: its mask has 60 × 47 pixels, its picture 61 × 47/,
    );
  });

  it("leaves its picture and mask as they are", () => {
    prepareImage(image, { ...preparations.busBraAuthors, size: 16 });
    deepEqual(picture, drawPicture(61, 47));
    deepEqual(mask, drawMask(61, 47, [30, 22, 8, 5]));
  });
});

describe("partOfPicture(image, settings)", () => {
  const box = { left: 20, top: 10, width: 11, height: 5 };
  const boxed = { id: "a", picture, mask: null, box };
  const part = (options: Partial<PreparationOptions>) => partOfPicture(boxed, settingsOf(options));

  it("says what the prepared image is made of, made square as it is", () => {
    const square = { kind: "square", margin: 4, unit: "pixels" } as const;
    deepEqual(part({ region: square }), { left: 16, top: 3, width: 19, height: 19 });
    deepEqual(part({ region: { ...square, kind: "box" }, padding: "none" }), {
      ...{ left: 16, top: 6 },
      ...{ width: 19, height: 13 },
    });
    deepEqual(part({ region: { kind: "whole" } }), { left: 0, top: -7, width: 61, height: 61 });
  });

  it("names the image that has no lesion where one is needed", () => {
    throws(() => partOfPicture({ id: "image 7", picture, mask: null }, settingsOf({})), /image 7 cannot be prepared/);
  });
});
