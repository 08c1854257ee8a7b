import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { bankOf, type WeightBank } from "../../lib/networks/weights/weight-bank";
import { Problem } from "../../lib/runtime/problem";
import { tf } from "../../lib/runtime/tensorflow";
import { createOptimiser, type Optimiser } from "../../lib/train/optimiser";
import { kernelKinds, leavesNothing, randomTensor, withKernels } from "../networks/helpers";

const shapes: Readonly<Record<string, number[]>> = { a: [3, 3, 2, 4], b: [5], c: [7, 2], d: [1] };

function makeBank(): WeightBank {
  const entries = Object.entries(shapes).map(([key, shape], index): [string, tf.Variable] => {
    const start = randomTensor(shape, index + 1);
    const variable = tf.variable(start);
    start.dispose();
    return [key, variable];
  });
  return bankOf(new Map(entries), true);
}

/** Which weights each step uses. */
const uses = [["a", "b"], ["b", "c"], ["a", "b", "c"], ["c"], ["a", "c"], ["b"]];

function gradientsOf(keys: readonly string[], step: number): Map<string, tf.Tensor> {
  return new Map(keys.map((key) => [key, randomTensor(shapes[key]!, 50 + 3 * step + key.charCodeAt(0))]));
}

const cases = [
  { momentum: 0.9, nesterov: true, decay: 1e-2, bound: 2 },
  { momentum: 0.9, nesterov: false, decay: 0, bound: 0 },
  { momentum: 0.5, nesterov: true, decay: 0.1, bound: 1000 },
  { momentum: 0, nesterov: false, decay: 0.1, bound: 1 },
];

describe("createOptimiser(weights, settings) of momentum", () => {
  for (const kind of kernelKinds) {
    it(`follows the formula over steps that use other weights each, with the kernels of ${kind}`, () => {
      withKernels(kind, () => {
        for (const options of cases) {
          leavesNothing(() => {
            followFormula(options);
          });
        }
      });
    });

    it(`leaves weights and moments that a step does not use as they are, bit for bit, with the kernels of ${kind}`, () => {
      withKernels(kind, () => {
        const weights = makeBank();
        const optimiser = createOptimiser(weights, { kind: "momentum", ...cases[0]! });
        const snapshot = () =>
          new Map(
            weights.keys.map((key) => [
              key,
              [weights.get(key).dataSync().slice(), optimiser.arrays("").get(`moment/${key}`)?.values],
            ]),
          );
        uses.forEach((keys, step) => {
          const before = snapshot();
          const gradients = gradientsOf(keys, step);
          optimiser.step(gradients, 0.1);
          const after = snapshot();
          for (const key of weights.keys) {
            if (!keys.includes(key)) deepEqual(after.get(key), before.get(key), key);
            else
              ok(
                after.get(key)![0]!.some((value, index) => value !== before.get(key)![0]![index]),
                key,
              );
          }
          tf.dispose([...gradients.values()]);
        });
        // What no step has used has no moment.
        deepEqual([...optimiser.arrays("").keys()], ["moment/a", "moment/b", "moment/c"]);
        optimiser.dispose();
        equal(optimiser.arrays("").size, 0);
        weights.dispose();
      });
    });

    it(`leaves clones that were taken before, and the gradients, with the kernels of ${kind}`, () => {
      withKernels(kind, () => {
        const weights = makeBank();
        const optimiser = createOptimiser(weights, { kind: "momentum", ...cases[0]! });
        const clone = tf.clone(weights.get("a"));
        const before = clone.dataSync().slice();
        const gradients = gradientsOf(["a", "b"], 0);
        const gradient = gradients.get("a")!.dataSync().slice();
        optimiser.step(gradients, 0.1);
        const moment = optimiser.arrays("").get("moment/a")!.values;
        const momentBefore = moment.slice();
        optimiser.step(gradients, 0.1);
        deepEqual(clone.dataSync(), before);
        deepEqual(moment, momentBefore);
        deepEqual(gradients.get("a")!.dataSync(), gradient);
        tf.dispose([clone, ...gradients.values()]);
        optimiser.dispose();
        weights.dispose();
      });
    });
  }

  it("carries on from moments that an earlier one had, to the bit, and leaves those alone", () => {
    const rates = uses.map((_, step) => 0.1 / (step + 1));
    const run = (weights: WeightBank, optimiser: Optimiser, from: number, to: number) => {
      for (let step = from; step < to; step++) {
        const gradients = gradientsOf(uses[step]!, step);
        optimiser.step(gradients, rates[step]!);
        tf.dispose([...gradients.values()]);
      }
      return weights.keys.map((key) => weights.get(key).dataSync().slice());
    };
    leavesNothing(() => {
      const [whole, cut] = [makeBank(), makeBank()];
      const straight = createOptimiser(whole, { kind: "momentum", ...cases[0]! });
      const expected = run(whole, straight, 0, uses.length);
      const first = createOptimiser(cut, { kind: "momentum", ...cases[0]! });
      run(cut, first, 0, 3);
      const second = createOptimiser(cut, { kind: "momentum", ...cases[0]! });
      const kept = first.arrays("");
      second.restore(kept, "", 3);
      deepEqual(run(cut, second, 3, uses.length), expected);
      deepEqual(first.arrays(""), kept);
      second.restore(new Map(), "", 0);
      equal(second.arrays("").size, 0);
      for (const one of [straight, first, second, whole, cut]) one.dispose();
    });
  });

  it("names a gradient of a weight that there is not, and refuses a step without gradients", () => {
    const weights = makeBank();
    const optimiser = createOptimiser(weights, { kind: "momentum", ...cases[0]! });
    const gradient = tf.zeros([2]);
    throws(
      () => optimiser.step(new Map([["e", gradient]]), 0.1),
      (error) => error instanceof Problem && error.message.includes("no weight e among 4"),
    );
    throws(() => optimiser.step(new Map(), 0.1), Problem);
    gradient.dispose();
    optimiser.dispose();
    weights.dispose();
  });
});

