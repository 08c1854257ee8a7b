import type { TableCell } from "../display/table";
import { median, quantile, type Interval } from "../statistics/summary";
import type { CaseName, ContenderName, ImageSize } from "./cases";
import type { Conducted } from "./conduct";
import { spoilingLoad } from "./other-load";

/** What one contender needed in a case. */
export interface Result {
  /** What computed, in its own words; for PyTorch with the memory format that was the faster. */
  readonly about: string;
  /** The median of the steps' wall times, in milliseconds. */
  readonly medianMs: number;
  /** The first and the third quartile of them, in milliseconds. */
  readonly quartilesMs: Interval;
  /** Each of them, in order, in milliseconds. */
  readonly stepsMs: readonly number[];
  /** The most memory that was resident in its process, in units of 2²⁰ bytes. */
  readonly peakRssMb: number;
}

/** What was measured in a case. A figure is null where that contender was not measured. */
export interface CaseReport {
  readonly case: CaseName;
  readonly size: ImageSize;
  /** The median of a step of this library, in milliseconds. */
  readonly oursMs: number | null;
  /** That of TensorFlow.js's own operations. */
  readonly stockMs: number | null;
  /** That of PyTorch. */
  readonly torchMs: number | null;
  /** The time of this library by that of TensorFlow.js's own operations, below 1 where it is faster. */
  readonly oursToStock: number | null;
  /** The time of this library by that of PyTorch. */
  readonly oursToTorch: number | null;
  /** The most memory that was resident in the process of this library, in units of 2²⁰ bytes. */
  readonly peakRssMb: number | null;
  /** That of TensorFlow.js's own operations. */
  readonly stockPeakRssMb: number | null;
  /** That of PyTorch. */
  readonly torchPeakRssMb: number | null;
  readonly rounds: number;
  /** How busy the machine was with something else while all contenders waited, 0 to 1: it should be near 0. */
  readonly otherLoad: number;
  readonly results: Readonly<Partial<Record<ContenderName, Result>>>;
}

/** What the benchmark measured. */
export interface BenchmarkReport {
  /** Each case and size, in the order in which they were measured. */
  readonly cases: readonly CaseReport[];
  /** The machine, in words. */
  readonly machine: string;
  readonly threads: number;
}

/**
 * Sums up what was measured in a case.
 *
 * @param conducted What each contender did, at least one step, and how busy the machine was.
 */
export function reportCase(name: CaseName, size: ImageSize, conducted: Conducted): CaseReport {
  const { performances, otherLoad } = conducted;
  const results: Partial<Record<ContenderName, Result>> = {};
  for (const { contender, about, milliseconds, peakRssMb } of performances) {
    results[contender] = {
      about,
      medianMs: median(milliseconds),
      quartilesMs: { low: quantile(milliseconds, 0.25), high: quantile(milliseconds, 0.75) },
      stepsMs: milliseconds,
      peakRssMb,
    };
  }
  const { ours, stock, torch } = results;
  const ratio = (other: Result | undefined) =>
    ours === undefined || other === undefined ? null : ours.medianMs / other.medianMs;
  return {
    case: name,
    size,
    oursMs: ours?.medianMs ?? null,
    stockMs: stock?.medianMs ?? null,
    torchMs: torch?.medianMs ?? null,
    oursToStock: ratio(stock),
    oursToTorch: ratio(torch),
    peakRssMb: ours?.peakRssMb ?? null,
    stockPeakRssMb: stock?.peakRssMb ?? null,
    torchPeakRssMb: torch?.peakRssMb ?? null,
    rounds: performances[0]?.milliseconds.length ?? 0,
    otherLoad,
    results,
  };
}

/** Warns, in a sentence, where the machine was busy with something else; "" where it was quiet. */
export function warnOfLoad(report: BenchmarkReport): string {
  const worst = Math.max(0, ...report.cases.map(({ otherLoad }) => otherLoad));
  if (worst < spoilingLoad) return "";
  return `Other programs kept up to ${Math.round(100 * worst)} % of the processors busy: these times, PyTorch's above all, say little.`;
}

/** What the contenders are called where a person reads it. */
export const titles: Readonly<Record<ContenderName, string>> = {
  ours: "SonoNAS",
  stock: "TensorFlow.js",
  torch: "PyTorch",
};

/**
 * Makes the rows of a table of what was measured: one for each case and size.
 *
 * @returns The rows: medians in milliseconds with quartiles, how many times faster this library is, peaks of memory.
 */
export function tableOfReport(report: BenchmarkReport): Record<string, TableCell>[] {
  const contenders = (["ours", "stock", "torch"] as const).filter((contender) =>
    report.cases.some(({ results }) => results[contender] !== undefined),
  );
  return report.cases.map(({ case: name, size, results, oursToStock, oursToTorch }) => {
    const row: Record<string, TableCell> = { case: name, image: `${size}×${size}` };
    for (const contender of contenders) row[`${titles[contender]}, ms`] = describeTime(results[contender]);
    if (contenders.includes("ours")) {
      if (contenders.includes("stock")) row["faster than TensorFlow.js"] = describeGain(oursToStock);
      if (contenders.includes("torch")) row["faster than PyTorch"] = describeGain(oursToTorch);
    }
    row["peak memory, GB"] = contenders.map((contender) => describeMemory(results[contender])).join(" / ");
    return row;
  });
}

function describeTime(result: Result | undefined): string {
  if (result === undefined) return "–";
  const { low, high } = result.quartilesMs;
  return `${result.medianMs.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)})`;
}

const describeMemory = (result: Result | undefined) =>
  result === undefined ? "–" : (result.peakRssMb / 1024).toFixed(1);

/**
 * Says how many times faster something is.
 *
 * @param ratio Its time by the other's; null where one of them was not measured.
 * @returns "2.50×", below 1 where it is slower; a dash for null.
 */
export function describeGain(ratio: number | null): string {
  return ratio === null ? "–" : `${(1 / ratio).toFixed(2)}×`;
}
