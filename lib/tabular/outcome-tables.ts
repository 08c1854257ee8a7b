import { formatFixed } from "../display/number";
import type { TableCell } from "../display/table";
import { mean } from "../statistics/summary";
import { armsOf, judgeNested } from "./judge-nested";
import type { ReferenceOutcome } from "./judge-reference";
import type { ScoreOutcome } from "./judge-scores";
import type { NestedRow } from "./nested-rows";
import type { Outcome, SpaceComparison } from "./outcomes";

type TableRows = Record<string, TableCell>[];

const number = (value: number | null, digits = 3) => (value === null ? null : formatFixed(value, digits));
const interval = (ends: readonly [number, number] | null, digits: number) =>
  ends === null ? null : `[${formatFixed(ends[0], digits)}, ${formatFixed(ends[1], digits)}]`;

/** Makes the table of how reliable labels are: a row a number. */
export function fidelityTable(outcomes: readonly Outcome[]): TableRows {
  return outcomes.map(({ what, value, low, high, networks }) => ({
    ...{ "what it is": what, value: number(value) },
    ...{ "95 %": low === null || high === null ? null : interval([low, high], 3), networks },
  }));
}

/** Makes the table of spaces as distributions: a row for each that is held against the first. */
export function spacesTable(comparisons: readonly SpaceComparison[]): TableRows {
  return comparisons.map(({ spaces, means, bestTenth, probability, p }) => ({
    ...{ spaces, "mean, first": number(means[0]), "mean, second": number(means[1]) },
    ...{ "best tenth, first": number(bestTenth[0]), "best tenth, second": number(bestTenth[1]) },
    ...{ "first above second": number(probability), "p (Mann–Whitney, Holm)": number(p) },
  }));
}

/** Makes the table of how well scores order networks: a row a score. */
export function scoresTable(outcomes: readonly ScoreOutcome[]): TableRows {
  return outcomes.map(({ score, networks, supernets, tau, interval: ends, partial, partialInterval }) => ({
    ...{ score, networks, supernets },
    τ: `${formatFixed(tau, 2)} ${interval(ends, 2)}`,
    "τ given size": `${formatFixed(partial, 2)} ${interval(partialInterval, 2)}`,
  }));
}

/** Makes the table of what was tested on outer folds: a row for each arm, and for each network beside them. */
export function testedTable(rows: readonly NestedRow[]): TableRows {
  return [...new Set(rows.map(({ arm }) => arm))].map((arm) => {
    const own = rows.filter((row) => row.arm === arm);
    const areas = own.map((row) => mean(row.areas));
    const over = (of: (row: NestedRow) => number) => Math.round(mean(own.map(of)));
    return {
      ...{ arm, "tested networks": own.length, "mean area": number(mean(areas), 4) },
      "least and most": `${formatFixed(Math.min(...areas), 3)} to ${formatFixed(Math.max(...areas), 3)}`,
      ...{ parameters: over((row) => row.parameters), "multiply-adds": over((row) => row.multiplyAdds) },
      ...{ "trainings of a search": own[0]!.search === null ? null : over((row) => row.trainings) },
      "CPU seconds of a search": own[0]!.search === null ? null : over((row) => row.cpuSeconds),
    };
  });
}

/** Makes the table of searches on outer folds: a row for each arm that is held against the first. */
export function nestedTable(rows: readonly NestedRow[]): TableRows {
  const [reference, ...others] = armsOf(rows);
  return others.map((arm) => {
    const { difference, interval: ends, pairs, equivalent } = judgeNested(rows, arm, reference!);
    return {
      ...{ arms: `${arm} less ${reference!}`, "difference of areas": number(difference, 4), "95 %": interval(ends, 4) },
      ...{ pairs, "within ± .003": equivalent },
    };
  });
}

/** Makes the table of winners against networks that nobody searched for: a row a comparison. */
export function referencesTable(outcomes: readonly ReferenceOutcome[]): TableRows {
  return outcomes.map(({ arm, reference, difference, ofNetworks, ofSearches, folds, ...rest }) => ({
    ...{ networks: `${arm} less ${reference}`, "difference of areas": number(difference, 4), "outer folds": folds },
    ...{ "95 %, these networks": interval(ofNetworks, 4), "95 %, searches to come": interval(ofSearches, 4) },
    ...{
      parameters: `${formatFixed(rest.parameters, 2)} ×`,
      "multiply-adds": `${formatFixed(rest.multiplyAdds, 2)} ×`,
    },
    dominates: rest.dominates,
  }));
}
