import { isDeepStrictEqual } from "node:util";

import * as v from "valibot";

import { checkPreparation, preparationSchema, statedPreparationSchema } from "../data/prepare/configuration";
import { checkNormalisation } from "../data/prepare/normalise";
import { flag, listOf, nullable, number, passed, positive, text, wholeNumber, pattern } from "../runtime/option-values";
import { checkStored } from "../runtime/options";
import { Problem } from "../runtime/problem";

/** Raised whenever a release would be written or read in another way than before. */
export const formatVersion = 1;

/** The classes of every release, in the order of the logits; the probability is that of the second. */
export const releaseClasses = ["benign", "malignant"] as const;

const hash = () => pattern(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

const dataSchema = v.strictObject({
  /** The data set and its part: "BUS-BRA, training part". */
  name: text(),
  /** SHA-256 of the prepared images, their names and classes: `hash` of `prepare`; null where it is not known. */
  hash: nullable(hash()),
  /** Under which licence the images are; null where it is not reported. */
  licence: nullable(text()),
  /** How many images, from 1. */
  images: wholeNumber({ from: 1 }),
  /** How many patients, from 1; null where the set does not say. */
  patients: nullable(wholeNumber({ from: 1 })),
  /** The devices that the images were taken by, as the data set names them; not there where it does not say. */
  devices: v.optional(listOf(text(), { least: 1, different: true })),
});

/**
 * Images that a network was trained or tested on.
 *
 * @interface
 */
export type ReleaseData = v.InferOutput<typeof dataSchema>;

const report = () => v.optional(nullable(text()), null);

const normalisationSchema = v.strictObject({
  mean: listOf(number(), { least: 1 }),
  deviation: listOf(number(), { least: 1 }),
});

const resultsSchema = listOf(v.record(v.string(), nullable(v.union([v.string(), number()]))));

/** What is said of a finder, by its names; each with its default, where it has one. */
export const finderEntries = {
  /** From when on its outline counts as sure. */
  sure: v.strictObject({
    /** The Dice coefficient that it expects of its own outline, 0 to 1. */
    expectedDice: number({ from: 0, to: 1 }),
    /** Where that comes from: on which images it was chosen, and by which rule. */
    origin: text(),
  }),
  /** What it learned from. */
  data: dataSchema,
  /** What it was tested on: images that it had not seen; null where it was not. */
  testData: v.optional(nullable(dataSchema), null),
  /** What it reached there: rows with the same columns. */
  results: v.optional(resultsSchema, []),
};

/** What is counted of a network of a release. */
const countedEntries = {
  /** What it is called. */
  name: text(),
  /** Trainable parameters. */
  parameters: wholeNumber(),
  /** Multiplications with a following addition for one image. */
  multiplyAdds: wholeNumber(),
  /** Bytes of the file with its weights; that of a finder holds kernels as numbers of 16 bits. */
  weightBytes: wholeNumber(),
  /** SHA-256 of that file. */
  weightsHash: hash(),
};

const finderSchema = v.strictObject({
  ...v.required(v.strictObject(finderEntries)).entries,
  /** How whole pictures become its input. */
  preparation: statedPreparationSchema,
  /** By what the numbers are normalised. */
  normalisation: normalisationSchema,
  /** Whether its probabilities are means over a picture and its mirror image. */
  flipPredictions: flag(),
  /** The network, as counted from it. */
  network: v.strictObject(countedEntries),
});

/**
 * All that is known of the network of a release that finds the lesion.
 *
 * @interface
 */
export type FinderCard = v.InferOutput<typeof finderSchema>;

/** What the author of a release says of it, by its names; each with its default, where it has one. */
export const statementEntries = {
  /** What it is called. */
  name: text(),
  /** Its version: "1.0.0". */
  version: text(),
  /** The licence of the weights. */
  licence: report(),
  /** What it is for. */
  intendedUse: text(),
  /** What it is not for. */
  outOfScope: report(),
  /** How pictures become numbers. */
  preparation: preparationSchema,
  /** By what the numbers are normalised. */
  normalisation: normalisationSchema,
  /** The classes in the order of the logits: `releaseClasses`. */
  classes: v.optional(
    passed<readonly string[]>(JSON.stringify(releaseClasses), (given) => isDeepStrictEqual(given, [...releaseClasses])),
    releaseClasses,
  ),
  /** By what logits are divided before the softmax, above 0; 1 for no calibration. */
  temperature: v.optional(positive(), 1),
  /** The probability of malignancy from which on an image counts as malignant, 0 to 1. */
  threshold: number({ from: 0, to: 1 }),
  /** Where the threshold comes from: on which images it was chosen, and by which rule. */
  thresholdOrigin: text(),
  /** What it was trained on. */
  data: dataSchema,
  /** What it was tested on. */
  testData: v.optional(nullable(dataSchema), null),
  /** The results on the test data: rows with the same columns. */
  results: resultsSchema,
  /** How well probabilities agree with frequencies. */
  calibration: report(),
  /** The result on images of another centre. */
  externalResult: report(),
  /** Where it fails. */
  failureModes: report(),
  /** The seeds of its trainings. */
  seeds: listOf(wholeNumber()),
  /** On what it was trained. */
  hardware: report(),
  /** How long its training took, in seconds. */
  trainingSeconds: v.optional(nullable(number({ from: 0 })), null),
  /** The commit of the code that trained it. */
  commit: report(),
  /** How to cite it. */
  citation: report(),
};

/** What the author of a release says of it; what is null is printed as "Not reported". */
const statementSchema = v.strictObject(statementEntries);

// A file says all of it: defaults may be others in a later version.
const cardSchema = v.strictObject({
  ...v.required(statementSchema).entries,
  preparation: statedPreparationSchema,
  /** What the file is. */
  format: v.literal("sononas release"),
  /** In which way it is written: `formatVersion`. */
  formatVersion: v.literal(formatVersion),
  /** The day of the release, "2026-11-23", in UTC. */
  date: pattern(/^\d{4}-\d{2}-\d{2}$/, "a day, 2026-11-23"),
  /** The network, as counted from it. */
  network: v.strictObject({
    ...countedEntries,
    /** The hash of the found architecture; null for a hand-crafted network. */
    architectureHash: nullable(hash()),
  }),
  /** The network that finds the lesion where nobody has drawn it; not there where the release has none. */
  finder: v.optional(finderSchema),
  /** Versions of the programs that released it, by name. */
  software: v.record(v.string(), text()),
});

/**
 * All that is known of a released model; `sononas.json`.
 *
 * @interface
 */
export type ReleaseCard = v.InferOutput<typeof cardSchema>;

/**
 * Checks a card: every field is there and has a value that makes sense, and there is no other.
 *
 * @throws {Problem} Where it is none, or one of another format version; names the field, the value and what was expected.
 */
export function checkCard(value: unknown, file: string): ReleaseCard {
  const { format, formatVersion: version } = (value ?? {}) as Partial<ReleaseCard>;
  if (format !== "sononas release") {
    throw new Problem(
      `${file} does not describe a release: its format is ${JSON.stringify(format)}.`,
      "Give the folder that releaseModel wrote.",
    );
  }
  if (version !== formatVersion) {
    throw new Problem(
      `${file} is of format version ${JSON.stringify(version)}, and this program reads version ${formatVersion}.`,
      "Load it with the version of sononas that it names as its software, or release it again.",
    );
  }
  checkStored(file, cardSchema, value, "Correct it, or release it again.");
  const card = value as ReleaseCard;
  checkPreparation(card.preparation);
  checkNormalisation(card.normalisation, card.preparation.channels.length);
  if (card.finder !== undefined) {
    checkPreparation(card.finder.preparation);
    checkNormalisation(card.finder.normalisation, card.finder.preparation.channels.length);
  }
  return card;
}
