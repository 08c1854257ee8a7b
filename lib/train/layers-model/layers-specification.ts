import { basename } from "node:path";

import * as v from "valibot";

import { channelNames } from "../../data/prepare/configuration";
import {
  listOf,
  nullable,
  number,
  oneOf,
  passed,
  pattern,
  share,
  text,
  wholeNumber,
} from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";

const sum = () => pattern(/^[0-9a-f]{64}$/i, "a SHA-256 sum: 64 hexadecimal digits");

/** What of a layers model has a default, or may be left out. */
export const layersEntries = {
  /** The folder with its model.json; null: it is fetched. Default: null. */
  folder: v.optional(nullable(text("a folder")), null),
  /** The address of its model.json, from which its other files are fetched too; null: it is in a folder. Default: null. */
  address: v.optional(
    nullable(
      passed<string>("an address that begins with https://", (given) => /^https?:\/\/[^/]+\/./.test(String(given))),
    ),
    null,
  ),
  /** The SHA-256 of each of its files by name; needed for what is fetched. Default: none, a folder is taken as it is. */
  sha256: v.optional(v.record(v.string(), sum()), {}),
  /** The layer whose output are the features that the new head takes; null: what its own head took. Default: null. */
  cutAt: v.optional(nullable(text("the name of a layer")), null),
  /** How many epochs, from the first, train the new head alone, while all else is as it was saved; default: 0. */
  frozenEpochs: v.optional(wholeNumber(), 0),
  /** The share of features that is dropped before the new head while it learns, 0 to below 1; default: 0. */
  dropout: v.optional(share(), 0),
  /**
   * By what its images are normalised, one number for each channel that it takes, where 0 is black and 1 white: what it was trained
   * with; "training images": by those that it learns from. Default: "training images".
   */
  normalisation: v.optional(
    v.union([
      v.literal("training images"),
      v.strictObject({
        mean: listOf(number(), { least: 1 }),
        deviation: listOf(number({ above: 0 }), { least: 1 }),
      }),
    ]),
    "training images",
  ),
  /** What each channel that it takes is given: ["gray", "gray", "gray"] for one of colour; null: the images' own. Default: null. */
  channels: v.optional(nullable(listOf(oneOf(channelNames), { least: 1 })), null),
} as const;

const layersSchema = v.strictObject({
  kind: v.literal("layers model"),
  ...layersEntries,
});

/**
 * A layers model of TensorFlow.js that somebody has trained before or laid out: it gets a new head of two classes, and is trained on by
 * TensorFlow.js itself, layer by layer; what plans and fuses other networks does not apply. Images are brought to the size that it takes.
 *
 * @interface
 */
export type LayersNetwork = v.InferInput<typeof layersSchema>;

/**
 * The same with every default.
 *
 * @interface
 */
export type CheckedLayers = v.InferOutput<typeof layersSchema>;

/**
 * Fills the specification of a layers model with its defaults, and checks what can be checked without its files.
 *
 * @param channels The channels of the images that it is to be given; left out: not known yet.
 * @throws {Problem} Where a key is unknown or a value out of range, it is neither in a folder nor at an address, what is fetched has no
 *   sums, or a channel is not among those of the images.
 */
export function checkLayers(given: LayersNetwork, channels: readonly string[] | null = null): CheckedLayers {
  const layers = checkOptions("A layers model", layersSchema, given);
  const { folder, address, sha256 } = layers;
  if ((folder === null) === (address === null)) {
    throw new Problem(
      `A layers model has ${folder === null ? "neither a folder nor an address" : `both a folder, ${folder}, and an address`}.`,
      "Give folder: the one with its model.json, or address: that of its model.json, with sha256.",
    );
  }
  const name = Object.keys(sha256).find((one) => !/^[\w-][\w. -]*$/.test(one));
  if (name !== undefined)
    throw new Problem(
      `A layers model has sha256 for ${JSON.stringify(name)}, which is no file's name.`,
      "Give names of its files: model.json and those beside it.",
    );
  if (address !== null && !Object.hasOwn(sha256, "model.json")) {
    throw new Problem(
      `The layers model at ${address} has no sha256 for model.json.`,
      'Give the sums of all of its files: sha256: { "model.json": "…", "group1-shard1of1.bin": "…" }.',
    );
  }
  const { normalisation } = layers;
  if (normalisation !== "training images" && normalisation.mean.length !== normalisation.deviation.length) {
    throw new Problem(
      `A layers model has a normalisation with ${normalisation.mean.length} means and ${normalisation.deviation.length} deviations.`,
      "Give one of each for every channel that it takes.",
    );
  }
  const missing = channels === null ? undefined : layers.channels?.find((one) => !channels.includes(one));
  if (missing !== undefined) {
    throw new Problem(
      `A layers model takes the channel ${missing}, which images with the channels ${channels!.join(", ")} do not have.`,
      "Name channels of the preparation.",
    );
  }
  return layers;
}

/**
 * Says of a layers model where it comes from and how it is trained on, for a table in which it stands beside networks that start from
 * weights by chance.
 *
 * @returns "the user's, from the folder mine; new head; other layers as they were saved for the first 3 epochs".
 */
export function describeLayers(given: LayersNetwork): string {
  const { folder, address, frozenEpochs } = checkLayers(given);
  const frozen =
    frozenEpochs === 0
      ? ""
      : `; other layers as they were saved for the first ${frozenEpochs === 1 ? "epoch" : `${frozenEpochs} epochs`}`;
  return `the user's, from ${folder === null ? address! : `the folder ${basename(folder)}`}; new head${frozen}`;
}
