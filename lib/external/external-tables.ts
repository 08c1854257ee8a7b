import { formatDifference, formatValue } from "../compare/format-difference";
import { formatFixed, formatInterval } from "../display/number";
import type { TableCell } from "../display/table";
import type { CalibrationValues } from "../evaluate/clinical-use";
import type { Estimate } from "../evaluate/estimate";
import { firstMeasures, measureTitles, type FirstMeasure } from "../evaluate/measures";
import { kendallTau } from "../statistics/kendall-tau";
import { ranksOf } from "../statistics/area-under-curve";
import type { ExternalResult } from "./judge-external";
import type { RecalibrationPoint } from "./recalibrate";

/** Writes the difference of a measure on both sides: "−0.087 [−0.308, +0.124]". */
export function sayDifference({ differences }: Pick<ExternalResult, "differences">, measure: FirstMeasure): string {
  const found = differences[measure];
  return found === null
    ? "no interval"
    : formatDifference({ estimate: found.difference, low: found.low, high: found.high });
}

const say = ({ value, low, high }: Estimate) => formatValue(value, low, high);

/**
 * Makes the table of an external test: each measure on the own tested images, on the other set by the mean network and by all together,
 * and the difference of the mean network.
 *
 * @returns Four rows a model.
 */
export function externalTable(results: readonly ExternalResult[]): Record<string, TableCell>[] {
  return results.flatMap((result) =>
    firstMeasures.map((name) => {
      const { model, own, each, together } = result;
      return {
        model,
        measure: measureTitles[name],
        "own tested images": say(own.measures[name]),
        "other set, mean network": say(each.measures[name]),
        "other set, all together": say(together.measures[name]),
        difference: sayDifference(result, name),
      };
    }),
  );
}

/** Makes the table of calibration on both sides, per patient, with the temperatures that came along: one row a model. */
export function externalCalibrationTable(results: readonly ExternalResult[]): Record<string, TableCell>[] {
  const of = (values: CalibrationValues, name: "intercept" | "slope") => {
    const { value, low, high } = values[name];
    return formatInterval(value, low, high, 2);
  };
  return results.map(({ model, calibration: { own, external } }) => ({
    model,
    "in the large, own (0 is right)": of(own, "intercept"),
    "in the large, other set": of(external, "intercept"),
    "slope, own (1 is right)": of(own, "slope"),
    "slope, other set": of(external, "slope"),
  }));
}

/** How the order of models changes from one set to the other. */
export interface RankChanges {
  /** One row a model, in the order of the study's own ranks. */
  readonly rows: Record<string, TableCell>[];
  /** Kendall's rank correlation of the areas on both sides; null with fewer than three models, or where all are equal. */
  readonly tau: number | null;
}

/** Compares the ranks of models by the area under the curve on both sides. Equal models share the mean of their ranks. */
export function rankChanges(results: readonly ExternalResult[]): RankChanges {
  const known = results.flatMap(({ model, own, each }) => {
    const [here, there] = [own, each].map(({ measures }) => measures.areaUnderCurve.value);
    return here == null || there == null ? [] : [{ model, here, there }];
  });
  const down = (values: readonly number[]) => ranksOf(values.map((value) => -value));
  const [own, other] = [down(known.map(({ here }) => here)), down(known.map(({ there }) => there))];
  const rows = known
    .map(({ model, here, there }, index) => ({
      model,
      "own rank": own[index]!,
      "rank on the other set": other[index]!,
      change: own[index]! - other[index]!,
      "own AUC": here.toFixed(3),
      "AUC on the other set": there.toFixed(3),
    }))
    .sort((a, b) => a["own rank"] - b["own rank"]);
  const different = (of: "here" | "there") => new Set(known.map((one) => one[of])).size > 1;
  const tau =
    known.length < 3 || !different("here") || !different("there")
      ? null
      : kendallTau(
          known.map(({ here }) => here),
          known.map(({ there }) => there),
        ).value;
  return { rows, tau };
}

/**
 * Makes the table of what images of the other hospital are worth: one row for each number and kind. "too high by" is of the mean
 * probability, "no fit" counts draws.
 */
export function recalibrationTable(points: readonly RecalibrationPoint[]): Record<string, TableCell>[] {
  return points.map(({ images, kind, unfitted, ...measured }) => {
    const of = (name: keyof typeof measured, digits = 3) => {
      const { mean, low, high } = measured[name];
      return images === 0
        ? formatFixed(mean, digits)
        : `${formatFixed(mean, digits)} (${formatFixed(low, digits)} to ${formatFixed(high, digits)})`;
    };
    return {
      images,
      changed: kind,
      "log loss": of("logLoss"),
      "too high by": of("tooHigh", 2),
      accuracy: of("accuracy", 2),
      sensitivity: of("sensitivity", 2),
      specificity: of("specificity", 2),
      "no fit": unfitted,
    };
  });
}
