import { deepEqual, ok } from "node:assert/strict";

import { addEnvelope, scatter, spread } from "../../../lib/data/phantom/speckle";
import { createRandom } from "../../../lib/runtime/random";

const size = 160;
const device = { axial: 0.008, lateral: 0.014, focus: 0.5, depthOfFocus: 0.5 };

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: ArrayLike<number>) => {
  const middle = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - middle) ** 2)));
};

/** The envelope of uniform tissue of 0 dB. */
function envelopeOf(seed: number): Float32Array {
  const envelope = new Float32Array(size * size);
  addEnvelope(spread(scatter(new Float32Array(size * size), createRandom(seed)), size, device), envelope);
  return envelope;
}

/** The correlation of the power with itself some pixels away, over some rows. */
function correlation(power: Float32Array, across: number, down: number, rows: readonly [number, number]): number {
  const pairs: [number, number][] = [];
  for (let row = rows[0]; row < rows[1] - down; row++) {
    for (let column = 0; column < size - across; column++) {
      pairs.push([power[row * size + column]!, power[(row + down) * size + column + across]!]);
    }
  }
  const [first, second] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)];
  const [firstMean, secondMean] = [mean(first), mean(second)];
  return mean(pairs.map(([a, b]) => (a - firstMean) * (b - secondMean))) / (deviation(first) * deviation(second));
}

describe("scatter(decibels, random)", () => {
  it("scatters the mean power that the decibels say, in all phases", () => {
    const { real, imaginary } = scatter(new Float32Array(40_000).fill(-20), createRandom(1));
    const power = real.map((value, pixel) => value ** 2 + imaginary[pixel]! ** 2);
    ok(Math.abs(mean(power) / 0.01 - 1) < 0.03, String(mean(power)));
    ok(Math.abs(mean(real)) < 0.002 && Math.abs(mean(imaginary)) < 0.002);
    ok(Math.abs(deviation(real) / deviation(imaginary) - 1) < 0.03);
    const amplitude = power.map(Math.sqrt);
    ok(Math.abs(mean(amplitude) / deviation(amplitude) - 1.913) < 0.03);
  });
});

describe("spread(signal, size, device)", () => {
  const envelopes = [1, 2, 3, 4, 5, 6].map(envelopeOf);
  const all = envelopes.flatMap((envelope) => [...envelope]);

  it("makes speckle as in theory: the envelope's mean is 1.91 of its standard deviations (Rayleigh)", () => {
    const ratio = mean(all) / deviation(all);
    ok(Math.abs(ratio - Math.sqrt(Math.PI / (4 - Math.PI))) < 0.04, String(ratio));
  });

  it("makes powers that fall off exponentially: deviation as large as the mean, 1/e above it", () => {
    const power = all.map((value) => value ** 2);
    const middle = mean(power);
    ok(Math.abs(deviation(power) / middle - 1) < 0.05);
    for (const times of [0.5, 1, 2, 3]) {
      const share = power.filter((value) => value > times * middle).length / power.length;
      ok(Math.abs(share - Math.exp(-times)) < 0.01, `${times}: ${share}`);
    }
  });

  it("keeps the mean power of uniform tissue, at the borders too", () => {
    const powerAt = (pixel: (place: number) => number) =>
      mean(envelopes.flatMap((envelope) => Array.from({ length: size }, (_, place) => envelope[pixel(place)]! ** 2)));
    ok(Math.abs(mean(all.map((value) => value ** 2)) - 1) < 0.05);
    const horizontal = (powerAt((place) => place) + powerAt((place) => (size - 1) * size + place)) / 2;
    const vertical = (powerAt((place) => place * size) + powerAt((place) => place * size + size - 1)) / 2;
    ok(Math.abs(horizontal - 1) < 0.13 && Math.abs(vertical - 1) < 0.13, `${horizontal}, ${vertical}`);
  });

  it("correlates neighbours as the point-spread function says: the power by exp(-d² / 2σ²)", () => {
    const average = (across: number, down: number, rows: readonly [number, number]) =>
      mean(
        envelopes.map((envelope) =>
          correlation(
            envelope.map((value) => value ** 2),
            across,
            down,
            rows,
          ),
        ),
      );
    const focus = [60, 100] as const;
    const expected = (away: number, sigma: number) => Math.exp(-(away ** 2) / (2 * sigma ** 2));
    ok(Math.abs(average(0, 1, focus) - expected(1, 0.008 * size)) < 0.05);
    ok(Math.abs(average(0, 2, focus) - expected(2, 0.008 * size)) < 0.06);
    ok(Math.abs(average(2, 0, focus) - expected(2, 0.014 * size)) < 0.06);
    ok(Math.abs(average(4, 0, focus) - expected(4, 0.014 * size)) < 0.07);
    // At the very bottom the beam is √2 times as wide as at the focus.
    ok(Math.abs(average(4, 0, [140, 160]) - expected(4, 0.014 * size * Math.SQRT2)) < 0.1);
  });
});

describe("addEnvelope(signal, sum)", () => {
  it("adds the amplitude", () => {
    const sum = Float32Array.from([1, 0]);
    addEnvelope({ real: Float32Array.from([3, 0]), imaginary: Float32Array.from([-4, 2]) }, sum);
    deepEqual([...sum], [6, 2]);
  });
});
