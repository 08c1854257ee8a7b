import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import { createAugment } from "../../../lib/data/augment/augment";
import type { AugmentationOptions } from "../../../lib/data/augment/augmentation";
import { augmentations } from "../../../lib/data/augment/presets";
import { joinChannels } from "../../../lib/data/prepare/channels";
import type { Channel } from "../../../lib/data/prepare/configuration";
import { normaliseInPlace } from "../../../lib/data/prepare/normalise";
import { createRandom } from "../../../lib/runtime/random";

const size = 32;
const all: readonly Channel[] = ["gray", "gray × mask", "mask", "size"];

/** A bright lesion, off the centre, in darker tissue. */
function drawImage(channels: readonly Channel[]): Float32Array {
  const inside = (place: number) => Math.hypot((place % size) - 20, (Math.floor(place / size) - 13) * 1.5) < 6;
  const mask = Float32Array.from({ length: size * size }, (_, place) => (inside(place) ? 1 : 0));
  const gray = mask.map((own, place) => (own === 1 ? 0.7 : 0.2) + 0.1 * Math.sin(place));
  return joinChannels(channels, { gray, mask, lesionSize: 0.4 });
}

function augmented(options: Partial<AugmentationOptions>, seed: number, channels = all): Float32Array {
  const target = new Float32Array(size * size * channels.length);
  createAugment(options, { size, channels })(drawImage(channels), target, createRandom(seed));
  return target;
}

const planeOf = (image: Float32Array, channel: Channel, channels = all) =>
  image.filter((_, place) => place % channels.length === channels.indexOf(channel));

/** Where the levels of a plane above a limit lie on average. */
function centroid(plane: Float32Array, above: number): [column: number, row: number] {
  let [sum, columns, rows] = [0, 0, 0];
  for (const [place, level] of plane.entries()) {
    if (level <= above) continue;
    [sum, columns, rows] = [sum + 1, columns + (place % size), rows + Math.floor(place / size)];
  }
  return [columns / sum, rows / sum];
}

const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const geometry: Partial<AugmentationOptions> = {
  flipHorizontal: 0.5,
  flipVertical: 0.5,
  shift: 4,
  scale: [0.8, 1.2],
  rotation: 45,
};

