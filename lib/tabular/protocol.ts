import { join } from "node:path";

import * as v from "valibot";

import { preparationSchema } from "../data/prepare/configuration";
import { hashOf } from "../files/checksum";
import { canonicalJson } from "../files/canonical-json";
import { asGiven, listOf, number, oneOf, passed, text, wholeNumber } from "../runtime/option-values";
import { checkStored } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { checkSupernet, type SupernetOptions } from "../search/supernet-options";
import type { NetworkSettings } from "../space/kinds";
import type { GivenSpace } from "../space/space";
import { checkTrials } from "../trials/trial-options";
import { trainingSchema } from "../train/training-options";
import { readJson, takeAgain } from "./json-lines";
import { nestedSchema } from "./nested-options";
import { replaySchema } from "./replay-options";

const setSchema = v.strictObject({
  /** The space that its networks are drawn from. */
  space: passed<GivenSpace>('a space: { kind: "shape" }'),
  /** The settings of its networks. */
  settings: passed<Partial<NetworkSettings>>("settings of networks: { dropout: 0.3 }"),
  /** How many networks are drawn. */
  count: wholeNumber({ from: 1 }),
});

const runSchema = v.strictObject({
  /** The set whose networks are trained. */
  set: text('the name of a set: "shape"'),
  /** Which of its networks: from the first place on, up to but without the second. */
  networks: v.tuple([wholeNumber(), wholeNumber({ from: 1 })]),
  /** On which inner folds, from 1. */
  folds: listOf(wholeNumber({ from: 1 }), { least: 1, different: true }),
  /** Which repetition, from 1: each has seeds of its own. */
  repeat: wholeNumber({ from: 1 }),
  /** Side of the images, in pixels. */
  size: wholeNumber({ from: 8 }),
  /** Passes through the training images. */
  epochs: wholeNumber({ from: 1 }),
});

const supernetSchema = v.strictObject({
  /** The way of sharing, by its name. */
  variant: text('the name of a way of sharing: "B"'),
  /** The inner folds, from 1: a supernet each, which learns from the fold's training images. */
  folds: listOf(wholeNumber({ from: 1 }), { least: 1, different: true }),
  seed: wholeNumber(),
  /** Side of the images, in pixels. */
  size: wholeNumber({ from: 8 }),
  /** The set whose networks are scored. */
  set: text('the name of a set: "shape"'),
});

const stepSchema = v.strictObject({
  /** Its name on the command line: "fidelity". */
  name: text('a name: "fidelity"'),
  /** What it is to find out. */
  asks: text(),
  /** When it passes, with the thresholds. */
  passes: text(),
  /** What is done where it does not pass. */
  otherwise: text(),
  /** What is trained for it, in this order. */
  runs: listOf(runSchema),
  /** The supernets that are trained for it; default: none. */
  supernets: v.optional(listOf(supernetSchema), []),
  /** The sets whose networks are scored without training; default: none. */
  trainingFree: v.optional(listOf(text('the name of a set: "shape"'), { different: true }), []),
  /** The replays of strategies that are made for it, judged by the images that are put aside; default: none. */
  replay: v.optional(replaySchema),
  /** The searches on outer folds that are made for it; default: none. */
  nested: v.optional(nestedSchema),
});

const amendmentSchema = v.strictObject({
  /** When it was made: "2026-11-29". */
  date: text(),
  /** What was changed, why, and what had been measured by then. */
  what: text(),
  /** The hash of the protocol before: rows that were measured by it stay. */
  before: text("the hash of the protocol before"),
});

const protocolSchema = v.strictObject({
  version: oneOf([1]),
  title: text(),
  /** The date on which it was laid down, before anything was trained by it: "2026-11-29". */
  date: text(),
  dataset: text('the name of a data set: "bus-bra"'),
  /** How images become numbers; their size is that of each run. */
  preparation: asGiven(preparationSchema),
  /** The folds: `inner` folds over what one of the `outer` folds does not test. */
  folds: v.strictObject({
    outer: wholeNumber({ from: 2 }),
    inner: wholeNumber({ from: 2 }),
    seed: wholeNumber(),
    /** The outer fold whose test part is put aside, from 1. */
    tested: wholeNumber({ from: 1 }),
  }),
  /** How each network is trained, apart from epochs and seed. */
  training: asGiven(trainingSchema),
  /** What networks may cost: each is drawn until it lies inside. */
  bin: v.strictObject({
    /** Side of the images that costs are counted for, in pixels. */
    size: wholeNumber({ from: 8 }),
    /** The least and the most multiplications with a following addition for one image. */
    multiplyAdds: v.tuple([number({ from: 0 }), number({ above: 0 })]),
  }),
  /** The seed that networks are drawn by. */
  seed: wholeNumber(),
  /** The networks that are drawn, by set. */
  sets: v.record(v.string(), setSchema),
  /** Ways of sharing weights, by name: the options of a supernet's training, but for its seed. Default: none. */
  supernets: v.optional(v.record(v.string(), passed<Omit<SupernetOptions, "seed">>("options of a supernet")), {}),
  /** The primary endpoints, in words. */
  endpoints: listOf(text(), { least: 1 }),
  /** The steps, in the order in which they are taken. */
  steps: listOf(stepSchema, { least: 1 }),
  /** What was changed after the first training, the oldest first; default: nothing. */
  amendments: v.optional(listOf(amendmentSchema), []),
});

