import type { RandomGenerator } from "../../runtime/random";
import { outlineDistance, type Lesion } from "./lesion";

/** The range of echoes that an image shows from black to white, in decibels. */
const dynamicRange = 50;

/** Echoes of ordinary tissue below white, in decibels. */
const tissueLevel = -18;

/** Standard deviations of the point-spread function along the beam and across it, in shares of the image's side. */
const blurAlong = 0.008;
const blurAcross = 0.014;

/**
 * Forms the B-mode image of a lesion in layered tissue: scatterers of random phase, whose strength follows the tissue,
 * are seen through a point-spread function (which makes the speckle), the envelope is taken and its logarithm shown.
 * After Wagner, Smith, Sandrik and Lopez, "Statistics of speckle in ultrasound B-scans", IEEE Transactions on Sonics and
 * Ultrasonics 30:156-163, 1983.
 *
 * @param lesion The lesion.
 * @param size Rows and columns of the image, from 16.
 * @param random The source of chance.
 * @returns Gray levels from 0 to 1, `[size, size]` row by row. float32.
 */
export function formImage(lesion: Lesion, size: number, random: RandomGenerator): Float32Array {
  const echoes = echoLevels(lesion, size, random.split("layers"));
  const scatterers = random.split("scatterers");
  const real = new Float32Array(size * size);
  const imaginary = new Float32Array(size * size);
  echoes.forEach((decibels, pixel) => {
    const amplitude = 10 ** (decibels / 20);
    real[pixel] = amplitude * scatterers.normal();
    imaginary[pixel] = amplitude * scatterers.normal();
  });
  const seen = [real, imaginary].map((part) => blur(part, size));
  // The blur lowers the mean power by the sum of its squared weights; dividing by it keeps tissue at its level.
  const power = kernelPower(blurAlong * size) * kernelPower(blurAcross * size);
  return Float32Array.from(echoes, (_, pixel) => {
    const intensity = (seen[0]![pixel]! ** 2 + seen[1]![pixel]! ** 2) / (2 * power);
    return Math.min(1, Math.max(0, 1 + (10 * Math.log10(intensity + 1e-12)) / dynamicRange));
  });
}

// The mean echo of each pixel in decibels below white: layers, lesion, what lies behind it, and loss with depth.
function echoLevels(lesion: Lesion, size: number, random: RandomGenerator): Float32Array {
  const { features, center, radius } = lesion;
  const skin = random.uniform(0.03, 0.06);
  const fat = random.uniform(0.14, 0.24);
  const muscle = random.uniform(0.8, 0.92);
  const wave = { size: random.uniform(0.01, 0.03), phase: random.uniform(0, 2 * Math.PI) };
  const loss = random.uniform(2, 6);
  const halfWidth = radius / Math.sqrt(features.aspect);
  const bottom = center[1] + radius * Math.sqrt(features.aspect);

  return Float32Array.from({ length: size * size }, (_, pixel) => {
    const [x, y] = [((pixel % size) + 0.5) / size, (Math.floor(pixel / size) + 0.5) / size];
    const depth = y + wave.size * Math.sin(2 * Math.PI * x + wave.phase);
    const layer = depth < skin ? 10 : depth < fat ? -5 : depth > muscle ? 4 : 0;
    const inside = 1 / (1 + Math.exp((outlineDistance(lesion, x, y) - 1) / (features.blur / 2)));
    // Behind the lesion, fading to its sides.
    const across = Math.max(0, 1 - ((x - center[0]) / halfWidth) ** 2);
    const behind = y > bottom - radius / 2 ? (1 - inside) * across * Math.min(1, (y - bottom + radius / 2) / radius) : 0;
    return tissueLevel + layer - loss * y + inside * (features.contrast - layer) + behind * features.posterior;
  });
}

// Weights of a Gaussian of this standard deviation, in pixels, summing to 1.
function kernel(deviation: number): number[] {
  const reach = Math.max(1, Math.ceil(3 * deviation));
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) => Math.exp(-((index - reach) ** 2) / (2 * deviation ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function kernelPower(deviation: number): number {
  return kernel(deviation).reduce((sum, weight) => sum + weight ** 2, 0);
}

// Convolves an image with the point-spread function, its border repeated outwards.
function blur(image: Float32Array, size: number): Float32Array {
  const along = kernel(blurAlong * size);
  const across = kernel(blurAcross * size);
  const clamp = (place: number) => Math.min(size - 1, Math.max(0, place));
  const pass = (input: Float32Array, weights: number[], rowStep: number, columnStep: number) => {
    const reach = (weights.length - 1) / 2;
    return Float32Array.from(input, (_, pixel) => {
      const [row, column] = [Math.floor(pixel / size), pixel % size];
      return weights.reduce((sum, weight, index) => sum + weight * input[clamp(row + (index - reach) * rowStep) * size + clamp(column + (index - reach) * columnStep)]!, 0);
    });
  };
  return pass(pass(image, along, 1, 0), across, 0, 1);
}
