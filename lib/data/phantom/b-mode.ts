import type { RandomGenerator } from "../../runtime/random";
import { grazing, pathsInside } from "./beam";
import { drawTexture } from "./brush";
import type { Device } from "./device";
import { halfAxes, type Lesion } from "./lesion";
import type { LesionMap } from "./lesion-map";
import { addEnvelope, scatter, spread } from "./speckle";
import { mapTissue, type Tissue } from "./tissue";

/** How deep an image looks, in cm; it is as wide. */
export const imageDepth = 4;

/** What the device expects tissue to take from sound, in dB per cm and MHz, and makes up for with depth. */
const expectedAttenuation = 0.6;

/** The frequency, in MHz, at which a lesion's `posterior` is stated. */
const statedFrequency = 10;

/** What an image shows, and what it is taken with. */
export interface Scene {
  readonly lesion: Lesion;
  /** Its pixels, in the image's size. */
  readonly map: LesionMap;
  readonly tissue: Tissue;
  readonly device: Device;
}

/**
 * Forms a B-mode image: scatterers of random phase, whose strength follows the tissue and what the sound passed on its way
 * there and back, are seen through the device's point-spread function, which makes the speckle; electronic noise is
 * added, the envelope taken, and its logarithm shown over the device's dynamic range.
 *
 * @param size Rows and columns of the image, from 16.
 * @param random The source of chance. Another one is another view of the same tissue.
 * @returns Gray levels from 0 to 1, `[size, size]` row by row. float32.
 */
export function formImage(scene: Scene, size: number, random: RandomGenerator): Float32Array {
  const { device } = scene;
  // What the operator turns up or down.
  const gain = random.split("gain").normal(0, 1.5) - device.tissueLevel;
  const echoes = echoLevels(scene, size, random);
  const noise = noiseLevels(device, size);
  const envelope = new Float32Array(size * size);
  for (let look = 0; look < device.looks; look++) {
    const received = spread(scatter(echoes, random.split("scatterers").split(look)), size, device);
    const added = scatter(noise, random.split("noise").split(look));
    for (let pixel = 0; pixel < envelope.length; pixel++) {
      received.real[pixel]! += added.real[pixel]!;
      received.imaginary[pixel]! += added.imaginary[pixel]!;
    }
    addEnvelope(received, envelope);
  }
  return compressLogarithmically(envelope, gain - 20 * Math.log10(device.looks), device.dynamicRange);
}

// Time-gain compensation lifts the noise with the depth, as it lifts the echoes.
function noiseLevels(device: Device, size: number): Float32Array {
  const compensation = 2 * expectedAttenuation * device.frequency * imageDepth;
  const levels = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    levels.fill(compensation * ((row + 0.5) / size) - device.noise + device.tissueLevel, row * size, (row + 1) * size);
  }
  return levels;
}

/**
 * Shows an envelope as gray levels: its logarithm, from black to white over a dynamic range.
 *
 * @param envelope The amplitude of each pixel's echo.
 * @param gain What is added, in decibels: an amplitude of 1 shows as white at 0.
 * @param dynamicRange The decibels from black to white.
 * @returns Gray levels from 0 to 1. float32.
 */
export function compressLogarithmically(envelope: Float32Array, gain: number, dynamicRange: number): Float32Array {
  const levels = new Float32Array(envelope.length);
  for (let pixel = 0; pixel < levels.length; pixel++) {
    const level = 1 + (20 * Math.log10(envelope[pixel]! + 1e-10) + gain) / dynamicRange;
    levels[pixel] = level < 0 ? 0 : level > 1 ? 1 : level;
  }
  return levels;
}

/**
 * Maps the mean echo that arrives from each pixel: tissue and lesion, less what the sound lost on its way through the
 * tissue and through the lesion, there and back, and what the device makes up for.
 *
 * @param size Rows and columns of the image.
 * @returns Echoes against glandular tissue, in decibels, `[size, size]` row by row. float32.
 */
export function echoLevels(scene: Scene, size: number, random: RandomGenerator): Float32Array {
  const { lesion, map, tissue, device } = scene;
  const { features } = lesion;
  const levels = mapTissue(tissue, size, random.split("tissue"));
  const texture = drawTexture(size, 16, 18, random.split("texture"));
  const inside = insideShares(map.distances, features.blur);
  const paths = pathsInside(inside, size);
  const grazed = grazing(paths, size);

  const perPath = (features.posterior * device.frequency) / statedFrequency / (2 * halfAxes(features)[1]);
  // Sharp borders bend the sound most.
  const edge = -5 * Math.exp(-features.blur / 0.1);
  const perDepth = -2 * (tissue.attenuation - expectedAttenuation) * device.frequency * imageDepth;
  // The halo lies around the lesion, outside of its border.
  const [rim, rimWidth] = [1.1 + features.blur / 2, 0.12];
  for (let row = 0, pixel = 0; row < size; row++) {
    const loss = perDepth * ((row + 0.5) / size);
    for (let column = 0; column < size; column++, pixel++) {
      const share = inside[pixel]!;
      let level = levels[pixel]!;
      if (share > 0) level += share * (features.contrast + features.texture * texture[pixel]! - level);
      const away = (map.distances[pixel]! - rim) / rimWidth;
      if (away > -3 && away < 3) level += (1 - share) * features.halo * Math.exp(-(away * away) / 2);
      levels[pixel] = level + loss + perPath * paths[pixel]! + (1 - share) * edge * grazed[pixel]!;
    }
  }
  return levels;
}

// How much of each pixel is lesion: a step at the outline, from 10 to 90 per cent over the border's width.
function insideShares(distances: Float32Array, blur: number): Float32Array {
  const steepness = (2 * Math.log(9)) / blur;
  return distances.map((distance) => {
    const place = (distance - 1) * steepness;
    return place < -12 ? 1 : place > 12 ? 0 : 1 / (1 + Math.exp(place));
  });
}
