import { formatInterval } from "../display/number";

/**
 * Writes a difference with its sign.
 *
 * @returns "+0.012", "−0.004"; "0.000" for what rounds to nothing.
 */
export function formatSigned(value: number): string {
  const text = Math.abs(value).toFixed(3);
  // A difference that rounds to nothing has no sign.
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/**
 * Writes a difference with its interval.
 *
 * @returns "+0.012 [−0.004, +0.028]"; "+0.012" without an interval; "not defined".
 */
export function formatDifference(difference: {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}): string {
  const { estimate, low, high } = difference;
  if (estimate === null) return "not defined";
  return (
    formatSigned(estimate) + (low === null || high === null ? "" : ` [${formatSigned(low)}, ${formatSigned(high)}]`)
  );
}

/** Writes a value as cells show it: "0.912 [0.871, 0.945]", "0.912" without an interval, "not defined". */
export function formatValue(value: number | null, low: number | null = null, high: number | null = null): string {
  return formatInterval(value, low, high, 3);
}
