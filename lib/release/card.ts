import { checkPreparation, type PreparationOptions } from "../data/prepare/configuration";
import { checkNormalisation, type Normalisation } from "../data/prepare/normalise";
import { Problem } from "../runtime/problem";
import { listOf, mapOfValues, numberFrom, objectOf, orNull, refuse, text, wholeFrom, type Check } from "./schema";

/** Raised whenever a release would be written or read in another way than before. */
export const formatVersion = 1;

/** The classes of every release, in the order of the logits; the probability is that of the second. */
export const releaseClasses = ["benign", "malignant"] as const;

/** Images that a network was trained or tested on. */
export interface ReleaseData {
  /** The data set and its part: "BUS-BRA, training part". */
  readonly name: string;
  /** SHA-256 of the prepared images, their names and classes: `hash` of `prepare`; null where it is not known. */
  readonly hash: string | null;
  /** Under which licence the images are; null where it is not reported. */
  readonly licence: string | null;
  /** How many images, from 1. */
  readonly images: number;
  /** How many patients, from 1; null where the set does not say. */
  readonly patients: number | null;
}

/** What the author of a release says of it; what is null is printed as "Not reported". */
export interface ReleaseStatement {
  /** What it is called. */
  readonly name: string;
  /** Its version: "1.0.0". */
  readonly version: string;
  /** The licence of the weights. */
  readonly licence: string | null;
  /** What it is for. */
  readonly intendedUse: string;
  /** What it is not for. */
  readonly outOfScope: string | null;
  /** How pictures become numbers. */
  readonly preparation: PreparationOptions;
  /** By what the numbers are normalised. */
  readonly normalisation: Normalisation;
  /** The classes in the order of the logits: {@link releaseClasses}. */
  readonly classes: readonly string[];
  /** By what logits are divided before the softmax, above 0; 1 for no calibration. */
  readonly temperature: number;
  /** The probability of malignancy from which on an image counts as malignant, 0 to 1. */
  readonly threshold: number;
  /** Where the threshold comes from: on which images it was chosen, and by which rule. */
  readonly thresholdOrigin: string;
  /** What it was trained on. */
  readonly data: ReleaseData;
  /** What it was tested on. */
  readonly testData: ReleaseData | null;
  /** The results on the test data: rows with the same columns. */
  readonly results: readonly Readonly<Record<string, string | number | null>>[];
  /** How well probabilities agree with frequencies. */
  readonly calibration: string | null;
  /** The result on images of another centre. */
  readonly externalResult: string | null;
  /** Where it fails. */
  readonly failureModes: string | null;
  /** The seeds of its trainings. */
  readonly seeds: readonly number[];
  /** On what it was trained. */
  readonly hardware: string | null;
  /** How long its training took, in seconds. */
  readonly trainingSeconds: number | null;
  /** The commit of the code that trained it. */
  readonly commit: string | null;
  /** How to cite it. */
  readonly citation: string | null;
}

/** All that is known of a released model; `sononas.json`. */
export interface ReleaseCard extends ReleaseStatement {
  /** What the file is. */
  readonly format: "sononas release";
  /** In which way it is written: {@link formatVersion}. */
  readonly formatVersion: number;
  /** The day of the release, "2026-11-23", in UTC. */
  readonly date: string;
  /** The network, as counted from it. */
  readonly network: {
    /** What it is called. */
    readonly name: string;
    /** Trainable parameters. */
    readonly parameters: number;
    /** Multiplications with a following addition for one image. */
    readonly multiplyAdds: number;
    /** Bytes of the weights. */
    readonly weightBytes: number;
    /** SHA-256 of the file with the weights. */
    readonly weightsHash: string;
    /** The hash of the found architecture; null for a hand-crafted network. */
    readonly architectureHash: string | null;
  };
  /** Versions of the programs that released it, by name. */
  readonly software: Readonly<Record<string, string>>;
}

const oneOf = (expected: unknown): Check => {
  return (value, place) => {
    if (JSON.stringify(value) !== JSON.stringify(expected)) refuse(value, place, JSON.stringify(expected));
  };
};
const number = numberFrom(-Infinity, Infinity);
const hash: Check = (value, place) => {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) refuse(value, place, "64 hexadecimal digits");
};
const cell: Check = (value, place) => {
  if (typeof value !== "string") orNull(number)(value, place);
};
const row: Check = (value, place) => {
  mapOfValues(cell)(value, place);
};
const anything: Check = () => undefined;

const data = objectOf({
  name: text,
  hash: orNull(hash),
  licence: orNull(text),
  images: wholeFrom(1),
  patients: orNull(wholeFrom(1)),
});

/** What the author states, by field. The settings of the preparation are checked as such below. */
const statementChecks: Readonly<Record<keyof ReleaseStatement, Check>> = {
  name: text,
  version: text,
  licence: orNull(text),
  intendedUse: text,
  outOfScope: orNull(text),
  preparation: objectOf({
    region: mapOfValues(anything),
    beyond: text,
    stretch: orNull(mapOfValues(anything)),
    padding: text,
    size: wholeFrom(1),
    filter: text,
    channels: listOf(text, 1),
  }),
  normalisation: objectOf({ mean: listOf(number, 1), deviation: listOf(number, 1) }),
  classes: oneOf(releaseClasses),
  temperature: (value, place) => {
    numberFrom(0, Infinity)(value, place);
    if (value === 0) refuse(value, place, "a number above 0");
  },
  threshold: numberFrom(0, 1),
  thresholdOrigin: text,
  data,
  testData: orNull(data),
  results: listOf(row, 0),
  calibration: orNull(text),
  externalResult: orNull(text),
  failureModes: orNull(text),
  seeds: listOf(wholeFrom(0), 0),
  hardware: orNull(text),
  trainingSeconds: orNull(numberFrom(0, Infinity)),
  commit: orNull(text),
  citation: orNull(text),
};

const cardChecks = objectOf({
  ...statementChecks,
  format: oneOf("sononas release"),
  formatVersion: oneOf(formatVersion),
  date: (value, place) => {
    if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) refuse(value, place, "a day, 2026-11-23");
  },
  network: objectOf({
    name: text,
    parameters: wholeFrom(0),
    multiplyAdds: wholeFrom(0),
    weightBytes: wholeFrom(0),
    weightsHash: hash,
    architectureHash: orNull(hash),
  }),
  software: mapOfValues(text),
});

/**
 * Checks a card: every field is there and has a value that makes sense, and there is no other.
 *
 * @param value The card, as it was read or is about to be written.
 * @param file The file, for messages.
 * @returns The same.
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
  cardChecks(value, "");
  const card = value as ReleaseCard;
  checkPreparation(card.preparation);
  checkNormalisation(card.normalisation, card.preparation.channels.length);
  return card;
}
