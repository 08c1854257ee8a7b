import { ok, throws } from "node:assert/strict";

import { formBMode } from "../../lib/pictures/radio-frequency";

/** Holds a picture against one computed elsewhere. */
function near(found: Float32Array, expected: readonly number[]) {
  ok(found.length === expected.length);
  found.forEach((level, place) => {
    ok(Math.abs(level - expected[place]!) < 2e-5, `${place}: ${level}, expected ${expected[place]}`);
  });
}

describe("formBMode(scan, decibels)", () => {
  it("gives what SciPy gives: 1 + 20 log10(|hilbert(x)| / max) / 50, cut at 0", () => {
    // e = sin(1.7 i) + 0.3 i for i = 0 to 13, two lines of seven samples; scipy.signal.hilbert along the samples.
    const echoes = Array.from({ length: 14 }, (_, index) => Math.sin(index * 1.7) + 0.3 * index);
    const { pixels } = formBMode({ samples: 7, lines: 2, echoes });
    near(
      pixels,
      [
        0.22629, 0.80932, 0.78023, 0.94525, 0.69611, 0.93512, 0.72924, 0.86034, 0.85953, 0.94584, 0.87927, 1, 0.82996,
        0.98264,
      ],
    );
  });

  it("finds the envelope of a modulated tone, for lengths that are even, odd, prime and powers of two", () => {
    for (const samples of [512, 510, 509, 1001]) {
      // Whole numbers of periods in the window, so that the analytic signal is exact.
      const envelope = (sample: number) => 1.5 + Math.cos((2 * Math.PI * 3 * sample) / samples);
      const echoes = Float64Array.from(
        { length: samples },
        (_, sample) => envelope(sample) * Math.cos((2 * Math.PI * 100 * sample) / samples),
      );
      const { pixels } = formBMode({ samples, lines: 1, echoes });
      near(
        pixels,
        Array.from({ length: samples }, (_, sample) => 1 + (20 * Math.log10(envelope(sample) / 2.5)) / 50),
      );
    }
  });

  it("refuses echoes that are too few, silent, or not finite", () => {
    throws(() => formBMode({ samples: 3, lines: 2, echoes: [1, 2, 3] }), /3 echoes, expected 2 lines × 3 samples/);
    throws(() => formBMode({ samples: 2, lines: 1, echoes: [0, 0] }), /greatest echo of 0/);
    throws(() => formBMode({ samples: 2, lines: 2, echoes: [1, NaN, 1, 1] }), /greatest echo of NaN/);
  });
});
