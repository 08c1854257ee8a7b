import { setImmediate } from "node:timers/promises";

import * as v from "valibot";

import { systemClock, type Clock } from "../runtime/environment";
import { flag, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { escapeHtml } from "./html";
import { hearCellEnd, openSlot, type CellEnd } from "./notebook";

/** Where progress is shown. */
export interface ProgressSink {
  /** Least seconds between two updates. */
  readonly interval: number;
  /**
   * Shows how far the work is.
   *
   * @param last Whether this is the last word on it.
   */
  draw(state: ProgressState, last: boolean): void;
}

/** How far a piece of work is. */
export interface ProgressState {
  readonly title: string;
  readonly done: number;
  readonly total: number;
  /** What else to say: the loss, the accuracy. */
  readonly note: string;
  /** Seconds since the start. */
  readonly elapsed: number;
  /** Seconds left, by the pace so far; null before the first unit is done. */
  readonly left: number | null;
  /** Whether it was stopped before all was done: its cell was interrupted, or has failed. */
  readonly stopped: boolean;
}

const progressOptions = v.strictObject({
  /** What is being done, "train". */
  title: v.string("a text"),
  /** Units in all, from 1. */
  total: wholeNumber({ from: 1 }),
  /** Units that were done before, by a run that this one carries on; they do not count for the pace. Default: 0. */
  before: v.optional(wholeNumber(), 0),
  /**
   * Whether the work ends where its cell is interrupted (■): `advance` then throws. Work that saves by itself listens by itself, and
   * only its bar ends. Default: false.
   */
  endsWithCell: v.optional(flag(), false),
  /** Where the time comes from; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
  /** Where it is shown; default: the notebook, else the terminal, else a plain line every 30 seconds. */
  sink: v.optional(passed<ProgressSink>("a sink"), chooseSink),
});

/**
 * How progress is told.
 *
 * @interface
 */
export type ProgressOptions = v.InferInput<typeof progressOptions>;

/** A piece of work that tells how far it is. */
export interface Progress {
  /**
   * Tells that more is done. It gives the page and the keyboard their turn, so that a bar moves and an interruption
   * arrives: await it.
   *
   * @throws {Problem} Where the cell was interrupted, and the work ends with it.
   * @param units Units done since the last call; default: 1.
   * @param note What else to say; default: what was said last.
   */
  advance(units?: number, note?: string): Promise<void>;

  /**
   * Tells the end. Called early, the bar stays where it is.
   *
   * @param note What came out of it; default: what was said last.
   */
  finish(note?: string): void;
}

/** Most seconds between two turns of other work: a page that is drawn, an interruption that arrives. */
const turnInterval = 0.1;

/**
 * Starts telling how far a piece of work is: a bar in a notebook, a line in a terminal, with the time left.
 *
 * @throws {Problem} Where the total is not a whole number from 1.
 */
export function startProgress(options: ProgressOptions): Progress {
  const { title, total, before, endsWithCell, clock, sink } = checkOptions("startProgress", progressOptions, options);

  const started = clock.seconds();
  let done = Math.min(before, total);
  let note = "";
  let drawn = started;
  let yielded = started;
  let ended: CellEnd | null = null;

  const state = (): ProgressState => {
    const elapsed = clock.seconds() - started;
    return {
      title,
      done,
      total,
      note,
      elapsed,
      left: done <= before ? null : (elapsed / (done - before)) * (total - done),
      stopped: ended !== null,
    };
  };

  sink.draw(state(), false);
  const deafen = hearCellEnd((how) => {
    ended = how;
    sink.draw(state(), true);
  });
  return {
    async advance(units = 1, text = note) {
      if (ended === "interrupted" && endsWithCell)
        throw new Problem(`The cell was interrupted, and "${title}" with it.`, "Run the cell again to go on.");
      done = Math.min(total, done + units);
      note = text;
      const now = clock.seconds();
      // What goes on after a failure, since it was not waited for, goes on telling.
      if (ended === "failed") ended = null;
      if (ended === null && now - drawn >= sink.interval) {
        drawn = now;
        sink.draw(state(), false);
      }
      // Also where little is drawn: a signal is heard only when other work has its turn.
      if (now - yielded >= turnInterval) {
        yielded = now;
        await setImmediate();
      }
    },
    finish(text = note) {
      deafen();
      if (ended === "interrupted" && done < total) return;
      ended = null;
      note = text;
      sink.draw(state(), true);
    },
  };
}

/**
 * Makes what tells the progress of work that calls back with how much is done: {@link startProgress} for work that learns
 * how much there is only when it begins.
 *
 * @returns Takes how much is done and how much there is in all; the bar ends when all is done.
 */
export function tellProgressOf(title: string): (done: number, total: number) => Promise<void> {
  let progress: Progress | null = null;
  let told = 0;
  return async (done, total) => {
    progress ??= startProgress({ title, total, endsWithCell: true });
    await progress.advance(done - told);
    told = done;
    if (done === total) progress.finish();
  };
}

/**
 * Writes a duration for a reader.
 *
 * @param seconds From 0.
 * @returns "8s", "3m12s", "2h05m".
 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}h${two(minutes)}m` : `${minutes}m${two(whole % 60)}s`;
}

/**
 * Writes how far a piece of work is as one line.
 *
 * @param last Whether it has ended.
 * @returns "train 37/150 | loss 0.4213 | 3m12s left".
 */
export function formatProgress(state: ProgressState, last: boolean): string {
  const { title, done, total, note, elapsed, left, stopped } = state;
  const time = stopped
    ? `stopped after ${formatDuration(elapsed)}: run the cell again to go on`
    : last
      ? `took ${formatDuration(elapsed)}`
      : left === null
        ? "starting"
        : `${formatDuration(left)} left`;
  return [`${title} ${done}/${total}`, note, time].filter((part) => part !== "").join(" | ");
}

function chooseSink(): ProgressSink {
  return notebookSink() ?? (process.stdout.isTTY ? terminalSink() : logSink());
}

function notebookSink(): ProgressSink | null {
  const slot = openSlot();
  if (slot === null) return null;
  return {
    interval: 0.1,
    draw(state, last) {
      const line = formatProgress(state, last);
      const share = ((100 * state.done) / state.total).toFixed(1);
      const bar = `<div style="height:100%;width:${share}%;background:${state.stopped ? "#8a8a8a" : "#009E73"}"></div>`;
      const frame = `role="progressbar" aria-valuenow="${share}" aria-valuemin="0" aria-valuemax="100" style="height:10px;max-width:480px;background:#e6e6e6;border-radius:5px;overflow:hidden"`;
      const text = `<div style="font-size:13px;font-variant-numeric:tabular-nums;margin-top:4px">${escapeHtml(line)}</div>`;
      slot.update({ "text/html": `<div ${frame}>${bar}</div>${text}`, "text/plain": line });
    },
  };
}

function terminalSink(): ProgressSink {
  return {
    interval: 0.1,
    draw(state, last) {
      // One line, written over itself; a longer one would leave its first row behind.
      const width = process.stdout.columns - 1;
      process.stdout.write(`\r\x1b[2K${formatProgress(state, last).slice(0, width)}${last ? "\n" : ""}`);
    },
  };
}

function logSink(): ProgressSink {
  return { interval: 30, draw: (state, last) => void process.stdout.write(`${formatProgress(state, last)}\n`) };
}
