import { deepEqual, equal, match } from "node:assert/strict";

import { tellProgress, type LineOutput } from "../../lib/study/progress-lines";

/** Lines told to a terminal (which can write over its last) or to a file, with a clock moved by hand. */
function tell(isTTY: boolean) {
  const bench = { written: "", time: 0 };
  const output: LineOutput = { isTTY, columns: 60, write: (text) => (bench.written += text) };
  const take = tellProgress("01_x.ipynb", output, { now: () => new Date(0), seconds: () => bench.time });
  return { bench, take };
}

describe("tellProgress(notebook, output, clock)", () => {
  it("tells each cell once it is done, and the whole time", () => {
    const { bench, take } = tell(false);
    take({ event: "start", cells: 12 });
    take({ event: "cell", number: 1, heading: "Settings" });
    take({ event: "done", number: 1, seconds: 2 });
    bench.time = 75;
    take({ event: "end" });
    deepEqual(bench.written.split("\n"), [
      "01_x.ipynb: 12 cells",
      "   1/12  Settings  (2s)",
      "01_x.ipynb: done in 1m15s",
      "",
    ]);
  });

  for (const [isTTY, where, expected] of [
    [false, "a file every half minute", 2],
    [true, "a terminal every second", 64],
  ] as const) {
    it(`tells ${where} for how long a cell runs and what it last said`, () => {
      const { bench, take } = tell(isTTY);
      take({ event: "start", cells: 1 });
      take({ event: "cell", number: 1, heading: "Search" });
      for (bench.time = 1; bench.time < 65; bench.time++) {
        take({ event: "tick" });
        if (bench.time === 20) take({ event: "say", text: "more\nreward 0.84" });
      }
      equal(bench.written.match(/1\/1 {2}Search …/g)?.length, isTTY ? expected + 1 : expected);
      match(bench.written, /1\/1 {2}Search … 1m00s {2}reward 0\.84/);
    });
  }

  it("keeps a terminal's line on one line", () => {
    const { bench, take } = tell(true);
    take({ event: "cell", number: 1, heading: "x".repeat(200) });
    equal(bench.written.replace("\r\x1b[2K", "").length, 59);
  });
});
