import { Problem } from "../runtime/problem";

/** How a network begins. */
export const stems = ["cifar", "reducing"] as const;

/** What networks of both spaces take. */
export interface CommonSettings {
  /** Channels of the first layer, from 1. Published searches: 20 in the micro space, 36 in the macro space. */
  channels: number;
  /**
   * How it begins. `cifar`: a 3×3 convolution that keeps rows and columns, as published for images of 32 × 32.
   * `reducing`: two of stride 2 with ReLU between, for larger images: 224 × 224 becomes 56 × 56. Default: `cifar`.
   */
  stem: (typeof stems)[number];
  /** The share of the features that is dropped before the logits while training, 0 to below 1; default: 0.1. */
  dropout: number;
  /** How many classes, from 2; default: 2. */
  classes: number;
  /** Whether a number is added to each logit; default: no, as published. */
  logitsBias: boolean;
  /** Added to the variance by every batch normalisation, above 0; default: 0.00001, as published. */
  normEpsilon: number;
  /** How much of the moving mean and variance stays at each step, 0 to below 1; default: 0.9, as published. */
  normMomentum: number;
}

/** Settings that all kinds have in common: those of the published search. */
export const commonDefaults = {
  stem: "cifar",
  dropout: 0.1,
  classes: 2,
  logitsBias: false,
  normEpsilon: 1e-5,
  normMomentum: 0.9,
} as const;

/**
 * Checks the settings that all kinds have in common.
 *
 * @param settings The settings.
 * @throws {Problem} Where one is out of range.
 */
export function checkCommon(settings: CommonSettings): void {
  const { stem, normEpsilon } = settings;
  checkWhole("channels", settings.channels, 1);
  check("stem", stem, stems.includes(stem), stems.map((name) => `"${name}"`).join(" or "));
  checkShare("dropout", settings.dropout);
  checkWhole("classes", settings.classes, 2);
  checkBoolean("logitsBias", settings.logitsBias);
  check("normEpsilon", normEpsilon, normEpsilon > 0 && normEpsilon < Infinity, "a number above 0");
  checkShare("normMomentum", settings.normMomentum);
}

/**
 * Checks a setting that is a whole number.
 *
 * @param name Its key.
 * @param value Its value.
 * @param least The least that is allowed.
 */
export function checkWhole(name: string, value: number, least: number): void {
  check(name, value, Number.isSafeInteger(value) && value >= least, `a whole number from ${least}`);
}

/**
 * Checks a setting that is a share.
 *
 * @param name Its key.
 * @param value Its value, from 0 to below 1.
 */
export function checkShare(name: string, value: number): void {
  check(name, value, typeof value === "number" && value >= 0 && value < 1, "a number from 0 to below 1");
}

/**
 * Checks a setting that is true or false.
 *
 * @param name Its key.
 * @param value Its value.
 */
export function checkBoolean(name: string, value: boolean): void {
  check(name, value, typeof value === "boolean", "true or false");
}

function check(name: string, value: unknown, good: boolean, expected: string): void {
  if (good) return;
  const said = typeof value === "number" ? String(value) : JSON.stringify(value);
  throw new Problem(`A found network has ${name}: ${said}, expected ${expected}.`, "Correct it, or leave it out.");
}
