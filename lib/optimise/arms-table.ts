import type { TableCell } from "../display/table";
import { mean, standardDeviation } from "../statistics/summary";
import { compareArms, type ArmResult } from "./run-arms";

/**
 * Makes a table of arms: what they chose by, what that is worth on other folds, what it costs, and what the looking took.
 *
 * @returns A row an arm; with one seed without a spread.
 */
export function armsTable(results: readonly ArmResult[]): Readonly<Record<string, TableCell>>[] {
  const differences = new Map(compareArms(results).map((one) => [one.other, one]));
  const names = [...new Set(results.map(({ arm }) => arm))];
  return names.map((arm): Readonly<Record<string, TableCell>> => {
    const own = results.filter((one) => one.arm === arm);
    const found = own.flatMap(({ optimisation }) => optimisation ?? []);
    const worth = own.map(({ areas }) => mean([...areas]));
    const one = differences.get(arm);
    const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
    return {
      arm,
      runs: own.length,
      "chosen by": found.length === 0 ? null : round(mean(found.map(({ best }) => best.value))),
      "on other folds": round(mean(worth)),
      "SD of runs": worth.length < 2 ? null : round(standardDeviation(worth, 1)),
      "first arm less this": one === undefined ? null : signed(one.difference),
      "95 % interval": one === undefined || one.low === null ? null : `[${signed(one.low)}, ${signed(one.high!)}]`,
      parameters: found.length === 0 ? null : Math.round(mean(found.map(({ best }) => best.parameters))),
      "processor minutes":
        found.length === 0
          ? null
          : Math.round(mean(found.map(({ seconds }) => seconds.reduce((sum, each) => sum + each, 0))) / 60),
    };
  });
}

function round(area: number): number {
  return Number(area.toFixed(4));
}
