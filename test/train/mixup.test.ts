import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { drawBeta, mixUp } from "../../lib/train/mixup";

describe("drawBeta(alpha, random)", () => {
  // Of a beta distribution with parameters a and a: mean 1/2, variance 1 / (4 (2a + 1)).
  for (const alpha of [0.2, 1, 4]) {
    it(`has the mean and the variance of the distribution, for ${alpha}`, () => {
      const random = createRandom(1);
      const draws = Array.from({ length: 20_000 }, () => drawBeta(alpha, random));
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
      const expected = 1 / (4 * (2 * alpha + 1));
      // Five standard errors of a mean of so many draws.
      ok(Math.abs(mean - 0.5) < 5 * Math.sqrt(expected / draws.length), `mean ${mean}`);
      ok(Math.abs(variance - expected) < 0.05 * expected, `variance ${variance}, expected ${expected}`);
      ok(draws.every((draw) => draw >= 0 && draw <= 1));
    });
  }

  it("is uniform for 1", () => {
    const random = createRandom(2);
    const draws = Array.from({ length: 10_000 }, () => drawBeta(1, random)).sort((a, b) => a - b);
    // The largest distance of the two distribution functions (Kolmogorov); 1.63 / √n is exceeded once in a hundred.
    const distance = Math.max(...draws.map((draw, place) => Math.abs(draw - (place + 0.5) / draws.length)));
    ok(distance < 1.63 / Math.sqrt(draws.length), String(distance));
  });

  it("gives numbers for a tiny parameter too", () => {
    const random = createRandom(3);
    ok(Array.from({ length: 1000 }, () => drawBeta(1e-3, random)).every((draw) => draw >= 0 && draw <= 1));
  });
});

describe("mixUp(images, targets, weights, alpha, random)", () => {
  const batch = 5;
  // The image k is 10^k everywhere, its row of targets is k and 10 k, its weight 100 k: the blend shows who is in it.
  const values = Array.from({ length: batch * 4 }, (_, place) => 10 ** Math.floor(place / 4));
  const targets = Float32Array.from({ length: 2 * batch }, (_, place) => Math.floor(place / 2) * (place % 2 ? 10 : 1));
  const weights = Float32Array.from({ length: batch }, (_, image) => 100 * image);

  it("blends images, targets and weights with the same partner in the same share", () => {
    const images = tf.tensor4d(values, [batch, 2, 2, 1]);
    const mixed = mixUp(images, targets, weights, 0.4, createRandom(4));
    const blended = mixed.images.dataSync();
    // The share and the partner follow from the target, and must explain the image.
    const random = createRandom(4);
    const share = drawBeta(0.4, random);
    const others = random.permutation(batch);
    deepEqual([...others].sort(), [0, 1, 2, 3, 4]);
    for (let image = 0; image < batch; image++) {
      const other = others[image]!;
      const near = (actual: number, expected: number) => {
        ok(Math.abs(actual - expected) <= 1e-5 * Math.max(1, expected), `${actual}, expected ${expected}`);
      };
      for (let pixel = 0; pixel < 4; pixel++)
        near(blended[4 * image + pixel]!, share * 10 ** image + (1 - share) * 10 ** other);
      near(mixed.targets[2 * image]!, share * image + (1 - share) * other);
      near(mixed.targets[2 * image + 1]!, 10 * (share * image + (1 - share) * other));
      near(mixed.weights[image]!, 100 * (share * image + (1 - share) * other));
    }
    tf.dispose([images, mixed.images]);
  });

  it("leaves the caller's images alone, and no tensor but the blended ones", () => {
    const images = tf.tensor4d(values, [batch, 2, 2, 1]);
    const before = tf.memory().numTensors;
    const mixed = mixUp(images, targets, weights, 0.4, createRandom(5));
    equal(tf.memory().numTensors, before + 1);
    deepEqual([...images.dataSync()], values);
    tf.dispose([images, mixed.images]);
  });

  it("is the same for the same chance", () => {
    const images = tf.tensor4d(values, [batch, 2, 2, 1]);
    const [one, other] = [6, 6].map((seed) => mixUp(images, targets, weights, 0.4, createRandom(seed)));
    deepEqual(one!.images.dataSync(), other!.images.dataSync());
    deepEqual(one!.targets, other!.targets);
    tf.dispose([images, one!.images, other!.images]);
  });
});
