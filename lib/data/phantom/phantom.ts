import * as v from "valibot";

import type { Box } from "../../pictures/picture";
import { number, passed, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { createRandom, type RandomGenerator } from "../../runtime/random";
import { formImage } from "./b-mode";
import { drawDevice } from "./device";
import { drawLesion, viewLesion, type Lesion } from "./lesion";
import { mapLesion } from "./lesion-map";
import { burnMarks } from "./marks";
import { patientOf } from "./patients";
import { drawTissue } from "./tissue";

const fromZeroToOne = () => number({ from: 0, to: 1 });

const numbers = {
  /** How many, from 1. */
  count: wholeNumber({ from: 1 }),
  /** Rows and columns of each, from 16; default: 64. */
  size: v.optional(wholeNumber({ from: 16 }), 64),
  /** The share that is malignant, 0 to 1; default: 0.5. */
  malignant: v.optional(fromZeroToOne(), 0.5),
  /** From 0, where the classes differ by what radiologists look for, to 1, where they do not; default: 0. */
  difficulty: v.optional(fromZeroToOne(), 0),
  /**
   * From 0, where each of three devices is as likely in both classes, to 1, where all malignant lesions come from one of
   * them and no benign one does; default: 0. Above 0 the device gives the class away: a shortcut, to be found.
   */
  deviceBias: v.optional(fromZeroToOne(), 0),
  /** The share of images with burned-in calipers and text, 0 to 1; default: 0. */
  marks: v.optional(fromZeroToOne(), 0),
  /**
   * From 0, where marks are as frequent in both classes, to 1, where they are as much more frequent in malignant ones as
   * their share allows; default: 0. The share is that of balanced classes. Above 0 marks give the class away.
   */
  marksBias: v.optional(fromZeroToOne(), 0),
};

const phantomOptions = v.strictObject({
  ...numbers,
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
});

/** What phantom images to make. @interface */
export type PhantomOptions = v.InferInput<typeof phantomOptions>;

const phantomSettings = v.strictObject({
  ...numbers,
  /** The seed, a whole number from 0, as `createRandom` takes it. */
  seed: wholeNumber(),
});

/** What phantom images to make, as plain data: with the seed of a generator in place of the generator. @interface */
export type PhantomSettings = Readonly<v.InferInput<typeof phantomSettings>>;

type Numbers = Omit<v.InferOutput<typeof phantomSettings>, "seed">;

/** One phantom image. It is computed, not taken of a patient, and says so. */
export interface Phantom {
  /** Its name, unique among those of one seed: "phantom-0001". */
  readonly id: string;
  /** The patient, who does not exist: "phantom-patient-0001". */
  readonly patient: string;
  /** Which view of the patient's lesion. Most patients have two: turned, elsewhere, with other speckle. */
  readonly view: 1 | 2;
  /** The invented device: "Phantom A", "Phantom B" or "Phantom C". A patient's images come from one. */
  readonly device: string;
  /** Its class, that of the patient. */
  readonly label: "benign" | "malignant";
  /** Gray levels from 0 to 1, `[size, size]` row by row. float32. */
  readonly pixels: Float32Array;
  /** Rows and columns. */
  readonly size: number;
  /** 1 in the lesion, 0 elsewhere, `[size, size]` row by row. */
  readonly mask: Uint8Array;
  /** The smallest box that holds the mask. */
  readonly box: Box;
  /** What was drawn. Its features are the same in all views of a patient. */
  readonly lesion: Lesion;
  /** Whether calipers and text are burned in. */
  readonly marked: boolean;
  readonly synthetic: true;
}

/**
 * Makes phantom B-mode images of breast lesions, so that everything runs without a download. Image `n` depends on the
 * options, the seed and `n`, not on how many are made; at another size it shows the same with other speckle. They are
 * synthetic: no result on them says anything about patients.
 *
 * What can be reached at best is below 1 and known: see `bestPossibleAccuracy`.
 *
 * @throws {Problem} Where an option is unknown or lies outside its range.
 */
export function generatePhantoms(options: PhantomOptions): Phantom[] {
  const settings = checkOptions("generatePhantoms", phantomOptions, options);
  return Array.from({ length: settings.count }, (_, index) => makePhantom(settings, settings.random, index));
}

/**
 * Makes one of the images that {@link generatePhantoms} makes with `random: createRandom(seed)`, without the others.
 *
 * @param settings What to make; count and seed are required. Plain data, to be kept as JSON.
 * @param index Which image, from 0 to `count` - 1.
 * @throws {Problem} Where a setting is unknown or lies outside its range, or there is no such image.
 */
export function phantomAt(settings: PhantomSettings, index: number): Phantom {
  const filled = fill("phantomAt", settings, index);
  return makePhantom(filled, createRandom(filled.seed), index);
}

/** A phantom image without its pixels: what is known of it before it is computed. */
export type PhantomDescription = Pick<Phantom, "id" | "patient" | "view" | "device" | "label" | "lesion" | "synthetic">;

/**
 * Describes one of the images that {@link phantomAt} makes, without computing it: some 100 times faster.
 *
 * @param settings What to make; count and seed are required.
 * @param index Which image, from 0 to `count` - 1.
 * @throws {Problem} Where a setting is unknown or lies outside its range, or there is no such image.
 */
export function describePhantomAt(settings: PhantomSettings, index: number): PhantomDescription {
  const filled = fill("describePhantomAt", settings, index);
  return plan(filled, createRandom(filled.seed), index).description;
}

function fill(name: string, settings: PhantomSettings, index: number): v.InferOutput<typeof phantomSettings> {
  const filled = checkOptions(name, phantomSettings, settings);
  if (!Number.isInteger(index) || index < 0 || index >= filled.count) {
    throw new Problem(
      `${name} was asked for image ${index} of ${filled.count}, expected a whole number from 0 to ${filled.count - 1}.`,
      "Ask for another, or raise count.",
    );
  }
  return filled;
}

// What is drawn before anything is computed.
function plan(numbers: Numbers, random: RandomGenerator, index: number) {
  const { malignant, difficulty, deviceBias } = numbers;
  const { patient, view, isMalignant } = patientOf(index, malignant, random.split("patients"));
  const person = random.split("patient").split(patient);
  const device = drawDevice(isMalignant, deviceBias, person.split("device"));
  const first = drawLesion(isMalignant, difficulty, person.split("lesion"));
  const own = person.split(view);
  const description: PhantomDescription = {
    id: `phantom-${padded(index)}`,
    patient: `phantom-patient-${padded(patient)}`,
    view,
    device: device.name,
    label: isMalignant ? "malignant" : "benign",
    lesion: view === 1 ? first : viewLesion(first, own.split("place")),
    synthetic: true,
  };
  return { description, person, own, device, isMalignant };
}

function makePhantom(numbers: Numbers, random: RandomGenerator, index: number): Phantom {
  const { size } = numbers;
  const { description, person, own, device, isMalignant } = plan(numbers, random, index);
  const { lesion } = description;
  const map = mapLesion(lesion, size);
  const pixels = formImage(
    { lesion, map, tissue: drawTissue(person.split("tissue")), device },
    size,
    own.split("image"),
  );
  const marked = own.split("marks").uniform() < markedShare(numbers, isMalignant);
  if (marked) burnMarks(pixels, size, lesion);
  return { ...description, pixels, size, mask: map.mask, box: map.box, marked };
}

function markedShare({ marks, marksBias }: Numbers, isMalignant: boolean): number {
  const difference = marksBias * Math.min(marks, 1 - marks);
  return isMalignant ? marks + difference : marks - difference;
}

function padded(index: number): string {
  return String(index + 1).padStart(4, "0");
}
