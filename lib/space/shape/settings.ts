import * as v from "valibot";

import { flag, share } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { commonSettings } from "../settings";

const schema = v.strictObject({
  ...commonSettings,
  /** The share of the features that is dropped before the logits while training, 0 to below 1; default: 0.3. */
  dropout: v.optional(share(), 0.3),
  /** Whether a number is added to each logit; default: yes. */
  logitsBias: v.optional(flag(), true),
});

/**
 * What makes a network of a shape architecture; its widths and depths are the architecture's own.
 *
 * @interface
 */
export type ShapeSettings = v.InferOutput<typeof schema>;

/**
 * Fills the settings of a network of the shape space with their defaults, the plain CNN's, and checks them.
 *
 * @param given The settings that differ.
 * @returns Every setting.
 * @throws {Problem} Where a setting is unknown, belongs to another kind, or is out of range.
 */
export function checkShapeSettings(given: Partial<ShapeSettings>): ShapeSettings {
  return checkOptions("A network of the shape space", schema, given);
}
