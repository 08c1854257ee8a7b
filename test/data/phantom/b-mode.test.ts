import { deepEqual, equal, ok } from "node:assert/strict";

import { compressLogarithmically, echoLevels, formImage, type Scene } from "../../../lib/data/phantom/b-mode";
import { phantomDevices } from "../../../lib/data/phantom/device";
import type { LesionFeatures } from "../../../lib/data/phantom/features";
import type { Lesion } from "../../../lib/data/phantom/lesion";
import { mapLesion } from "../../../lib/data/phantom/lesion-map";
import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { createRandom } from "../../../lib/runtime/random";

const size = 64;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A disc of a fifth of the image's side in the middle of dense tissue, seen by the second device. */
function sceneOf(changed: Partial<LesionFeatures>, shown: Partial<Scene> = {}): Scene {
  const features: LesionFeatures = {
    radius: 0.2,
    aspect: 1,
    irregularity: 0,
    spiculation: 0,
    blur: 0.1,
    halo: 0,
    contrast: -15,
    texture: 0,
    posterior: 0,
    ...changed,
  };
  const lesion: Lesion = { features, center: [0.5, 0.45], turn: 0, waves: [], spicules: [] };
  const tissue = { skin: 0.04, fat: 0.2, muscle: 0.95, fattiness: 0, rib: false, attenuation: 0.6 };
  return { lesion, map: mapLesion(lesion, size), tissue, device: phantomDevices[1], ...shown };
}

const levelsOf = (scene: Scene) => echoLevels(scene, size, createRandom(3));
const difference = (one: Scene, other: Scene) => {
  const [first, second] = [levelsOf(one), levelsOf(other)];
  return (x: number, y: number) => {
    const pixel = Math.floor(y * size) * size + Math.floor(x * size);
    return first[pixel]! - second[pixel]!;
  };
};

describe("echoLevels(scene, size, random)", () => {
  it("makes the lesion as dark as its contrast says", () => {
    const levels = levelsOf(sceneOf({ contrast: -17 }));
    ok(Math.abs(levels[Math.floor(0.4 * size) * size + size / 2]! + 17) < 0.5);
  });

  it("takes or adds behind the lesion what the feature says, in proportion to the way inside it", () => {
    for (const posterior of [-12, 8]) {
      const change = difference(sceneOf({ posterior }), sceneOf({}));
      equal(change(0.5, 0.15), 0);
      ok(Math.abs(change(0.5, 0.45) / posterior - 0.5) < 0.06);
      ok(Math.abs(change(0.5, 0.7) / posterior - 1) < 0.08);
      // A chord at 0.6 of the radius is 0.8 of the diameter.
      ok(Math.abs(change(0.5 + 0.12, 0.7) / posterior - 0.8) < 0.08);
      ok(Math.abs(change(0.1, 0.7)) < 0.1);
    }
  });

  it("casts a deeper shadow at a higher frequency", () => {
    const shadow = (device: Scene["device"]) =>
      difference(sceneOf({ posterior: -10 }, { device }), sceneOf({}, { device }))(0.5, 0.75);
    ok(Math.abs(shadow(phantomDevices[0]) / shadow(phantomDevices[2]) - 12 / 7.5) < 1e-3);
  });

  it("loses with depth and frequency what the tissue takes beyond what is made up for: twice 4 cm at the bottom", () => {
    const tissue = { ...sceneOf({}).tissue, attenuation: 0.65 };
    const loss = difference(sceneOf({}, { tissue }), sceneOf({}));
    ok(Math.abs(loss(0.05, 0.999) + 2 * 0.05 * 10 * 4) < 0.05);
    ok(Math.abs(loss(0.05, 0.25) / loss(0.05, 0.999) - 0.25) < 0.02);
  });

  it("has a border as wide as the blur says, 10 to 90 per cent", () => {
    for (const blur of [0.2, 0.5]) {
      // The lesion stands out from itself at another contrast by how much of a pixel is lesion.
      const fine = 512;
      const levels = [-20, -10].map((contrast) => {
        const scene = sceneOf({ blur, contrast });
        return echoLevels({ ...scene, map: mapLesion(scene.lesion, fine) }, fine, createRandom(3));
      }) as [Float32Array, Float32Array];
      const row = Math.floor(0.45 * fine) * fine;
      const shares = Array.from(
        { length: fine / 2 },
        (_, column) => (levels[1][row + fine / 2 + column]! - levels[0][row + fine / 2 + column]!) / 10,
      );
      const width = shares.filter((share) => share > 0.1 && share < 0.9).length / fine / 0.2;
      ok(Math.abs(width - blur) < 0.03, `${width}, expected ${blur}`);
    }
  });

  it("puts a halo around the lesion, not into it", () => {
    const change = difference(sceneOf({ halo: 6 }), sceneOf({}));
    ok(change(0.5 + 0.2 * 1.15, 0.45) > 4 && Math.abs(change(0.5, 0.45)) < 0.01 && Math.abs(change(0.05, 0.45)) < 0.01);
  });
});

