import { deepEqual, equal, ok, throws } from "node:assert/strict";

import type * as v from "valibot";

import { bankOf } from "../../lib/networks/weights/weight-bank";
import { checkOptions } from "../../lib/runtime/options";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { createOptimiser, optimiserSchema, type Optimiser } from "../../lib/train/optimiser";
import { setWeights, weightArrays } from "../../lib/train/stored-weights";

type GivenOptimiser = v.InferInput<typeof optimiserSchema>;

const checkOptimiser = (given: GivenOptimiser) => checkOptions("The optimiser", optimiserSchema, given);

const keys = ["a", "b"];
const size = 7;

function numbers(seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: size }, () => Math.fround(random.normal()));
}

function makeBank() {
  const variable = (index: number) => tf.tidy(() => tf.variable(tf.tensor1d(numbers(index + 1))));
  return bankOf(new Map(keys.map((key, index) => [key, variable(index)])), true);
}

function gradientsAt(step: number): Map<string, tf.Tensor> {
  return new Map(keys.map((key, index) => [key, tf.tensor1d(numbers(10 * (step + 1) + index))]));
}

function steps(optimiser: Optimiser, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => {
    const gradients = gradientsAt(from + index);
    const norm = optimiser.step(gradients, 0.05);
    tf.dispose([...gradients.values()]);
    return norm;
  });
}

/** Adam as its papers write it, in double precision. */
function adamByPaper(given: GivenOptimiser, count: number): Map<string, number[]> {
  const settings = checkOptimiser(given) as Extract<ReturnType<typeof checkOptimiser>, { beta1: number }>;
  const { beta1, beta2, epsilon, decay, bound } = settings;
  const weights = new Map(keys.map((key, index) => [key, numbers(index + 1)]));
  const first = new Map(keys.map((key) => [key, new Array<number>(size).fill(0)]));
  const second = new Map(keys.map((key) => [key, new Array<number>(size).fill(0)]));
  for (let step = 0; step < count; step++) {
    const gradients = keys.map((_, index) => numbers(10 * (step + 1) + index));
    const norm = Math.hypot(...gradients.flat());
    const factor = bound > 0 && norm > bound ? bound / norm : 1;
    keys.forEach((key, index) => {
      for (let place = 0; place < size; place++) {
        const gradient = factor * gradients[index]![place]!;
        const [m, v, w] = [first.get(key)!, second.get(key)!, weights.get(key)!];
        m[place] = beta1 * m[place]! + (1 - beta1) * gradient;
        v[place] = beta2 * v[place]! + (1 - beta2) * gradient ** 2;
        const move =
          m[place]! / (1 - beta1 ** (step + 1)) / (Math.sqrt(v[place]! / (1 - beta2 ** (step + 1))) + epsilon);
        w[place] = w[place]! - 0.05 * decay * w[place]! - 0.05 * move;
      }
    });
  }
  return weights;
}

const cases: GivenOptimiser[] = [
  { kind: "momentum" },
  { kind: "momentum", nesterov: false, bound: 0, decay: 0 },
  { kind: "adam" },
  { kind: "adamw", decay: 0.1, bound: 1 },
];

describe("createOptimiser(weights, settings)", () => {
  for (const given of cases.filter(({ kind }) => kind !== "momentum")) {
    it(`follows the paper's formula: ${JSON.stringify(given)}`, () => {
      const bank = makeBank();
      const optimiser = createOptimiser(bank, checkOptimiser(given));
      steps(optimiser, 0, 6);
      for (const [key, expected] of adamByPaper(given, 6)) {
        const found = bank.get(key).dataSync();
        expected.forEach((value, place) => {
          ok(Math.abs(found[place]! - value) < 1e-5, `${key} ${place}: ${found[place]!}, expected ${value}`);
        });
      }
      optimiser.dispose();
      bank.dispose();
    });
  }

  for (const given of cases) {
    it(`goes on from a stored state to the bit: ${JSON.stringify(given)}`, () => {
      const [bank, other] = [makeBank(), makeBank()];
      const optimiser = createOptimiser(bank, checkOptimiser(given));
      steps(optimiser, 0, 3);
      const stored = new Map([...weightArrays(bank, "weights/"), ...optimiser.arrays("optimiser/")]);
      const norms = steps(optimiser, 3, 6);

      const later = createOptimiser(other, checkOptimiser(given));
      steps(later, 7, 8); // What it had gathered before goes.
      setWeights(other, stored, "weights/");
      later.restore(stored, "optimiser/", 3);
      deepEqual(steps(later, 3, 6), norms);
      deepEqual(weightArrays(other), weightArrays(bank));
      deepEqual(later.arrays(""), optimiser.arrays(""));
      for (const one of [optimiser, later]) one.dispose();
      for (const one of [bank, other]) one.dispose();
    });

    it(`tells the norm before it is bounded, and leaves no tensors: ${JSON.stringify(given)}`, () => {
      const before = tf.memory().numTensors;
      const bank = makeBank();
      const optimiser = createOptimiser(bank, checkOptimiser(given));
      const [norm] = steps(optimiser, 0, 1);
      const expected = Math.hypot(...keys.flatMap((_, index) => numbers(10 + index)));
      ok(Math.abs(norm! - expected) < 1e-5 * expected);
      optimiser.restore(optimiser.arrays(""), "", 1);
      optimiser.dispose();
      bank.dispose();
      equal(tf.memory().numTensors, before);
    });
  }
});

describe("optimiserSchema", () => {
  it("fills in the defaults of each kind", () => {
    deepEqual(checkOptimiser({ kind: "momentum" }), {
      ...{ kind: "momentum", momentum: 0.9, nesterov: true, decay: 5e-4, bound: 5 },
    });
    equal(checkOptimiser({ kind: "adam" }).decay, 0);
    equal(checkOptimiser({ kind: "adamw" }).decay, 0.01);
  });

  it("refuses what is out of range, naming it and its value", () => {
    const refused: [unknown, RegExp][] = [
      [{ kind: "toString" }, /kind: "toString", expected "momentum", "adam" or "adamw"/],
      [{ kind: "momentum", momentum: 1 }, /momentum: 1, expected a number from 0 to below 1/],
      [{ kind: "momentum", decay: -1 }, /decay: -1/],
      [{ kind: "momentum", bound: NaN }, /bound: NaN/],
      [{ kind: "momentum", beta1: 0.5 }, /no option "beta1"/],
      [{ kind: "adam", decay: 0.1 }, /decay: 0.1, expected 0: decay belongs to adamw/],
      [{ kind: "adamw", beta2: 1 }, /beta2: 1/],
      [{ kind: "adamw", epsilon: 0 }, /epsilon: 0/],
    ];
    for (const [given, message] of refused)
      throws(
        () => checkOptimiser(given as GivenOptimiser),
        (error: unknown) => error instanceof Problem && message.test(error.message),
        JSON.stringify(given),
      );
  });
});
