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
