import { withDefaults } from "../../runtime/options";
import { checkBoolean, checkCommon, checkWhole, commonDefaults, type CommonSettings } from "../settings";

/** What makes a network of a macro architecture. */
export interface MacroSettings extends CommonSettings {
  /** Layers that the architecture must have, from 3; default: null, as many as it has. */
  layers: number | null;
  /** Whether channels double when rows and columns halve; default: no, as in the published search. */
  doubleChannels: boolean;
}

/** Settings of the macro space: those of the published search. */
export const macroDefaults: Readonly<MacroSettings> = {
  layers: null,
  channels: 36,
  doubleChannels: false,
  ...commonDefaults,
};

/**
 * Fills the settings of a network of the macro space with their defaults and checks them.
 *
 * @param given The settings that differ from {@link macroDefaults}.
 * @returns Every setting.
 * @throws {Problem} Where a setting is unknown, belongs to the micro space, or is out of range.
 */
export function checkMacroSettings(given: Partial<MacroSettings>): MacroSettings {
  const settings = withDefaults("A network of the macro space", given, macroDefaults);
  checkCommon(settings);
  if (settings.layers !== null) checkWhole("layers", settings.layers, 3);
  checkBoolean("doubleChannels", settings.doubleChannels);
  return settings;
}
