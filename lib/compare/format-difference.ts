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