/**
 * What a tabular benchmark trains and what it decides, laid down before anything is trained.
 *
 * @interface
 */
export type Protocol = Readonly<v.InferOutput<typeof protocolSchema>> & {
  /** SHA-256 of its file's contents, hexadecimal, whatever the file's spaces and order: it stands in every record. */
  readonly hash: string;
};

/**
 * Networks of a set that are trained alike.
 *
 * @interface
 */
export type ProtocolRun = v.InferOutput<typeof runSchema>;

/** The file of a benchmark's folder with its protocol. */
export const protocolFile = "protocol.json";

/**
 * Reads the protocol of a benchmark.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where it is missing, no protocol, or asks for networks or folds that it does not have.
 */
export function readProtocol(folder: string): Protocol {
  const path = join(folder, protocolFile);
  const data = readJson(path);
  const protocol = checkStored(path, protocolSchema, data, takeAgain);
  const refuse = (what: string) =>
    new Problem(`${path} ${what}.`, "Correct it before anything is trained, or take it from version control again.");
  for (const variant of Object.values(protocol.supernets)) checkSupernet(variant);
  for (const { name, runs, supernets, trainingFree, replay, nested } of protocol.steps) {
    if (replay !== undefined) {
      if (!Object.hasOwn(protocol.sets, replay.set))
        throw refuse(`replays the set "${replay.set}" in its step "${name}", and has no such`);
      if (!replay.minutes.includes(replay.decides))
        throw refuse(`decides by ${replay.decides} minutes in its step "${name}", of ${replay.minutes.join(", ")}`);
    }
    if (nested !== undefined) {
      const missing = nested.outer.find((fold) => fold > protocol.folds.outer);
      if (missing !== undefined)
        throw refuse(`has the outer fold ${missing} in its step "${name}", of ${protocol.folds.outer}`);
      if (!Object.hasOwn(protocol.sets, nested.set))
        throw refuse(`searches the set "${nested.set}" in its step "${name}", and has no such`);
      for (const [reference, { set, place }] of Object.entries(nested.references)) {
        if (!Object.hasOwn(protocol.sets, set) || place >= protocol.sets[set]!.count)
          throw refuse(`has the network ${place} of "${set}" as "${reference}" in its step "${name}", and no such`);
        if (Object.hasOwn(nested.arms, reference))
          throw refuse(`has "${reference}" as an arm and as a network beside them in its step "${name}"`);
      }
      for (const arm of Object.values(nested.arms)) checkTrials({ ...arm, folds: protocol.folds.inner });
    }
    const variant = supernets.map((one) => one.variant).find((one) => !Object.hasOwn(protocol.supernets, one));
    if (variant !== undefined) throw refuse(`has the way of sharing "${variant}" in its step "${name}", and no such`);
    const untrained = trainingFree.map((set) => ({ set, folds: [1] }));
    const scored = [...supernets, ...untrained].map(({ set, folds }) => {
      const count = Object.hasOwn(protocol.sets, set) ? protocol.sets[set]!.count : 1;
      return { set, folds, networks: [0, count] as [number, number] };
    });
    for (const { set, networks, folds } of [...runs, ...scored]) {
      const drawn = Object.hasOwn(protocol.sets, set) ? protocol.sets[set]! : null;
      if (drawn === null)
        throw refuse(`has the set "${set}" in its step "${name}", expected ${Object.keys(protocol.sets).join(" or ")}`);
      if (networks[0] >= networks[1] || networks[1] > drawn.count)
        throw refuse(`has the networks ${networks.join(" to ")} of ${set} in its step "${name}", of ${drawn.count}`);
      const missing = folds.find((fold) => fold > protocol.folds.inner);
      if (missing !== undefined)
        throw refuse(`has the inner fold ${missing} in its step "${name}", of ${protocol.folds.inner}`);
    }
  }
  return { ...protocol, hash: hashOf(canonicalJson(data)) };
}

/**
 * Finds a step of a protocol.
 *
 * @throws {Problem} Where there is none of this name, with those that there are.
 */
export function stepOf({ steps }: Pick<Protocol, "steps">, name: string): Protocol["steps"][number] {
  const found = steps.find((step) => step.name === name);
  if (found !== undefined) return found;
  throw new Problem(`The protocol has no step "${name}".`, `Give one of ${steps.map((step) => step.name).join(", ")}.`);
}

/**
 * Checks that what was measured was measured by a protocol, or by one that it amends.
 *
 * @param protocol The protocol.
 * @param measured The records, each with the hash of its protocol.
 * @param path Where they are.
 * @throws {Problem} Where one is of another protocol; names its place.
 */
export function requireProtocol(
  { hash, amendments }: Pick<Protocol, "hash" | "amendments">,
  measured: readonly { readonly protocol: string }[],
  path: string,
): void {
  const known = new Set([hash, ...amendments.map(({ before }) => before)]);
  const at = measured.findIndex(({ protocol }) => !known.has(protocol));
  if (at < 0) return;
  throw new Problem(
    `${path}, line ${at + 1}, was measured by the protocol ${measured[at]!.protocol.slice(0, 12)}…, expected ${hash.slice(0, 12)}… or one that it amends.`,
    "Networks that were trained by another recipe are not compared: put table and protocol of one benchmark together.",
  );
}
