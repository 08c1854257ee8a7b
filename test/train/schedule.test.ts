import { deepEqual, ok, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type * as v from "valibot";

import { checkOptions } from "../../lib/runtime/options";
import { Problem } from "../../lib/runtime/problem";
import { rateAt, scheduleSchema } from "../../lib/train/schedule";

type GivenSchedule = v.InferInput<typeof scheduleSchema>;

const checkSchedule = (given: GivenSchedule) => checkOptions("The schedule", scheduleSchema, given);

interface Recorded {
  oneCycle: { rate: number; steps: number; rise: number; start: number; end: number; rates: number[] }[];
  restarts: { rate: number; lowest: number; first: number; factor: number; rates: number[] }[];
}

const recorded = JSON.parse(readFileSync(join(__dirname, "fixtures", "schedules.json"), "utf8")) as Recorded;

const near = (actual: number, expected: number, what: string) => {
  ok(Math.abs(actual - expected) <= 1e-12 + 1e-9 * Math.abs(expected), `${what}: ${actual}, expected ${expected}`);
};

describe("rateAt(schedule, step, length)", () => {
  it("gives the rates of PyTorch's OneCycleLR", () => {
    for (const { rate, steps, rise, start, end, rates } of recorded.oneCycle) {
      const schedule = checkSchedule({ kind: "one-cycle", rate, rise, startDivisor: start, endDivisor: end });
      rates.forEach((expected, step) => {
        near(rateAt(schedule, step, { epochs: steps, stepsPerEpoch: 1 }), expected, `${steps} steps, step ${step}`);
      });
    }
  });

  it("gives the same one-cycle however its steps are divided into epochs", () => {
    const schedule = checkSchedule({ kind: "one-cycle", rate: 0.05 });
    const rates = (epochs: number) =>
      Array.from({ length: 24 }, (_, step) => rateAt(schedule, step, { epochs, stepsPerEpoch: 24 / epochs }));
    deepEqual(rates(4), rates(24));
  });

  it("gives the rates of PyTorch's CosineAnnealingWarmRestarts, changing between epochs only", () => {
    for (const { rate, lowest, first, factor, rates } of recorded.restarts) {
      const schedule = checkSchedule({ kind: "restarts", rate, lowest, first, factor });
      rates.forEach((expected, epoch) => {
        for (const step of [5 * epoch, 5 * epoch + 4])
          near(rateAt(schedule, step, { epochs: rates.length, stepsPerEpoch: 5 }), expected, `epoch ${epoch}`);
      });
    }
  });

  it("restarts where the published schedule does: after 10, 30, 70, 150, 310 and 630 epochs", () => {
    const schedule = checkSchedule({ kind: "restarts", rate: 0.05, lowest: 1e-4 });
    const rates = Array.from({ length: 631 }, (_, epoch) => rateAt(schedule, epoch, { epochs: 631, stepsPerEpoch: 1 }));
    deepEqual(
      rates.flatMap((rate, epoch) => (rate === 0.05 ? [epoch] : [])),
      [0, 10, 30, 70, 150, 310, 630],
    );
    // Half-way through the second fall, of 20 epochs.
    near(rates[20]!, (0.05 + 1e-4) / 2, "epoch 20");
  });

  it("changes at every step where restarts are not by epoch", () => {
    const schedule = checkSchedule({ kind: "restarts", rate: 1, lowest: 0, first: 2, byEpoch: false });
    // A fall of 2 epochs of 2 steps: cosines of 0, 45, 90 and 135 degrees, raised and halved.
    [1, 0.5 + Math.SQRT1_2 / 2, 0.5, 0.5 - Math.SQRT1_2 / 2, 1].forEach((expected, step) => {
      near(rateAt(schedule, step, { epochs: 6, stepsPerEpoch: 2 }), expected, `step ${step}`);
    });
  });

  it("falls once along half a cosine, from the rate to the lowest", () => {
    const schedule = checkSchedule({ kind: "cosine", rate: 0.2, lowest: 0.1 });
    const length = { epochs: 4, stepsPerEpoch: 2 };
    near(rateAt(schedule, 0, length), 0.2, "start");
    near(rateAt(schedule, 4, length), 0.15, "middle");
    near(rateAt(schedule, 8, length), 0.1, "end");
  });

  it("rises in a line to the rate where it warms up, and never starts at 0", () => {
    for (const kind of ["constant", "cosine", "restarts"] as const) {
      const schedule = checkSchedule({ kind, rate: 0.4, warmUp: 2 });
      const length = { epochs: 5, stepsPerEpoch: 2 };
      [0.1, 0.2, 0.3, 0.4].forEach((expected, step) => {
        near(rateAt(schedule, step, length), expected, `${kind}, step ${step}`);
      });
      near(rateAt(schedule, 4, length), 0.4, `${kind}, the first step after`);
    }
  });

  it("stays above 0 or at the lowest in every step, whatever the length", () => {
    for (const epochs of [1, 2, 3, 7])
      for (const stepsPerEpoch of [1, 2, 5])
        for (const given of [
          { kind: "one-cycle", rate: 0.1 },
          { kind: "cosine", rate: 0.1, lowest: 0.01 },
          { kind: "restarts", rate: 0.1, lowest: 0.01, warmUp: 1 },
          { kind: "cosine", rate: 0.1, warmUp: 9 },
        ] as GivenSchedule[]) {
          const schedule = checkSchedule(given);
          for (let step = 0; step < epochs * stepsPerEpoch; step++) {
            const rate = rateAt(schedule, step, { epochs, stepsPerEpoch });
            ok(
              rate > 0 && rate <= 0.1,
              `${JSON.stringify(given)}, step ${step} of ${epochs} × ${stepsPerEpoch}: ${rate}`,
            );
          }
        }
  });
});

describe("scheduleSchema", () => {
  it("fills in the defaults", () => {
    deepEqual(checkSchedule({ kind: "restarts", rate: 0.05 }), {
      ...{ kind: "restarts", rate: 0.05, lowest: 0, first: 10, factor: 2, byEpoch: true, warmUp: 0 },
    });
  });

  it("refuses what is out of range, naming it and its value", () => {
    const refused: [unknown, RegExp][] = [
      [{ kind: "step", rate: 1 }, /kind: "step", expected "constant", "cosine", "restarts" or "one-cycle"/],
      [{ kind: "constant" }, /lacks rate, expected a number above 0/],
      [{ kind: "constant", rate: -1 }, /rate: -1/],
      [{ kind: "constant", rate: NaN }, /rate: NaN/],
      [{ kind: "constant", rate: 1, warmUp: -1 }, /warmUp: -1/],
      [{ kind: "cosine", rate: 0.1, lowest: 0.2 }, /lowest: 0.2, expected a number from 0 to the rate, 0.1/],
      [{ kind: "cosine", rate: 0.1, rise: 0.2 }, /has no option "rise"/],
      [{ kind: "restarts", rate: 0.1, first: 0 }, /first: 0/],
      [{ kind: "restarts", rate: 0.1, factor: 0.5 }, /factor: 0.5/],
      [{ kind: "one-cycle", rate: 0.1, rise: 1 }, /rise: 1/],
      [{ kind: "one-cycle", rate: 0.1, startDivisor: 1 }, /startDivisor: 1/],
      [{ kind: "one-cycle", rate: 0.1, endDivisor: Infinity }, /endDivisor: Infinity/],
    ];
    for (const [given, message] of refused)
      throws(
        () => checkSchedule(given as GivenSchedule),
        (error: unknown) => error instanceof Problem && message.test(error.message),
        JSON.stringify(given),
      );
  });
});
