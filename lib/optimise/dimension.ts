import * as v from "valibot";

import { listOf, number, oneOf, passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";

const scales = ["linear", "logarithmic"] as const;

const bounds = {
  /** The least that it may be. */
  from: number(),
  /** The most that it may be, above the least. */
  to: number(),
  /** What counts as equally far: differences, or ratios, for which both bounds are above 0. Default: "linear". */
  scale: v.optional(oneOf(scales), "linear"),
};

const dimensionSchema = v.variant("kind", [
  v.strictObject({
    /** Any number. */
    kind: v.literal("number"),
    ...bounds,
  }),
  v.strictObject({
    /** A whole number. */
    kind: v.literal("whole"),
    ...bounds,
  }),
  v.strictObject({
    /** One of several things, none of which is nearer to another. */
    kind: v.literal("choice"),
    /** What it may be, at least two things. */
    of: listOf(passed<string | boolean>("a text, true or false", isChoosable), { least: 2, different: true }),
  }),
]);

/** What one setting may be. */
export type Dimension = Readonly<v.InferOutput<typeof dimensionSchema>>;

/** What every setting may be that is optimised, by its name. */
export type Dimensions = Readonly<Record<string, Dimension>>;

/** A value of every setting, by its name. Plain data. */
export type Point = Readonly<Record<string, number | string | boolean>>;

/**
 * Checks what settings may be.
 *
 * @returns The same with every default.
 * @throws {Problem} Where there are none, or one is no dimension: names it.
 */
export function checkDimensions(given: Readonly<Record<string, v.InferInput<typeof dimensionSchema>>>): Dimensions {
  const entries = Object.entries(given);
  if (entries.length === 0) throw new Problem("There are no settings to optimise.", "Give one dimension at least.");
  return Object.fromEntries(
    entries.map(([name, one]) => {
      const dimension = checkOptions(`The setting ${name}`, dimensionSchema, one);
      if (dimension.kind !== "choice") requireBounds(name, dimension);
      return [name, dimension];
    }),
  );
}

/** Draws a point at which every setting is as likely anywhere, on its scale. */
export function samplePoint(dimensions: Dimensions, random: RandomGenerator): Point {
  return mapDimensions(dimensions, (dimension) =>
    dimension.kind === "choice" ? random.choice(dimension.of) : valueAt(dimension, random.uniform()),
  );
}

/**
 * Draws a point near another: numbers are moved by a normal step on their scale, choices exchanged now and then.
 *
 * @param step The standard deviation of the step, as a share of the whole range; also the chance that a choice is drawn anew.
 */
export function moveNear(dimensions: Dimensions, point: Point, step: number, random: RandomGenerator): Point {
  return mapDimensions(dimensions, (dimension, name) => {
    if (dimension.kind === "choice") return random.uniform() < step ? random.choice(dimension.of) : point[name]!;
    const moved = shareOf(dimension, point[name] as number) + random.normal(0, step);
    return valueAt(dimension, Math.min(1, Math.max(0, moved)));
  });
}

/**
 * Writes a point as numbers from 0 to 1: one for each number, by its scale, and one for each thing that a choice may be, 1 for the one
 * that it is.
 */
export function encodePoint(dimensions: Dimensions, point: Point): number[] {
  return Object.entries(dimensions).flatMap(([name, dimension]) =>
    dimension.kind === "choice"
      ? dimension.of.map((one) => (one === point[name] ? 1 : 0))
      : [shareOf(dimension, point[name] as number)],
  );
}

/** Says to which setting each number of {@link encodePoint} belongs. */
export function columnsOf(dimensions: Dimensions): string[] {
  return Object.entries(dimensions).flatMap(([name, dimension]) =>
    dimension.kind === "choice" ? dimension.of.map(() => name) : [name],
  );
}

/** Lists values of a setting from its least to its most, evenly on its scale; of a choice all, of whole numbers none twice. */
export function valuesOf(dimension: Dimension, count: number): (number | string | boolean)[] {
  if (dimension.kind === "choice") return [...dimension.of];
  const values = Array.from({ length: count }, (_, index) => valueAt(dimension, index / (count - 1)));
  return [...new Set(values)];
}

type Numeric = Exclude<Dimension, { readonly kind: "choice" }>;

// A whole number has the half to either side: each is as likely, and its share is the middle of what is rounded to it.
function endsOf({ kind, from, to, scale }: Numeric): readonly [low: number, high: number] {
  const half = kind === "whole" ? 0.5 : 0;
  const ends = [from - half, to + half] as const;
  return scale === "linear" ? ends : [Math.log(ends[0]), Math.log(ends[1])];
}

function shareOf(dimension: Numeric, value: number): number {
  const [low, high] = endsOf(dimension);
  return ((dimension.scale === "linear" ? value : Math.log(value)) - low) / (high - low);
}

function valueAt(dimension: Numeric, share: number): number {
  const { kind, from, to, scale } = dimension;
  const [low, high] = endsOf(dimension);
  const place = low + share * (high - low);
  const value = scale === "linear" ? place : Math.exp(place);
  return Math.min(to, Math.max(from, kind === "whole" ? Math.round(value) : value));
}

function mapDimensions(
  dimensions: Dimensions,
  of: (dimension: Dimension, name: string) => number | string | boolean,
): Point {
  return Object.fromEntries(Object.entries(dimensions).map(([name, dimension]) => [name, of(dimension, name)]));
}

function requireBounds(name: string, { kind, from, to, scale }: Numeric): void {
  const say = (what: string, hint: string) => new Problem(`The setting ${name} ${what}.`, hint);
  if (!(to > from)) throw say(`may be from ${from} to ${to}`, "Give a most that is above the least.");
  if (scale === "logarithmic" && !(from > 0))
    throw say(`is on a logarithmic scale from ${from}`, 'Give a least above 0, or scale: "linear".');
  if (kind === "whole" && !(Number.isInteger(from) && Number.isInteger(to)))
    throw say(`is a whole number from ${from} to ${to}`, "Give whole bounds.");
}

function isChoosable(given: unknown): boolean {
  return typeof given === "string" || typeof given === "boolean";
}
