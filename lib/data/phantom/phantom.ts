import { withDefaults } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import { formImage } from "./b-mode";
import { drawLesion, type Lesion } from "./lesion";

/** What phantom images to make. */
export interface PhantomOptions {
  /** How many, from 1. */
  count: number;
  /** Rows and columns of each, from 16; default: 64. */
  size: number;
  /** The share that is malignant, 0 to 1; default: 0.5. */
  malignant: number;
  /** From 0, where the classes differ by what radiologists look for, to 1, where they do not; default: 0. */
  difficulty: number;
  /** The source of chance. */
  random: RandomGenerator;
}

/** One phantom image. It is computed, not taken of a patient, and says so. */
export interface Phantom {
  /** Gray levels from 0 to 1, `[size, size]` row by row. float32. */
  readonly pixels: Float32Array;
  /** Rows and columns. */
  readonly size: number;
  /** Its class. */
  readonly label: "benign" | "malignant";
  /** What was drawn. */
  readonly lesion: Lesion;
  /** Always true. */
  readonly synthetic: true;
}

/**
 * Makes phantom B-mode images of breast lesions, so that everything runs without a download. Image `n` depends on the
 * seed and on `n` alone. They are synthetic: no result on them says anything about patients.
 *
 * @param options What to make; count and random are required.
 * @returns The images, benign and malignant mixed.
 * @throws {Problem} Where an option lies outside its range.
 */
export function generatePhantoms(options: Pick<PhantomOptions, "count" | "random"> & Partial<PhantomOptions>): Phantom[] {
  const { count, size, malignant, difficulty, random } = withDefaults<PhantomOptions>("generatePhantoms", options, {
    count: 0,
    size: 64,
    malignant: 0.5,
    difficulty: 0,
    random: options.random,
  });
  checkWhole("count", count, 1);
  checkWhole("size", size, 16);
  checkShare("malignant", malignant);
  checkShare("difficulty", difficulty);

  const order = random.split("labels").permutation(count);
  return order.map((place, index) => {
    const isMalignant = place < Math.round(count * malignant);
    const own = random.split(index);
    const lesion = drawLesion(isMalignant, difficulty, own.split("lesion"));
    return { pixels: formImage(lesion, size, own), size, label: isMalignant ? "malignant" : "benign", lesion, synthetic: true };
  });
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) throw new Problem(`generatePhantoms has ${name} = ${value}, expected a whole number from ${least}.`, "Correct it.");
}

function checkShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new Problem(`generatePhantoms has ${name} = ${value}, expected a number from 0 to 1.`, "Correct it.");
}
