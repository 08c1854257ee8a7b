import * as v from "valibot";

import { flag, nullable, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { commonSettings, stemSettings } from "../settings";

const schema = v.strictObject({
  /** Layers that the architecture must have, from 3; default: null, as many as it has. */
  layers: v.optional(nullable(wholeNumber({ from: 3 })), null),
  /** Channels of the first layer, from 1; default: 36, as published. */
  channels: v.optional(wholeNumber({ from: 1 }), 36),
  /** Whether channels double when rows and columns halve; default: no, as in the published search. */
  doubleChannels: v.optional(flag(), false),
  ...stemSettings,
  ...commonSettings,
});

/**
 * What makes a network of a macro architecture.
 *
 * @interface
 */
export type MacroSettings = v.InferOutput<typeof schema>;

/**
 * Fills the settings of a network of the macro space with their defaults and checks them.
 *
 * @param given The settings that differ from {@link macroDefaults}.
 * @returns Every setting.
 * @throws {Problem} Where a setting is unknown, belongs to another kind, or is out of range.
 */
export function checkMacroSettings(given: Partial<MacroSettings>): MacroSettings {
  return checkOptions("A network of the macro space", schema, given);
}

/** Settings of the macro space: those of the published search. */
export const macroDefaults: Readonly<MacroSettings> = checkMacroSettings({});
