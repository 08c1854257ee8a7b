import type { RandomGenerator } from "../../runtime/random";
import type { Device } from "./device";

/** A complex signal in the pixels of an image. */
export interface Signal {
  /** Its real part, `[size, size]` row by row. float32. */
  readonly real: Float32Array;
  readonly imaginary: Float32Array;
}

/**
 * Fills an image with many scatterers a pixel: their echoes add up to a complex normal number, whose amplitude follows
 * Rayleigh's distribution (Burckhardt, "Speckle in ultrasound B-mode scans", IEEE Transactions on Sonics and Ultrasonics
 * 25:1-6, 1978).
 *
 * @param decibels The mean power of each pixel's echo, in decibels.
 */
export function scatter(decibels: Float32Array, random: RandomGenerator): Signal {
  const real = new Float32Array(decibels.length);
  const imaginary = new Float32Array(decibels.length);
  const perDecibel = Math.LN10 / 20;
  for (let pixel = 0; pixel < decibels.length; pixel++) {
    const amplitude = Math.exp(perDecibel * decibels[pixel]!) * Math.sqrt(-Math.log(1 - random.uniform()));
    const phase = 2 * Math.PI * random.uniform();
    real[pixel] = amplitude * Math.cos(phase);
    imaginary[pixel] = amplitude * Math.sin(phase);
  }
  return { real, imaginary };
}

/**
 * Sees scatterers through a device's point-spread function, Gaussian along and across the beam, which correlates
 * neighbours: speckle (Wagner, Smith, Sandrik and Lopez, "Statistics of speckle in ultrasound B-scans", IEEE Transactions
 * on Sonics and Ultrasonics 30:156-163, 1983). Across the beam it widens away from the focus as a Gaussian beam does.
 * Uniform tissue keeps its mean power everywhere, the borders included.
 *
 * @param size Rows and columns of the image.
 */
export function spread(
  signal: Signal,
  size: number,
  device: Pick<Device, "axial" | "lateral" | "focus" | "depthOfFocus">,
): Signal {
  const along = halfKernel(device.axial * size);
  const across = Array.from({ length: size }, (_, row) => {
    const defocus = ((row + 0.5) / size - device.focus) / device.depthOfFocus;
    return halfKernel(device.lateral * size * Math.sqrt(1 + defocus * defocus));
  });
  const both = (part: Float32Array) => spreadAcross(spreadAlong(part, size, along), size, across);
  return { real: both(signal.real), imaginary: both(signal.imaginary) };
}

/**
 * Adds the envelope of a signal, its amplitude, to a sum of envelopes.
 *
 * @param sum The sum, a value for each pixel; it is changed.
 */
export function addEnvelope({ real, imaginary }: Signal, sum: Float32Array): void {
  for (let pixel = 0; pixel < sum.length; pixel++) {
    sum[pixel]! += Math.sqrt(real[pixel]! * real[pixel]! + imaginary[pixel]! * imaginary[pixel]!);
  }
}

// A Gaussian's weights from its middle to where they no longer matter. The deviation is in pixels.
function halfKernel(deviation: number): Float64Array {
  const reach = Math.ceil(2.8 * deviation);
  return Float64Array.from({ length: reach + 1 }, (_, away) => Math.exp(-(away * away) / (2 * deviation * deviation)));
}

// What keeps the power: scatterers are independent, so their powers add up with the squares of the weights. At the
// borders the sum has fewer of them.
function powerScale(kernel: Float64Array, place: number, size: number): number {
  let sum = 0;
  const last = Math.min(size - 1, place + kernel.length - 1);
  for (let from = Math.max(0, place - kernel.length + 1); from <= last; from++)
    sum += kernel[Math.abs(from - place)]! ** 2;
  return 1 / Math.sqrt(sum);
}

function spreadAlong(input: Float32Array, size: number, kernel: Float64Array): Float32Array {
  const output = new Float32Array(input.length);
  for (let row = 0; row < size; row++) {
    const scale = powerScale(kernel, row, size);
    const last = Math.min(size - 1, row + kernel.length - 1);
    for (let from = Math.max(0, row - kernel.length + 1); from <= last; from++) {
      const weight = scale * kernel[Math.abs(from - row)]!;
      const [into, outOf] = [row * size, from * size];
      for (let column = 0; column < size; column++) output[into + column]! += weight * input[outOf + column]!;
    }
  }
  return output;
}

function spreadAcross(input: Float32Array, size: number, kernels: readonly Float64Array[]): Float32Array {
  const output = new Float32Array(input.length);
  for (let row = 0; row < size; row++) {
    const kernel = kernels[row]!;
    const start = row * size;
    const reach = kernel.length - 1;
    const inner = powerScale(kernel, reach, 2 * reach + 1);
    for (let column = 0; column < size; column++) {
      const [first, last] = [Math.max(0, column - reach), Math.min(size - 1, column + reach)];
      let sum = 0;
      for (let from = first; from <= last; from++) sum += kernel[Math.abs(from - column)]! * input[start + from]!;
      output[start + column] = sum * (last - first === 2 * reach ? inner : powerScale(kernel, column, size));
    }
  }
  return output;
}
