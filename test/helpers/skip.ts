/**
 * Skips a test, or in a hook all tests of its group, and says why in the report.
 *
 * @param context The test's or the hook's `this`.
 * @param reason What is not there.
 */
export function skip(context: Mocha.Context, reason: string): never {
  process.stdout.write(`    skipped: ${reason}\n`);
  context.skip();
}
