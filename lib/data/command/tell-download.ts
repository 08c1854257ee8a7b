import { startProgress, type Progress } from "../../display/progress";

/** Tells how far downloads are, a bar for each file. */
export interface DownloadTeller {
  /**
   * Tells that more of a file is there.
   *
   * @param total Bytes in all; null where nobody says.
   */
  tell(file: string, done: number, total: number | null): void;

  /** Ends the last bar. */
  finish(): void;
}

const megabyte = 1e6;

/**
 * Tells how far downloads are, in megabytes.
 *
 * @param start Starts a bar; default: {@link startProgress}.
 */
export function tellDownloads(start: typeof startProgress = startProgress): DownloadTeller {
  let [current, told]: [string | null, number] = [null, 0];
  let progress: Progress | null = null;
  return {
    tell(file, done, total) {
      if (current !== file) {
        progress?.finish();
        progress = start({ title: `${file}, MB`, total: Math.max(1, Math.ceil((total ?? done) / megabyte)) });
        [current, told] = [file, 0];
      }
      // The last megabyte, which is seldom whole, counts when all is there.
      const whole = done === total ? Math.ceil(done / megabyte) : Math.floor(done / megabyte);
      if (whole > told) void progress?.advance(whole - told);
      told = whole;
    },
    finish: () => progress?.finish(),
  };
}
