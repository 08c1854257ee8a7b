import * as v from "valibot";

import { flag, share, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { commonSettings, stemSettings } from "../settings";

const schema = v.strictObject({
  /**
   * Layers L apart from the two reduction layers, from 2; default: 6, as in the published search. The reduction layers
   * stand at places d and 2d + 1 of the L + 2, counted from 0, where d = ⌊L / 3⌋: 2 and 5 for L = 6. With L = 2 both come
   * first, so that the first layer has twice the given channels already.
   */
  cells: v.optional(wholeNumber({ from: 2 }), 6),
  /** Channels of the first layer, from 1; default: 20, as published. */
  channels: v.optional(wholeNumber({ from: 1 }), 20),
  /** The stem gives this many times the channels, from 1; default: 3, as published. */
  stemMultiplier: v.optional(wholeNumber({ from: 1 }), 3),
  /**
   * The share of the images for which an edge is left out while training, 0 to below 1; default: 0, which is what the
   * published search does. It applies in full to the last layer and is less before: times (layer + 1) / (L + 2).
   * Identity edges stay. The published final training uses 0.4, and raises it from 0 over the steps; here it is constant.
   */
  dropPath: v.optional(share(), 0),
  /** Whether layer 2d + 2 has a second head, which is there for training alone; default: no. */
  auxiliary: v.optional(flag(), false),
  ...stemSettings,
  ...commonSettings,
});

/**
 * What makes a network of a micro architecture.
 *
 * @interface
 */
export type MicroSettings = v.InferOutput<typeof schema>;

/**
 * Fills the settings of a network of the micro space with their defaults and checks them.
 *
 * @param given The settings that differ from {@link microDefaults}.
 * @returns Every setting.
 * @throws {Problem} Where a setting is unknown, belongs to another kind, or is out of range.
 */
export function checkMicroSettings(given: Partial<MicroSettings>): MicroSettings {
  return checkOptions("A network of the micro space", schema, given);
}

/** Settings of the micro space: those of the published search, without an auxiliary head. */
export const microDefaults: Readonly<MicroSettings> = checkMicroSettings({});
