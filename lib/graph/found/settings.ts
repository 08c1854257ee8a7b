import { withDefaults } from "../../runtime/options";
import { Problem } from "../../runtime/problem";

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

/** What makes a network of a micro architecture. */
export interface MicroSettings extends CommonSettings {
  /**
   * Layers L apart from the two reduction layers, from 2; default: 6, as in the published search. The reduction layers
   * stand at places d and 2d + 1 of the L + 2, counted from 0, where d = ⌊L / 3⌋: 2 and 5 for L = 6. With L = 2 both come
   * first, so that the first layer has twice the given channels already.
   */
  cells: number;
  /** The stem gives this many times the channels, from 1; default: 3, as published. */
  stemMultiplier: number;
  /**
   * The share of the images for which an edge is left out while training, 0 to below 1; default: 0, which is what the
   * published search does. It applies in full to the last layer and is less before: times (layer + 1) / (L + 2).
   * Identity edges stay. The published final training uses 0.4, and raises it from 0 over the steps; here it is constant.
   */
  dropPath: number;
  /** Whether layer 2d + 2 has a second head, which is there for training alone; default: no. */
  auxiliary: boolean;
}

/** What makes a network of a macro architecture. */
export interface MacroSettings extends CommonSettings {
  /** Layers that the architecture must have, from 3; default: null, as many as it has. */
  layers: number | null;
  /** Whether channels double when rows and columns halve; default: no, as in the published search. */
  doubleChannels: boolean;
}

/** What makes a network of an architecture, apart from the architecture: settings of the one space or of the other. */
export type FoundSettings = MicroSettings | MacroSettings;

const commonDefaults = {
  stem: "cifar",
  dropout: 0.1,
  classes: 2,
  logitsBias: false,
  normEpsilon: 1e-5,
  normMomentum: 0.9,
} as const;

/** Settings of the micro space: those of the published search, without an auxiliary head. */
export const microDefaults: Readonly<MicroSettings> = {
  cells: 6,
  channels: 20,
  stemMultiplier: 3,
  dropPath: 0,
  auxiliary: false,
  ...commonDefaults,
};

/** Settings of the macro space: those of the published search. */
export const macroDefaults: Readonly<MacroSettings> = {
  layers: null,
  channels: 36,
  doubleChannels: false,
  ...commonDefaults,
};

/**
 * Fills the settings of a network of the micro space with their defaults and checks them.
 *
 * @param given The settings that differ from {@link microDefaults}.
 * @returns Every setting.
 * @throws {Problem} Where a setting is unknown, belongs to the macro space, or is out of range.
 */
export function checkMicroSettings(given: Partial<FoundSettings>): MicroSettings {
  const settings = withDefaults("A network of the micro space", given as Partial<MicroSettings>, microDefaults);
  checkCommon(settings);
  checkWhole("cells", settings.cells, 2);
  checkWhole("stemMultiplier", settings.stemMultiplier, 1);
  checkShare("dropPath", settings.dropPath);
  checkBoolean("auxiliary", settings.auxiliary);
  return settings;
}

/**
 * Fills the settings of a network of the macro space with their defaults and checks them.
 *
 * @param given The settings that differ from {@link macroDefaults}.
 * @returns Every setting.
 * @throws {Problem} Where a setting is unknown, belongs to the micro space, or is out of range.
 */
export function checkMacroSettings(given: Partial<FoundSettings>): MacroSettings {
  const settings = withDefaults("A network of the macro space", given as Partial<MacroSettings>, macroDefaults);
  checkCommon(settings);
  if (settings.layers !== null) checkWhole("layers", settings.layers, 3);
  checkBoolean("doubleChannels", settings.doubleChannels);
  return settings;
}

function checkCommon(settings: CommonSettings): void {
  const { stem, normEpsilon } = settings;
  checkWhole("channels", settings.channels, 1);
  check("stem", stem, stems.includes(stem), stems.map((name) => `"${name}"`).join(" or "));
  checkShare("dropout", settings.dropout);
  checkWhole("classes", settings.classes, 2);
  checkBoolean("logitsBias", settings.logitsBias);
  check("normEpsilon", normEpsilon, normEpsilon > 0 && normEpsilon < Infinity, "a number above 0");
  checkShare("normMomentum", settings.normMomentum);
}

function checkWhole(name: string, value: number, least: number): void {
  check(name, value, Number.isSafeInteger(value) && value >= least, `a whole number from ${least}`);
}

function checkShare(name: string, value: number): void {
  check(name, value, typeof value === "number" && value >= 0 && value < 1, "a number from 0 to below 1");
}

function checkBoolean(name: string, value: boolean): void {
  check(name, value, typeof value === "boolean", "true or false");
}

function check(name: string, value: unknown, good: boolean, expected: string): void {
  if (good) return;
  const said = typeof value === "number" ? String(value) : JSON.stringify(value);
  throw new Problem(`A found network has ${name}: ${said}, expected ${expected}.`, "Correct it, or leave it out.");
}