describe("formImage(scene, size, random)", () => {
  it("draws lesions darker than the tissue around them", () => {
    const phantoms = generatePhantoms({ count: 60, size, random: createRandom(4) });
    const darker = phantoms.filter(({ pixels, lesion }) => {
      const { distances } = mapLesion(lesion, size);
      const level = (low: number, high: number) =>
        mean([...pixels].filter((_, pixel) => distances[pixel]! >= low && distances[pixel]! < high));
      return level(0, 0.7) < level(1.4, 2) - 0.05;
    });
    ok(darker.length >= 54, `${darker.length} of 60`);
  });

  it("shows the shadow or the enhancement that the lesion casts", () => {
    const below = (posterior: number) => {
      const pixels = formImage(sceneOf({ posterior }), size, createRandom(8));
      return mean(
        Array.from({ length: 60 }, (_, place) => pixels[(46 + (place % 10)) * size + 29 + Math.floor(place / 10)]!),
      );
    };
    ok(below(-12) < below(0) - 0.1 && below(0) < below(8) - 0.05, [-12, 0, 8].map(below).join(", "));
  });

  it("has less speckle the more looks are averaged, as their square root", () => {
    const spread = (looks: number) => {
      const scene = sceneOf({}, { device: { ...phantomDevices[1], looks, dynamicRange: 100, noise: 300 } });
      // Beside the lesion; 100 dB from black to white, so that nothing is cut off.
      const envelope = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
        const pixels = formImage(scene, size, createRandom(seed));
        const echoes = echoLevels(scene, size, createRandom(seed));
        const chosen = [...pixels.keys()].filter(
          (pixel) =>
            Math.floor(pixel / size) > 18 && Math.floor(pixel / size) < 55 && (pixel % size < 14 || pixel % size > 49),
        );
        const relative = chosen.map((pixel) => 10 ** ((pixels[pixel]! * 100 - echoes[pixel]!) / 20));
        return relative.map((value) => value / mean(relative));
      });
      return Math.sqrt(mean(envelope.map((value) => (value - 1) ** 2)));
    };
    ok(Math.abs(spread(4) / spread(1) - 0.5) < 0.1, `${spread(4)}, ${spread(1)}`);
  });

  it("is as bright however many looks are averaged", () => {
    const level = (looks: number) =>
      mean([...formImage(sceneOf({}, { device: { ...phantomDevices[1], looks } }), size, createRandom(1))]);
    ok(Math.abs(level(6) - level(1)) < 0.05, `${level(6)}, ${level(1)}`);
  });

  it("drowns the depth in noise where the device is noisy", () => {
    const { device } = sceneOf({});
    const bottom = (noise: number) =>
      mean([...formImage(sceneOf({}, { device: { ...device, noise } }), size, createRandom(1)).slice(-6 * size)]);
    ok(bottom(50) > bottom(92) + 0.1);
  });

  it("gives the same image for the same seed, and another for another", () => {
    const make = (seed: number) => formImage(sceneOf({}), size, createRandom(seed));
    deepEqual(make(1), make(1));
    ok(make(1).some((level, pixel) => level !== make(2)[pixel]));
    equal(make(1).length, size * size);
  });
});

describe("compressLogarithmically(envelope, gain, dynamicRange)", () => {
  it("shows 0 dB as white, the dynamic range below as black, and cuts off what is beyond", () => {
    const levels = compressLogarithmically(Float32Array.from([1, 0.1, 0.001, 0, 10]), 0, 60);
    deepEqual(
      [...levels].map((level) => Number(level.toFixed(4))),
      [1, 0.6667, 0, 0, 1],
    );
  });

  it("adds the gain", () => {
    ok(Math.abs(compressLogarithmically(Float32Array.from([0.1]), 5, 50)[0]! - 0.7) < 1e-6);
  });
});