// g = gradient · min(1, bound / norm) + decay · w; m = momentum · m + g; w -= rate · (g + momentum · m), or rate · m.
function followFormula({ momentum, nesterov, decay, bound }: (typeof cases)[number]): void {
  const weights = makeBank();
  const optimiser = createOptimiser(weights, { kind: "momentum", momentum, nesterov, decay, bound });
  const expected = new Map(weights.keys.map((key) => [key, [...weights.get(key).dataSync()]]));
  const moments = new Map(weights.keys.map((key) => [key, expected.get(key)!.map(() => 0)]));
  uses.forEach((keys, step) => {
    const rate = 0.1 / (step + 1);
    const gradients = gradientsOf(keys, step);
    const given = optimiser.step(gradients, rate);
    const norm = Math.hypot(...[...gradients.values()].flatMap((gradient) => [...gradient.dataSync()]));
    ok(Math.abs(given - norm) < 1e-4 * norm, `norm ${given}, expected ${norm}`);
    const factor = bound === 0 ? 1 : Math.min(1, bound / norm);
    for (const [key, gradient] of gradients) {
      const [all, moment] = [expected.get(key)!, moments.get(key)!];
      gradient.dataSync().forEach((value, index) => {
        const g = value * factor + decay * all[index]!;
        const m = momentum * moment[index]! + g;
        moment[index] = m;
        all[index]! -= rate * (nesterov ? g + momentum * m : m);
      });
    }
    tf.dispose([...gradients.values()]);
  });
  for (const key of weights.keys) {
    weights
      .get(key)
      .dataSync()
      .forEach((value, index) => {
        const right = expected.get(key)![index]!;
        ok(Math.abs(value - right) < 1e-5 * (1 + Math.abs(right)), `${key} at ${index}: ${value}, expected ${right}`);
      });
  }
  optimiser.dispose();
  weights.dispose();
}
