import { withDefaults } from "../../runtime/options";
import { Problem } from "../../runtime/problem";

/**
 * How training images are varied. Pixels are those of the prepared size. The steps are taken in the order in which they
 * stand here; all numbers between two bounds are equally likely.
 */
export interface AugmentationOptions {
  /** The chance, 0 to 1, that left and right are exchanged; default: 0, never. */
  flipHorizontal: number;
  /** The chance, 0 to 1, that top and bottom are exchanged; default: 0, never. It turns the skin to the bottom. */
  flipVertical: number;
  /** How far the image is magnified about its centre, `[low, high]`, from 0.1 to 10; default: [1, 1], not at all. */
  scale: readonly [low: number, high: number];
  /** The greatest angle in degrees, 0 to 180, by which it is turned about its centre, to either side; default: 0. */
  rotation: number;
  /** The most whole pixels by which it is moved, to either side and up or down; default: 0. */
  shift: number;
  /** What moves in from outside: the levels at the edge, or black. The mask always goes on with 0. Default: "edge". */
  fill: "edge" | "black";
  /** The exponent of the gray levels, `[low, high]`, from 0.1 to 10, above 1 darker; default: [1, 1], as they are. */
  gamma: readonly [low: number, high: number];
  /** By what gray levels are spread about their mean, `[low, high]`, from 0 to 10; default: [1, 1], as they are. */
  contrast: readonly [low: number, high: number];
  /**
   * The standard deviation of noise that multiplies each gray level: level · (1 + noise). 0 to 1; default: 0. It stands
   * for speckle, whose strength grows with the echo; unlike real speckle it is independent from pixel to pixel.
   */
  speckle: number;
  /**
   * Squares that are set to 0 in all planes but the size plane (DeVries and Taylor, "Improved regularization of
   * convolutional neural networks with cutout", 2017). `count`: how many, from 0; `side`: their side as a share of the
   * image's, 0 to 1. Their centres lie anywhere in the image. Default: none.
   */
  cutout: { readonly count: number; readonly side: number };
}

/** Every setting at the value that changes nothing. */
export const augmentationDefaults: AugmentationOptions = {
  flipHorizontal: 0,
  flipVertical: 0,
  scale: [1, 1],
  rotation: 0,
  shift: 0,
  fill: "edge",
  gamma: [1, 1],
  contrast: [1, 1],
  speckle: 0,
  cutout: { count: 0, side: 0.25 },
};

/**
 * Fills an augmentation with its defaults and checks it.
 *
 * @param options The settings that differ from the defaults.
 * @returns Every setting, as plain data.
 * @throws {Problem} Where a setting is unknown or out of range.
 */
export function checkAugmentation(options: Partial<AugmentationOptions>): AugmentationOptions {
  const settings = withDefaults("The augmentation", options, augmentationDefaults);
  checkNumber("flipHorizontal", settings.flipHorizontal, 0, 1);
  checkNumber("flipVertical", settings.flipVertical, 0, 1);
  checkBounds("scale", settings.scale, 0.1, 10);
  checkNumber("rotation", settings.rotation, 0, 180);
  checkWhole("shift", settings.shift, 2048);
  if (!["edge", "black"].includes(settings.fill)) {
    throw new Problem(`The augmentation has fill: ${JSON.stringify(settings.fill)}.`, `Choose "edge" or "black".`);
  }
  checkBounds("gamma", settings.gamma, 0.1, 10);
  checkBounds("contrast", settings.contrast, 0, 10);
  checkNumber("speckle", settings.speckle, 0, 1);
  for (const key of Object.keys(settings.cutout)) {
    if (key !== "count" && key !== "side") {
      throw new Problem(`The augmentation's cutout has no setting "${key}".`, "It takes count and side.");
    }
  }
  checkWhole("cutout.count", settings.cutout.count, 100);
  checkNumber("cutout.side", settings.cutout.side, 0, 1);
  return structuredClone(settings);
}

/**
 * Says whether an augmentation changes gray levels as such, and not only their places.
 *
 * @param settings The augmentation.
 * @returns True with gamma, contrast or speckle.
 */
export function changesLevels({ gamma, contrast, speckle }: AugmentationOptions): boolean {
  return speckle > 0 || [...gamma, ...contrast].some((bound) => bound !== 1);
}

/**
 * Says whether an augmentation changes anything.
 *
 * @param settings The augmentation.
 * @returns False where every setting is off.
 */
export function changesAnything(settings: AugmentationOptions): boolean {
  const { flipHorizontal, flipVertical, scale, rotation, shift, cutout } = settings;
  const moves =
    flipHorizontal > 0 || flipVertical > 0 || scale.some((bound) => bound !== 1) || rotation > 0 || shift > 0;
  return moves || changesLevels(settings) || (cutout.count > 0 && cutout.side > 0);
}

function checkNumber(name: string, value: number, low: number, high: number): void {
  if (typeof value === "number" && value >= low && value <= high) return;
  throw new Problem(
    `The augmentation has ${name}: ${JSON.stringify(value)}, expected a number from ${low} to ${high}.`,
    "Correct it, or leave it out.",
  );
}

function checkWhole(name: string, value: number, high: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= high) return;
  throw new Problem(
    `The augmentation has ${name}: ${JSON.stringify(value)}, expected a whole number from 0 to ${high}.`,
    "Correct it, or leave it out.",
  );
}

function checkBounds(name: string, value: readonly number[], low: number, high: number): void {
  const [least, most] = Array.isArray(value) && value.length === 2 ? (value as [number, number]) : [NaN, NaN];
  if (least >= low && least <= most && most <= high) return;
  throw new Problem(
    `The augmentation has ${name}: ${JSON.stringify(value)}, expected [low, high], both from ${low} to ${high}.`,
    "[1, 1] turns it off.",
  );
}
