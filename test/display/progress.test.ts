import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";

import {
  formatDuration,
  formatProgress,
  startProgress,
  tellProgressOf,
  type ProgressState,
} from "../../lib/display/progress";
import { captureBundles } from "../helpers/capture";

/** A clock that stands still until it is moved, and a sink that keeps what it was told. */
function bench(interval = 0) {
  const drawn: { state: ProgressState; last: boolean }[] = [];
  const bench = {
    time: 0,
    drawn,
    clock: { now: () => new Date(0), seconds: () => bench.time },
    sink: { interval, draw: (state: ProgressState, last: boolean) => void drawn.push({ state, last }) },
  };
  return bench;
}

describe("startProgress(options)", () => {
  it("tells what is left by the pace so far", async () => {
    const { clock, sink, drawn, ...rest } = bench();
    const moving = Object.assign(rest, { clock: { ...clock, seconds: () => moving.time } });
    const progress = startProgress({ title: "train", total: 10, clock: moving.clock, sink });
    moving.time = 4;
    await progress.advance(2, "loss 0.5");
    deepEqual(drawn.at(-1)?.state, {
      title: "train",
      done: 2,
      total: 10,
      note: "loss 0.5",
      elapsed: 4,
      left: 16,
      stopped: false,
    });
  });

  it("begins where an earlier run ended, whose units do not count for the pace", async () => {
    const { sink, drawn } = bench();
    let time = 0;
    const clock = { now: () => new Date(0), seconds: () => time };
    const progress = startProgress({ title: "train", total: 10, before: 6, clock, sink });
    deepEqual([drawn[0]!.state.done, drawn[0]!.state.left], [6, null]);
    time = 4;
    await progress.advance(2);
    deepEqual([drawn.at(-1)!.state.done, drawn.at(-1)!.state.left], [8, 4]);
    startProgress({ title: "train", total: 10, before: 12, clock, sink });
    equal(drawn.at(-1)!.state.done, 10);
  });

  it("draws no more often than the sink wants, but always the end", async () => {
    const { clock, sink, drawn } = bench(30);
    const progress = startProgress({ title: "train", total: 100, clock, sink });
    for (let step = 0; step < 100; step++) await progress.advance();
    equal(drawn.length, 1);
    progress.finish();
    deepEqual(
      drawn.map(({ state, last }) => [state.done, last]),
      [
        [0, false],
        [100, true],
      ],
    );
  });

  it("lets other work have its turn ten times a second, also where it draws rarely", async () => {
    const { sink } = bench(30);
    let time = 0;
    const progress = startProgress({
      title: "train",
      total: 9,
      clock: { now: () => new Date(0), seconds: () => time },
      sink,
    });
    let turns = 0;
    const count = () => void (turns += 1);
    for (const [moment, expected] of [
      [0.05, 0],
      [0.1, 1],
      [0.15, 1],
      [0.25, 2],
    ] as const) {
      time = moment;
      const waiting = setImmediate(count);
      await progress.advance();
      clearImmediate(waiting);
      equal(turns, expected, String(moment));
    }
  });

  it("keeps to the total and to the last note", async () => {
    const { clock, sink, drawn } = bench();
    const progress = startProgress({ title: "train", total: 2, clock, sink });
    await progress.advance(5, "note");
    await progress.advance();
    deepEqual([drawn.at(-1)?.state.done, drawn.at(-1)?.state.note], [2, "note"]);
  });

  it("refuses a total that is none, and an option that is none", () => {
    for (const total of [0, -1, 2.5, NaN])
      throws(() => startProgress({ title: "train", total }), /expected a whole number from 1/);
    throws(
      () => startProgress({ title: "t", total: 1, tottal: 2 } as never),
      /no option "tottal". Did you mean "total"/,
    );
  });
});

describe("a bar whose cell ends before its time", () => {
  const shown = captureBundles();
  const end = (how: "interrupted" | "failed") => (process as NodeJS.EventEmitter).emit("sononas:cell-ended", how);
  const line = () => shown.last()["text/plain"];

  it("says so, tells what to do, and moves no more", async () => {
    const progress = startProgress({ title: "train", total: 10 });
    await progress.advance(4, "loss 0.5");
    end("interrupted");
    match(line(), /^train 4\/10 \| loss 0\.5 \| stopped after \d+s: run the cell again to go on$/);
    const count = shown.all().length;
    await new Promise((resolve) => setTimeout(resolve, 120));
    await progress.advance(1);
    progress.finish();
    equal(shown.all().length, count);
  });

  it("ends the work that cannot save, where the reader has interrupted it", async () => {
    const tell = tellProgressOf("look");
    await tell(1, 3);
    end("interrupted");
    await rejects(tell(2, 3), /"look"/);
  });

  it("goes on telling of work that nobody waited for, where another cell has failed", async () => {
    const tell = tellProgressOf("look");
    await tell(1, 3);
    end("failed");
    match(line(), /stopped after/);
    await tell(3, 3);
    match(line(), /^look 3\/3 \| took/);
  });

  it("is left alone once it has ended", () => {
    startProgress({ title: "train", total: 1 }).finish("loss 0.1");
    end("interrupted");
    match(line(), /took/);
  });
});

describe("tellProgressOf(title)", () => {
  const shown = captureBundles();

  it("begins when the work tells how much there is, and ends when all is done", async () => {
    const tell = tellProgressOf("look");
    equal(shown.all().length, 0);
    await tell(1, 3);
    await tell(3, 3);
    match(shown.last()["text/plain"], /^look 3\/3 \| took/);
  });
});

describe("formatProgress(state, last)", () => {
  const state = { title: "search", done: 37, total: 150, note: "reward 0.84", elapsed: 60, left: 192, stopped: false };

  it("writes one line with the time left", () => {
    equal(formatProgress(state, false), "search 37/150 | reward 0.84 | 3m12s left");
  });

  it("says that it was stopped, and what to do", () => {
    const stopped = { ...state, stopped: true };
    equal(
      formatProgress(stopped, true),
      "search 37/150 | reward 0.84 | stopped after 1m00s: run the cell again to go on",
    );
  });

  it("says how long it took at the end", () => {
    equal(formatProgress({ ...state, done: 150, left: 0 }, true), "search 150/150 | reward 0.84 | took 1m00s");
  });

  it("knows no time left before the first step, and leaves out an empty note", () => {
    equal(formatProgress({ ...state, done: 0, left: null, note: "" }, false), "search 0/150 | starting");
  });
});

describe("formatDuration(seconds)", () => {
  it("writes seconds, minutes and hours", () => {
    deepEqual([0, 8.4, 59.4, 59.6, 192, 3599.7, 7500].map(formatDuration), [
      "0s",
      "8s",
      "59s",
      "1m00s",
      "3m12s",
      "1h00m",
      "2h05m",
    ]);
  });
});
