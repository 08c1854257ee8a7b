/**
 * Names a run's folder after the moment it starts, so that folders sort by time.
 *
 * @param kind What kind of run, "study".
 * @param moment When it starts.
 * @returns "2026-11-23T16-15-03-study", in UTC, with nothing that a file system refuses.
 */
export function nameRun(kind: string, moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replaceAll(":", "-")}-${kind}`;
}
