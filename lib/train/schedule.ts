import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";

/** The learning rate stays. */
export interface ConstantSchedule {
  /** Which schedule. */
  readonly kind: "constant";
  /** The learning rate, above 0. */
  readonly rate: number;
  /** Epochs in which the rate rises from 0 in a line, from 0; default: 0. */
  readonly warmUp: number;
}

/** The learning rate falls once along half a cosine (Loshchilov and Hutter, "SGDR", 2017, without restarts). */
export interface CosineSchedule {
  /** Which schedule. */
  readonly kind: "cosine";
  /** The learning rate at the start, above 0. */
  readonly rate: number;
  /** The learning rate at the end, from 0; default: 0. */
  readonly lowest: number;
  /** Epochs in which the rate rises from 0 in a line, before it falls; default: 0. */
  readonly warmUp: number;
}

/** The learning rate falls along half a cosine, again and again (Loshchilov and Hutter, "SGDR", 2017). */
export interface RestartSchedule {
  /** Which schedule. */
  readonly kind: "restarts";
  /** The learning rate at each start, above 0; published for ENAS: 0.05. */
  readonly rate: number;
  /** The learning rate at each end, from 0; published for ENAS: 0.0005. */
  readonly lowest: number;
  /** Epochs of the first fall, from 1; published: 10. */
  readonly first: number;
  /** By how much each fall is longer than the one before, from 1; published: 2. */
  readonly factor: number;
  /** Whether the rate changes between epochs only, as published for ENAS, or at every step; default: true. */
  readonly byEpoch: boolean;
  /** Epochs in which the rate rises from 0 in a line, before the first fall; default: 0. */
  readonly warmUp: number;
}

/**
 * The learning rate rises, falls, and ends near nothing, along half cosines: PyTorch's `OneCycleLR` with its defaults
 * (Smith and Topin, "Super-convergence", 2018). The momentum stays.
 */
export interface OneCycleSchedule {
  /** Which schedule. */
  readonly kind: "one-cycle";
  /** The highest learning rate, above 0. */
  readonly rate: number;
  /** The share of all steps in which it rises, between 0 and 1; default: 0.3. */
  readonly rise: number;
  /** It starts at the highest rate by this, above 1; default: 25. */
  readonly startDivisor: number;
  /** It ends at the first rate by this, above 1; default: 10,000. */
  readonly endDivisor: number;
}

/** How the learning rate changes while a network is trained. */
export type Schedule = ConstantSchedule | CosineSchedule | RestartSchedule | OneCycleSchedule;

/** A schedule of which everything but its kind and its rate may be left out. */
export type GivenSchedule =
  | (Pick<ConstantSchedule, "kind" | "rate"> & Partial<ConstantSchedule>)
  | (Pick<CosineSchedule, "kind" | "rate"> & Partial<CosineSchedule>)
  | (Pick<RestartSchedule, "kind" | "rate"> & Partial<RestartSchedule>)
  | (Pick<OneCycleSchedule, "kind" | "rate"> & Partial<OneCycleSchedule>);

/** How long the training is that a schedule belongs to. */
export interface Length {
  /** Epochs in all. */
  readonly epochs: number;
  /** Steps of an epoch. */
  readonly stepsPerEpoch: number;
}

const defaults = {
  constant: { kind: "constant", rate: 0, warmUp: 0 },
  cosine: { kind: "cosine", rate: 0, lowest: 0, warmUp: 0 },
  restarts: { kind: "restarts", rate: 0, lowest: 0, first: 10, factor: 2, byEpoch: true, warmUp: 0 },
  "one-cycle": { kind: "one-cycle", rate: 0, rise: 0.3, startDivisor: 25, endDivisor: 1e4 },
} as const;

/**
 * Fills a schedule with its defaults and checks it.
 *
 * @param given The schedule.
 * @returns Every number of it.
 * @throws {Problem} Where a key is unknown or a number out of its range.
 */
export function checkSchedule(given: GivenSchedule): Schedule {
  if (!Object.hasOwn(defaults, given.kind)) {
    throw new Problem(
      `The schedule's kind is ${JSON.stringify(given.kind)}, expected one of ${Object.keys(defaults).join(", ")}.`,
      '"cosine" is a usual one.',
    );
  }
  const schedule = withDefaults<Schedule>(`The schedule "${given.kind}"`, given, defaults[given.kind]);
  const check = (name: string, value: number, good: boolean, expected: string) => {
    if (Number.isFinite(value) && good) return;
    throw new Problem(
      `The schedule "${schedule.kind}" has ${name}: ${value}, expected ${expected}.`,
      "Correct it, or leave it out.",
    );
  };
  check("rate", schedule.rate, schedule.rate > 0, "a number above 0");
  if (schedule.kind === "one-cycle") {
    check("rise", schedule.rise, schedule.rise > 0 && schedule.rise < 1, "a number between 0 and 1");
    check("startDivisor", schedule.startDivisor, schedule.startDivisor > 1, "a number above 1");
    check("endDivisor", schedule.endDivisor, schedule.endDivisor > 1, "a number above 1");
    return schedule;
  }
  check("warmUp", schedule.warmUp, schedule.warmUp >= 0, "a number of epochs from 0");
  if (schedule.kind === "constant") return schedule;
  const { lowest, rate } = schedule;
  check("lowest", lowest, lowest >= 0 && lowest <= rate, `a number from 0 to the rate, ${rate}`);
  if (schedule.kind === "cosine") return schedule;
  check("first", schedule.first, schedule.first >= 1, "a number of epochs from 1");
  check("factor", schedule.factor, schedule.factor >= 1, "a number from 1");
  return schedule;
}

/**
 * Computes the learning rate of a step.
 *
 * @param schedule The schedule.
 * @param step The step, from 0, counted over all epochs.
 * @param length How long the training is.
 * @returns The rate.
 */
export function rateAt(schedule: Schedule, step: number, { epochs, stepsPerEpoch }: Length): number {
  if (schedule.kind === "one-cycle") return oneCycle(schedule, step, epochs * stepsPerEpoch);
  const epoch = step / stepsPerEpoch;
  // The first step of a rise from 0 would change nothing: it takes the rate of its end.
  if (epoch < schedule.warmUp) return (schedule.rate * (step + 1)) / Math.max(1, schedule.warmUp * stepsPerEpoch);
  if (schedule.kind === "constant") return schedule.rate;
  if (schedule.kind === "cosine") {
    const falling = epochs - schedule.warmUp;
    return halfCosine(schedule.rate, schedule.lowest, falling <= 0 ? 1 : (epoch - schedule.warmUp) / falling);
  }
  const since = (schedule.byEpoch ? Math.floor(epoch) : epoch) - schedule.warmUp;
  let [start, length] = [0, schedule.first];
  while (since >= start + length) [start, length] = [start + length, length * schedule.factor];
  return halfCosine(schedule.rate, schedule.lowest, Math.max(0, since - start) / length);
}

function oneCycle({ rate, rise, startDivisor, endDivisor }: OneCycleSchedule, step: number, steps: number): number {
  const start = rate / startDivisor;
  const top = rise * steps - 1;
  if (step <= top) return halfCosine(start, rate, top <= 0 ? 1 : step / top);
  return halfCosine(rate, start / endDivisor, (step - top) / Math.max(1, steps - 1 - top));
}

function halfCosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;
}
