import type { DataSet } from "dicom-parser";

import { Problem } from "../runtime/problem";

/**
 * Turns YCbCr of the full range into RGB (PS3.3, C.7.6.3.1.2), in place.
 *
 * @param values Samples from 0 to 255, `[pixels, 3]`.
 */
export function toRgb(values: Uint8Array): void {
  const clamp = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : Math.round(value));
  for (let place = 0; place < values.length; place += 3) {
    const light = values[place]!;
    const blue = values[place + 1]! - 128;
    const red = values[place + 2]! - 128;
    values[place] = clamp(light + 1.402 * red);
    values[place + 1] = clamp(light - 0.344136 * blue - 0.714136 * red);
    values[place + 2] = clamp(light + 1.772 * blue);
  }
}

/**
 * Tells whether samples that are called RGB are YCbCr, where no stream can say: ultrasound is mostly gray, and gray has
 * its second and third sample at 128 in YCbCr, but all three equal in RGB.
 *
 * @param values Samples from 0 to 255, `[pixels, 3]`.
 */
export function looksLikeYCbCr(values: Uint8Array): boolean {
  let near = 0;
  for (let place = 0; place < values.length; place += 3) {
    if (Math.abs(values[place + 1]! - 128) <= 2 && Math.abs(values[place + 2]! - 128) <= 2) {
      // A flat gray picture of the level 128 is the same in both.
      if (Math.abs(values[place]! - 128) > 2) near++;
    }
  }
  return near > values.length / 3 / 2;
}

/** The colours that the samples of a palette stand for. */
export interface Palette {
  /** The lowest sample that has a colour of its own. */
  readonly first: number;
  /** Red, green and blue of each sample from the first on, `[3, entries]`. uint8. */
  readonly colours: readonly Uint8Array[];
}

/**
 * Reads the palette of a file.
 *
 * @throws {Problem} Where it is missing, segmented or shorter than it states.
 */
export function readPalette(dataSet: DataSet, signed: boolean, name: string): Palette {
  const refuse = (what: string): never => {
    throw new Problem(`${name} has a palette that ${what}.`, "Export it again, or leave it out.");
  };
  let first = 0;
  const colours = [1, 2, 3].map((which) => {
    const [descriptor, data] = [`x0028110${which}`, `x0028120${which}`];
    const element = dataSet.elements[data];
    if (element === undefined) return refuse("is missing or segmented");
    // A count of 0 stands for 65,536, which has no room in 16 bits.
    const stated = dataSet.uint16(descriptor, 0);
    const count = stated === 0 ? 65_536 : (stated ?? 0);
    first = (signed ? dataSet.int16(descriptor, 1) : dataSet.uint16(descriptor, 1)) ?? 0;
    const bits = dataSet.uint16(descriptor, 2);
    if (bits !== 8 && bits !== 16) refuse(`has entries of ${bits ?? "no"} bits, expected 8 or 16`);
    const asWords = element.length >= 2 * count;
    if (count === 0 || (!asWords && (bits === 16 || element.length < count))) refuse("is cut off");
    return Uint8Array.from({ length: count }, (_, index) =>
      asWords ? dataSet.uint16(data, index)! >> (bits === 16 ? 8 : 0) : dataSet.byteArray[element.dataOffset + index]!,
    );
  });
  if (new Set(colours.map(({ length }) => length)).size > 1) refuse("has a different length for each colour");
  return { first, colours };
}

/**
 * Gives each sample its colour; those below the first entry have that of the first, those above the last that of the last.
 *
 * @returns RGB, `[pixels, 3]`. uint8.
 */
export function paint(samples: ArrayLike<number>, { first, colours }: Palette): Uint8Array {
  const last = colours[0]!.length - 1;
  const painted = new Uint8Array(samples.length * 3);
  for (let pixel = 0; pixel < samples.length; pixel++) {
    const entry = Math.min(last, Math.max(0, samples[pixel]! - first));
    for (let colour = 0; colour < 3; colour++) painted[pixel * 3 + colour] = colours[colour]![entry]!;
  }
  return painted;
}
