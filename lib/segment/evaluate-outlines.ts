import * as v from "valibot";

import type { TableCell } from "../display/table";
import { number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { bootstrapByGroup, type BootstrapInterval } from "../statistics/bootstrap-by-group";
import { quantile } from "../statistics/summary";
import type { OutlineRow } from "./outline-rows";

const evaluateOptions = v.strictObject({
  /** How often patients are drawn for the intervals, from 1; default: 2000. */
  replicates: v.optional(wholeNumber({ from: 1 }), 2000),
  /** How often such intervals hold the true value, between 0 and 1; default: 0.95. */
  confidence: v.optional(number({ above: 0, below: 1 }), 0.95),
  /** The seed of what is drawn; default: 1. */
  seed: v.optional(wholeNumber(), 1),
});

/** How outlines are evaluated. @interface */
export type EvaluateOutlinesOptions = v.InferInput<typeof evaluateOptions>;

/** What is measured of outlines. */
export type OutlineMeasure =
  "dice" | "intersectionOverUnion" | "hausdorff95" | "hausdorff95Millimetres" | "boxesOfHalf" | "boxesOfThreeQuarters";

/** The measures: their titles, and the value of one image; null where it is not defined for that. */
const measures: Readonly<
  Record<OutlineMeasure, { readonly title: string; readonly of: (row: OutlineRow) => number | null }>
> = {
  dice: { title: "Dice", of: ({ agreement }) => agreement!.dice },
  intersectionOverUnion: { title: "IoU", of: ({ agreement }) => agreement!.intersectionOverUnion },
  hausdorff95: { title: "HD95, pixels", of: ({ agreement }) => agreement!.hausdorff95 },
  hausdorff95Millimetres: { title: "HD95, mm", of: ({ agreement }) => agreement!.hausdorff95Millimetres },
  boxesOfHalf: {
    title: "boxes of IoU ≥ .5",
    of: ({ agreement }) => (agreement!.boxIntersectionOverUnion >= 0.5 ? 1 : 0),
  },
  boxesOfThreeQuarters: {
    title: "boxes of IoU ≥ .75",
    of: ({ agreement }) => (agreement!.boxIntersectionOverUnion >= 0.75 ? 1 : 0),
  },
};

/** The measures, in their order. */
const measureNames = Object.keys(measures) as OutlineMeasure[];

/** What was measured of a group of images. */
export interface OutlineGroup {
  /** What they have in common: "all", "malignant", "device GE Logiq 7". */
  readonly group: string;
  readonly images: number;
  readonly patients: number;
  /** Images in which nothing was found. */
  readonly nothingFound: number;
  /** Images whose outline has nothing in common with the expert's, those in which nothing was found among them. */
  readonly missed: number;
  /** Means over the images for which they are defined, each with an interval over patients. */
  readonly measures: Readonly<Record<OutlineMeasure, BootstrapInterval>>;
}

/**
 * Evaluates outlines against the expert's: means over images, with intervals that draw patients, as images of one patient are not
 * independent. An image in which nothing was found has a Dice coefficient of 0, and no distance.
 *
 * @param rows What was found, each image once.
 * @returns All images; then those of each class, of each third by the lesion's share of the picture, of each device, and of each fold.
 * @throws {Problem} Where no image has an expert's mask, or one stands there twice.
 */
export function evaluateOutlines(rows: readonly OutlineRow[], options: EvaluateOutlinesOptions = {}): OutlineGroup[] {
  const { replicates, confidence, seed } = checkOptions("evaluateOutlines", evaluateOptions, options);
  const known = rows.filter(({ agreement }) => agreement !== null);
  if (known.length === 0) {
    throw new Problem(
      `None of ${rows.length} images has an expert's mask: there is nothing that outlines could be held against.`,
      "Evaluate a set with masks.",
    );
  }
  if (new Set(known.map(({ id }) => id)).size < known.length)
    throw new Problem("An image stands twice among the outlines.", "Give those of one cross-fitting.");
  const random = createRandom(seed);
  return [...groupsOf(known)].map(([group, own]) => {
    const statisticOf = (name: OutlineMeasure) => {
      const values = own.map((row) => measures[name].of(row));
      return (places: readonly number[]) => {
        let [sum, count] = [0, 0];
        for (const place of places) {
          const value = values[place] ?? null;
          if (value === null) continue;
          sum += value;
          count += 1;
        }
        return count === 0 ? null : sum / count;
      };
    };
    const groups = own.map(({ id, patient }) => (patient === null ? `image ${id}` : `patient ${patient}`));
    return {
      group,
      images: own.length,
      patients: new Set(groups).size,
      nothingFound: own.filter(({ found }) => !found).length,
      missed: own.filter(({ agreement }) => agreement!.dice === 0).length,
      measures: bootstrapByGroup({
        ...{ groups, replicates, confidence, random: random.split(group) },
        statistics: Object.fromEntries(measureNames.map((name) => [name, statisticOf(name)])) as Record<
          OutlineMeasure,
          ReturnType<typeof statisticOf>
        >,
      }),
    };
  });
}

function groupsOf(rows: readonly OutlineRow[]): Map<string, readonly OutlineRow[]> {
  const shares = rows.map(({ agreement }) => agreement!.lesionShare);
  const [low, high] = [quantile(shares, 1 / 3), quantile(shares, 2 / 3)];
  const percent = (value: number) => `${(100 * value).toPrecision(2)} %`;
  const sizeOf = (value: number) =>
    value <= low
      ? `lesion up to ${percent(low)} of the picture`
      : value <= high
        ? `lesion of ${percent(low)} to ${percent(high)}`
        : `lesion over ${percent(high)}`;
  const groups = new Map<string, readonly OutlineRow[]>([["all", rows]]);
  const divide = (nameOf: (row: OutlineRow) => string | null) => {
    const found = [...new Set(rows.map(nameOf))].filter((name) => name !== null);
    if (found.length < 2) return;
    for (const name of found.sort((a, b) => a.localeCompare(b, "en", { numeric: true })))
      groups.set(
        name,
        rows.filter((row) => nameOf(row) === name),
      );
  };
  divide(({ label }) => label);
  const sizes = new Map(rows.map(({ id }, index) => [id, sizeOf(shares[index]!)]));
  // By size, not by name.
  for (const value of [low, (low + high) / 2, Infinity]) {
    const name = sizeOf(value);
    const own = rows.filter(({ id }) => sizes.get(id) === name);
    if (own.length > 0 && own.length < rows.length) groups.set(name, own);
  }
  divide(({ device }) => device);
  divide(({ fold }) => fold);
  return groups;
}

/**
 * Makes a table of outlines that were evaluated, to be shown by `showTable`.
 *
 * @returns One row a group: each measure as "0.871 [0.862, 0.879]"; one that is defined for none of the images is left out.
 */
export function outlineTable(groups: readonly OutlineGroup[]): Record<string, TableCell>[] {
  const shown = measureNames.filter((name) => groups.some((group) => group.measures[name].estimate !== null));
  return groups.map(({ group, images, patients, nothingFound, missed, measures: found }) => ({
    ...{ group, images, patients },
    ...Object.fromEntries(
      shown.map((name) => [measures[name].title, formatInterval(found[name], name.startsWith("hausdorff") ? 1 : 3)]),
    ),
    ...{ "nothing found": nothingFound, missed },
  }));
}

function formatInterval({ estimate, low, high }: BootstrapInterval, digits: number): string | null {
  if (estimate === null) return null;
  const interval = low === null || high === null ? "" : ` [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
  return `${estimate.toFixed(digits)}${interval}`;
}
