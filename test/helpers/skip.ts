/**
 * Skips a test and says why, where it is read: in the report.
 *
 * @param context The test's `this`.
 * @param reason What is not there.
 */
export function skip(context: Mocha.Context, reason: string): never {
  if (context.test) context.test.title += ` (skipped: ${reason})`;
  context.skip();
}
