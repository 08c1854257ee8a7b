import { formatDuration } from "../display/progress";
import type { Clock } from "../runtime/environment";
import type { NotebookEvent } from "./run-notebook";

/** What is told: what happens in the notebook, and that time passes. */
export type ProgressEvent = NotebookEvent | { readonly event: "tick" };

/** Where the lines go: a terminal that can write over its last line, or a file that cannot. */
export interface LineOutput {
  /** Whether the last line can be written over. */
  readonly isTTY?: boolean | undefined;
  /** Characters in a line of the terminal. */
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Least seconds between two lines about a cell that is still running, where lines cannot be written over. */
const plainInterval = 30;

/** Least seconds between two updates of a terminal's line. */
const liveInterval = 0.1;

/**
 * Turns the events of a running notebook into lines for a reader: each cell once it is done, and, while it runs, for how
 * long and the last thing that it said.
 *
 * @returns Takes the events.
 */
export function tellProgress(notebook: string, output: LineOutput, clock: Clock): (event: ProgressEvent) => void {
  const live = output.isTTY === true;
  const started = clock.seconds();
  let cells = 0;
  let current = "";
  let said = "";
  let began = started; // the cell
  let last = started; // the line about it

  const lineOver = (text: string) => output.write(`\r\x1b[2K${text.slice(0, (output.columns ?? 80) - 1)}`);
  const line = (text: string) => output.write(`${live ? "\r\x1b[2K" : ""}${text}\n`);
  const running = () => `${current} … ${formatDuration(clock.seconds() - began)}${said === "" ? "" : `  ${said}`}`;
  const place = (number: number) => `  ${String(number).padStart(String(cells).length)}/${cells}`;

  return (event) => {
    const now = clock.seconds();
    switch (event.event) {
      case "start":
        cells = event.cells;
        line(`${notebook}: ${cells} cells`);
        break;
      case "cell":
        current = `${place(event.number)}  ${event.heading}`;
        [said, began, last] = ["", now, now];
        if (live) lineOver(running());
        break;
      case "say":
      case "tick":
        if (event.event === "say") said = event.text.split("\n").slice(-1)[0] ?? "";
        if (current === "" || now - last < (live ? liveInterval : plainInterval)) break;
        last = now;
        (live ? lineOver : line)(running());
        break;
      case "done":
        line(`${current}  (${formatDuration(event.seconds)})`);
        current = "";
        break;
      case "failed":
        line(`${current}  FAILED`);
        break;
      case "end":
        line(`${notebook}: done in ${formatDuration(now - started)}`);
    }
  };
}
