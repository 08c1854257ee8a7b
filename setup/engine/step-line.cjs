"use strict";

/** Milliseconds between two updates of a terminal's line, and between two lines of a log, which cannot be written over. */
const intervals = { terminal: 500, log: 30_000 };

/**
 * Shows that a step lives: in a terminal by one line that changes, elsewhere by a line every half a minute.
 *
 * @param {string} title What the step is.
 * @param {{ isTTY?: boolean, columns?: number, write(text: string): unknown }} output Where it is shown.
 * @param {number} [interval] Milliseconds between two updates; default: those of a terminal or of a log.
 * @returns {{ say(line: string): void, end(): void, seconds(): string }} Takes what the step says, and its end.
 */
function startStepLine(title, output, interval) {
  const terminal = output.isTTY === true;
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  let said = "";
  const draw = () => {
    const line = `${title} … ${seconds()}${said === "" ? "" : `  ${said}`}`;
    output.write(terminal ? `\r\x1b[2K${line.slice(0, (output.columns ?? 80) - 1)}` : `${line}\n`);
  };
  if (!terminal) output.write(`${title} …\n`);
  const clock = setInterval(draw, interval ?? (terminal ? intervals.terminal : intervals.log));
  return {
    say: (line) => void (said = line),
    end() {
      clearInterval(clock);
      if (terminal) output.write("\r\x1b[2K");
    },
    seconds,
  };
}

module.exports = { startStepLine };
