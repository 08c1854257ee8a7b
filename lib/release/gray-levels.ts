import type { ReleaseCard } from "./card";

/**
 * How far the mean of an image may lie from that of the training, and how little or much its levels may spread, in standard
 * deviations of the training's pixels. Of 469 images of BUS-BRA against all of them, the means of stretched ones lay within 0.61
 * and their spread from 0.73 to 1.18; of whole pictures as they are, within 1.55, and from 0.28 to 1.54.
 */
const limits = {
  stretched: { shift: 0.8, least: 0.6, most: 1.35 },
  plain: { shift: 1.7, least: 0.25, most: 1.7 },
};

/**
 * Looks whether the gray levels of an image are within the range of the training's, as the network sees them: prepared and
 * normalised. The release keeps mean and deviation of the pixels of its training, and no image's own.
 *
 * @param values The network's input, `[size, size, channels]`, normalised.
 * @returns Warnings, as sentences; none for an image like those of the training.
 */
export function lookAtLevels(
  values: Float32Array,
  { preparation: { channels, stretch, match }, normalisation }: Pick<ReleaseCard, "preparation" | "normalisation">,
): string[] {
  const { shift, least, most } = stretch === null && match === undefined ? limits.plain : limits.stretched;
  const channel = channels.indexOf("gray");
  if (channel < 0) return [];
  const [count, step] = [values.length / channels.length, channels.length];
  let [sum, squares] = [0, 0];
  for (let place = channel; place < values.length; place += step) {
    sum += values[place]!;
    squares += values[place]! ** 2;
  }
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(0, squares / count - mean ** 2));
  const [center, unit] = [normalisation.mean[channel]!, normalisation.deviation[channel]!];
  const levels = (value: number) => value.toFixed(2);
  const warnings: string[] = [];
  if (Math.abs(mean) > shift)
    warnings.push(
      `It is ${mean > 0 ? "brighter" : "darker"} than the training's images: a mean gray level of ${levels(center + mean * unit)} against ${levels(center)} ± ${levels(unit)}.`,
    );
  if (spread < least || spread > most)
    warnings.push(
      `It has ${spread < 1 ? "less" : "more"} contrast than the training's images: its gray levels spread by ${levels(spread * unit)}, theirs by ${levels(unit)}.`,
    );
  return warnings;
}

/**
 * Looks whether an image was taken by a device of the training.
 *
 * @param device The image's device; undefined where it is not known.
 * @returns Warnings, as sentences; none where one of the two is not known.
 */
export function lookAtDevice(device: string | undefined, { data: { devices } }: Pick<ReleaseCard, "data">): string[] {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  if (device === undefined || devices === undefined) return [];
  if (devices.some((one) => plain(one) === plain(device))) return [];
  return [`The device ${device} is none of the training's: ${devices.slice(0, 5).join(", ")}.`];
}
