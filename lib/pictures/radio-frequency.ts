import FFT from "fft.js";

import { Problem } from "../runtime/problem";
import type { Picture } from "./picture";

/** Echoes as a scanner receives them, before an image is made of them. */
export interface RadioFrequency {
  /** Samples along the depth, for each line. */
  readonly samples: number;
  readonly lines: number;
  /** The echoes, `[lines, samples]`: one line after the other. */
  readonly echoes: ArrayLike<number>;
}

/**
 * Makes the B-mode picture of radio-frequency lines: 20 · log10(envelope / greatest envelope), where the envelope is the
 * magnitude of the analytic signal along the depth (Hilbert transform), shown over a range of decibels.
 *
 * @param decibels How far below the strongest echo black lies, above 0; default: 50.
 * @returns The picture, one pixel for each sample and line.
 * @throws {Problem} Where the echoes are not as many as stated, all 0, or not finite.
 */
export function formBMode(scan: RadioFrequency, decibels = 50): Picture {
  const { samples, lines, echoes } = scan;
  if (samples < 1 || lines < 1 || echoes.length !== samples * lines) {
    throw new Problem(
      `A radio-frequency scan has ${echoes.length} echoes, expected ${lines} lines × ${samples} samples.`,
      "Look whether the file is whole.",
    );
  }
  const envelope = new Float64Array(samples * lines);
  const envelopeOf = makeEnvelope(samples);
  const line = new Float64Array(samples);
  let greatest = 0;
  for (let index = 0; index < lines; index++) {
    for (let sample = 0; sample < samples; sample++) line[sample] = echoes[index * samples + sample]!;
    const own = envelopeOf(line);
    for (const value of own) {
      if (!Number.isFinite(value)) greatest = NaN;
      else if (value > greatest) greatest = value;
    }
    envelope.set(own, index * samples);
  }
  if (!(greatest > 0 && Number.isFinite(greatest))) {
    throw new Problem(`A radio-frequency scan has a greatest echo of ${greatest}.`, "Look whether the file is whole.");
  }
  const pixels = new Float32Array(samples * lines);
  for (let index = 0; index < lines; index++) {
    for (let sample = 0; sample < samples; sample++) {
      const level = 20 * Math.log10(envelope[index * samples + sample]! / greatest);
      pixels[sample * lines + index] = Math.max(0, 1 + level / decibels);
    }
  }
  return { width: lines, height: samples, pixels };
}

// The magnitude of the analytic signal: the spectrum's negative half is set to 0, its positive half doubled (Marple,
// "Computing the discrete-time analytic signal via FFT", IEEE Transactions on Signal Processing 47:2600-2603, 1999).
function makeEnvelope(length: number): (line: Float64Array) => Float64Array {
  if (length === 1) return (line) => line.map(Math.abs);
  const transform = makeTransform(length);
  const half = Math.ceil(length / 2);
  return (line) => {
    const [real, imaginary] = transform(line, new Float64Array(length));
    for (let bin = 1; bin < length; bin++) {
      const weight = bin < half ? 2 : bin === length / 2 ? 1 : 0;
      real[bin]! *= weight;
      imaginary[bin]! *= weight;
    }
    // The inverse transform by the forward one: with real and imaginary parts exchanged on the way in and out.
    const [back, front] = transform(imaginary, real);
    return front.map((value, index) => Math.hypot(value, back[index]!) / length);
  };
}

type Transform = (real: Float64Array, imaginary: Float64Array) => [Float64Array, Float64Array];

// The discrete Fourier transform of any length, as a convolution with a chirp of a length that is a power of two
// (Bluestein, 1970). The library takes powers of two alone, and padding a line would change its envelope at the ends.
function makeTransform(length: number): Transform {
  let size = 2;
  while (size < 2 * length - 1) size *= 2;
  const library = new FFT(size);
  const cosine = new Float64Array(length);
  const sine = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    // The square is taken modulo 2 · length, where it is exact, before it becomes an angle.
    const angle = (Math.PI * ((index * index) % (2 * length))) / length;
    cosine[index] = Math.cos(angle);
    sine[index] = Math.sin(angle);
  }
  const chirp = new Float64Array(2 * size);
  for (let index = 0; index < length; index++) {
    for (const place of index === 0 ? [0] : [index, size - index]) {
      chirp[2 * place] = cosine[index]!;
      chirp[2 * place + 1] = sine[index]!;
    }
  }
  const chirpSpectrum = new Float64Array(2 * size);
  library.transform(chirpSpectrum, chirp);

  const input = new Float64Array(2 * size);
  const spectrum = new Float64Array(2 * size);
  const output = new Float64Array(2 * size);
  return (real, imaginary) => {
    input.fill(0);
    for (let index = 0; index < length; index++) {
      input[2 * index] = real[index]! * cosine[index]! + imaginary[index]! * sine[index]!;
      input[2 * index + 1] = imaginary[index]! * cosine[index]! - real[index]! * sine[index]!;
    }
    library.transform(spectrum, input);
    for (let place = 0; place < 2 * size; place += 2) {
      const [a, b] = [spectrum[place]!, spectrum[place + 1]!];
      const [c, d] = [chirpSpectrum[place]!, chirpSpectrum[place + 1]!];
      spectrum[place] = a * c - b * d;
      spectrum[place + 1] = a * d + b * c;
    }
    library.inverseTransform(output, spectrum);
    const outReal = new Float64Array(length);
    const outImaginary = new Float64Array(length);
    for (let index = 0; index < length; index++) {
      const [a, b] = [output[2 * index]!, output[2 * index + 1]!];
      outReal[index] = a * cosine[index]! + b * sine[index]!;
      outImaginary[index] = b * cosine[index]! - a * sine[index]!;
    }
    return [outReal, outImaginary];
  };
}