describe("createAugment(options, layout, normalisation)", () => {
  it("copies images where nothing is on", () => {
    deepEqual(augmented({}, 1), drawImage(all));
    deepEqual(augmented(augmentations.none, 1), drawImage(all));
  });

  it("leaves its image as it is", () => {
    const image = drawImage(all);
    createAugment(augmentations.strong, { size, channels: all })(
      image,
      new Float32Array(image.length),
      createRandom(1),
    );
    deepEqual(image, drawImage(all));
  });

  it("gives the same for a seed to the bit, whatever was varied before, and another for another", () => {
    const augment = createAugment(augmentations.strong, { size, channels: all });
    const target = new Float32Array(size * size * 4);
    for (const seed of seeds) {
      augment(drawImage(all), target, createRandom(seed));
      deepEqual(target, augmented(augmentations.strong, seed));
    }
    notDeepEqual(augmented(augmentations.strong, 1), augmented(augmentations.strong, 2));
  });

  it("moves gray levels and mask together: the lesion stays where its mask is", () => {
    for (const seed of seeds) {
      const image = augmented(geometry, seed);
      const [one, other] = [centroid(planeOf(image, "gray"), 0.45), centroid(planeOf(image, "mask"), 0.5)];
      ok(Math.hypot(one[0] - other[0], one[1] - other[1]) < 0.6, `seed ${seed}: ${one.join()} ${other.join()}`);
    }
  });

  it("keeps gray × mask the product of the two, to the bit, whatever is on", () => {
    for (const options of [augmentations.light, geometry, augmentations.strong]) {
      for (const seed of seeds) {
        const image = augmented(options, seed);
        const [gray, mask] = [planeOf(image, "gray"), planeOf(image, "mask")];
        deepEqual(
          planeOf(image, "gray × mask"),
          gray.map((level, place) => level * mask[place]!),
        );
      }
    }
  });

  it("changes neither mask nor size by gamma, contrast and speckle", () => {
    const options = { gamma: [0.5, 2], contrast: [0.5, 2], speckle: 0.3 } as const;
    const [before, after] = [drawImage(all), augmented(options, 3)];
    for (const channel of ["mask", "size"] as const) deepEqual(planeOf(after, channel), planeOf(before, channel));
    notDeepEqual(planeOf(after, "gray"), planeOf(before, "gray"));
  });

  it("draws the strength of speckle anew for each image where it has a range", () => {
    const flat = new Float32Array(size * size).fill(0.5);
    const strengthOf = (speckle: AugmentationOptions["speckle"], seed: number) => {
      const target = new Float32Array(size * size);
      createAugment({ speckle }, { size, channels: ["gray"] })(flat, target, createRandom(seed));
      return Math.sqrt(target.reduce((sum, level) => sum + (level / 0.5 - 1) ** 2, 0) / target.length);
    };
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const [fixed, drawn] = [
      seeds.map((seed) => strengthOf(0.1, seed)),
      seeds.map((seed) => strengthOf([0, 0.1], seed)),
    ];
    ok(Math.min(...fixed) > 0.085 && Math.max(...fixed) < 0.115);
    // Uniform from 0 to .1: a mean of .05, and values near both ends.
    ok(Math.abs(drawn.reduce((sum, one) => sum + one, 0) / 60 - 0.05) < 0.012);
    ok(Math.min(...drawn) < 0.015 && Math.max(...drawn) > 0.085);
    ok(Math.abs(strengthOf([0.07, 0.07], 1) - 0.07) < 0.006);
    equal(strengthOf([0, 0], 1), 0);
  });

  it("multiplies the size plane by the magnification, up to 1", () => {
    const sizes = (scale: readonly [number, number]) => [...new Set(planeOf(augmented({ scale }, 1), "size"))];
    deepEqual(sizes([1.25, 1.25]), [0.5]);
    deepEqual(sizes([5, 5]), [1]);
    // The mask's own area grows by the square of it.
    const area = (plane: Float32Array) => plane.reduce((sum, level) => sum + level, 0);
    const [before, after] = [drawImage(all), augmented({ scale: [1.25, 1.25] }, 1)];
    ok(Math.abs(area(planeOf(after, "mask")) / area(planeOf(before, "mask")) / 1.25 ** 2 - 1) < 0.05);
  });

  it("cuts the same squares out of all planes but the size plane", () => {
    const [before, after] = [drawImage(all), augmented({ cutout: { count: 1, side: 0.5 } }, 4)];
    const gray = planeOf(after, "gray");
    const cut = gray.map((level) => (level === 0 ? 1 : 0));
    ok(cut.some((value) => value === 1) && cut.some((value) => value === 0));
    deepEqual(
      planeOf(after, "mask"),
      planeOf(before, "mask").map((level, place) => (cut[place] === 1 ? 0 : level)),
    );
    deepEqual(
      gray,
      planeOf(before, "gray").map((level, place) => (cut[place] === 1 ? 0 : level)),
    );
    deepEqual(planeOf(after, "size"), planeOf(before, "size"));
  });

  it("flips as often as was asked for, and always or never at 1 and 0", () => {
    const image = drawImage(["gray"]);
    const flips = (chance: number) =>
      Array.from({ length: 400 }, (_, seed) =>
        augmented({ flipHorizontal: chance, shift: chance === 0 ? 1 : 0 }, seed, ["gray"]),
      ).filter((after) => after[0] === image[size - 1]).length;
    equal(flips(1), 400);
    equal(flips(0), 0);
    ok(Math.abs(flips(0.3) / 400 - 0.3) < 0.08);
  });

  it("draws movement, gamma and contrast whether or not they are used", () => {
    // The mask shows the movement alone.
    const mask = (options: Partial<AugmentationOptions>) => planeOf(augmented({ ...geometry, ...options }, 9), "mask");
    deepEqual(mask({ gamma: [0.5, 2], contrast: [0.5, 2], speckle: 0.2 }), mask({}));
    const flipped = (options: Partial<AugmentationOptions>, seed: number) =>
      planeOf(augmented({ shift: 3, ...options }, seed), "mask");
    for (const seed of seeds) {
      const [one, other] = [flipped({}, seed), flipped({ flipHorizontal: 1 }, seed)];
      equal(centroid(one, 0.5)[1], centroid(other, 0.5)[1]);
    }
  });

  it("gives levels from 0 to 1", () => {
    for (const seed of seeds) ok(augmented(augmentations.strong, seed).every((level) => level >= 0 && level <= 1));
  });

  it("works for any choice and order of planes", () => {
    const gray = augmented(augmentations.strong, 5, ["gray"]);
    const three = augmented(augmentations.strong, 5, ["gray", "gray", "gray"]);
    deepEqual(
      three.filter((_, place) => place % 3 === 2),
      gray,
    );
    deepEqual(planeOf(augmented(augmentations.strong, 5, ["mask", "gray"]), "gray", ["mask", "gray"]), gray);
    deepEqual(augmented(geometry, 5, ["gray × mask"]).length, size * size);
    // Where the product cannot be computed anew, it is moved.
    deepEqual(
      augmented(augmentations.light, 5, ["gray × mask"]),
      planeOf(augmented(augmentations.light, 5), "gray × mask"),
    );
  });

  it("normalises on the way to the same bits as afterwards", () => {
    const normalisation = { mean: [0.3, 0.1, 0.2, 0.4], deviation: [0.25, 0.3, 0.4, 1] };
    for (const options of [augmentations.none, augmentations.light, augmentations.strong]) {
      const target = new Float32Array(size * size * 4);
      createAugment(options, { size, channels: all }, normalisation)(drawImage(all), target, createRandom(3));
      const afterwards = augmented(options, 3);
      normaliseInPlace(afterwards, normalisation);
      deepEqual(target, afterwards);
    }
  });

  it("names what does not fit", () => {
    throws(
      () => createAugment({ speckle: 0.1 }, { size, channels: ["gray × mask"] }),
      /"gray × mask" is computed anew.*\["gray", "gray × mask", "mask"\]/,
    );
    throws(() => createAugment({ speckle: 2 }, { size, channels: all }), /speckle: 2/);
    throws(() => createAugment({}, { size, channels: all }, { mean: [0], deviation: [1] }), /for 4 planes/);
  });

  it("moves the outline of the mask and of the product, and nothing else", () => {
    const outline = { offset: 3, waves: 1 };
    const [still, moved] = [augmented(geometry, 4), augmented({ ...geometry, outline }, 4)];
    for (const channel of ["gray", "size"] as const) deepEqual(planeOf(moved, channel), planeOf(still, channel));
    notDeepEqual(planeOf(moved, "mask"), planeOf(still, "mask"));
    const [gray, mask] = [planeOf(moved, "gray"), planeOf(moved, "mask")];
    deepEqual(
      planeOf(moved, "gray × mask"),
      gray.map((level, place) => level * mask[place]!),
    );
    // Not even the chance of speckle, which is drawn from the same source.
    const speckled = { speckle: 0.1 };
    deepEqual(planeOf(augmented({ ...speckled, outline }, 4), "gray"), planeOf(augmented(speckled, 4), "gray"));
  });

  it("refuses to move the outline where there is no mask", () => {
    const outline = { offset: 3, waves: 1 };
    for (const channels of [["gray"], ["gray", "gray × mask"]] as const)
      throws(() => createAugment({ outline }, { size, channels }), /outline/);
  });
});
