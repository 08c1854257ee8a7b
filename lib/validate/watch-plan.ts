import { startProgress, type Progress } from "../display/progress";

/** What shows how far a plan is. */
export interface PlanWatch {
  /**
   * Shows the beginning.
   *
   * @param done Epochs that earlier runs had trained.
   */
  begin(done: number, total: number): void;

  /**
   * Shows that more is done.
   *
   * @param epochs Epochs since the last time; 0 to change the note alone.
   */
  advance(epochs: number, note: string): void;

  /** Shows the end. */
  end(note: string): void;
}

/**
 * Watches a plan: one bar over the epochs of all its units, with the time left and what the process that spoke last has said.
 *
 * @param title What is done; default: "validate".
 */
export function watchPlan(title = "validate"): PlanWatch {
  let progress: Progress | null = null;
  return {
    begin(done, total) {
      progress = startProgress({ title, total, before: done });
    },
    advance(epochs, note) {
      // It gives other work its turn where that is due; here nothing waits for it.
      void progress?.advance(epochs, note);
    },
    end(note) {
      progress?.finish(note);
    },
  };
}
