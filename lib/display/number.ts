/**
 * Writes a number as papers print it: with a minus sign, not a hyphen, and without a sign where it rounds to nothing.
 *
 * @param digits Digits behind the point.
 * @returns "0.50", "−0.27"; "0.00" of −0.001.
 */
export function formatFixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/**
 * Writes a value with its interval, as cells show it.
 *
 * @param digits Digits behind the point.
 * @returns "0.91 [0.87, 0.94]"; "0.91" without an interval; "not defined".
 */
export function formatInterval(value: number | null, low: number | null, high: number | null, digits: number): string {
  if (value === null) return "not defined";
  const interval = low === null || high === null ? "" : ` [${formatFixed(low, digits)}, ${formatFixed(high, digits)}]`;
  return formatFixed(value, digits) + interval;
}
