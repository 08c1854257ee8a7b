import { withDefaults } from "../../runtime/options";
import { checkBoolean, checkCommon, checkShare, checkWhole, commonDefaults, type CommonSettings } from "../settings";

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

/** Settings of the micro space: those of the published search, without an auxiliary head. */
export const microDefaults: Readonly<MicroSettings> = {
  cells: 6,
  channels: 20,
  stemMultiplier: 3,
  dropPath: 0,
  auxiliary: false,
  ...commonDefaults,
};

/**
 * Fills the settings of a network of the micro space with their defaults and checks them.
 *
 * @param given The settings that differ from {@link microDefaults}.
 * @returns Every setting.
 * @throws {Problem} Where a setting is unknown, belongs to the macro space, or is out of range.
 */
export function checkMicroSettings(given: Partial<MicroSettings>): MicroSettings {
  const settings = withDefaults("A network of the micro space", given, microDefaults);
  checkCommon(settings);
  checkWhole("cells", settings.cells, 2);
  checkWhole("stemMultiplier", settings.stemMultiplier, 1);
  checkShare("dropPath", settings.dropPath);
  checkBoolean("auxiliary", settings.auxiliary);
  return settings;
}
