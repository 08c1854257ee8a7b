import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { RunState } from "../../../lib/networks/run/run-state";
import { tf } from "../../../lib/runtime/tensorflow";
import { leavesNothing } from "../helpers";

const settings = { statistics: "batch", gradient: true, dropout: null, noteStatistics: true } as const;
const image = (...values: number[]) => tf.tensor4d(values, [1, 1, values.length / 2, 2]);
const row = (...values: number[]) => tf.tensor1d(values);
const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()];

/** A run without weights. */
function start(weights: Readonly<Record<string, tf.Tensor>> = {}): RunState {
  return new RunState((node, weight) => weights[`${node}/${weight}`]!, settings, "input");
}

/** What a normalisation left to its reader: values 1 to 4, channels taken as 10 x + 1 and 100 x + 2. */
const left = () => ({
  value: image(1, 2, 3, 4),
  mean: row(2, 3),
  variance: row(1, 1),
  scale: row(10, 100),
  shift: row(1, 2),
  normal: null,
});

describe("new RunState(weights, settings, image)", () => {
  it("gives weights by the names of node and weight", () => {
    const weights = { "a/kernel": image(1, 2), "b/gamma": row(1), "b/beta": row(2) };
    const run = start(weights);
    equal(run.weight("a", "kernel"), weights["a/kernel"]);
    equal(run.vector("b", "gamma"), weights["b/gamma"]);
    deepEqual(run.norm("b", 0.1), { gamma: weights["b/gamma"], beta: weights["b/beta"], epsilon: 0.1 });
    tf.dispose(Object.values(weights));
  });

  it("holds plain values, and gives copies that outlive it", () => {
    leavesNothing(() => {
      const run = start();
      run.set("a", image(1, 2));
      deepEqual(numbers(run.plain("a")), [1, 2]);
      equal(run.read("a").scale, null);
      const taken = run.take("a");
      run.releaseAll();
      deepEqual(numbers(taken), [1, 2]);
      taken.dispose();
    });
  });

  it("gives normalised values as they were left, and computes them once for those that want numbers", () => {
    leavesNothing(() => {
      const run = start();
      run.setNormalised("norm", left());
      deepEqual(numbers(run.read("norm").value), [1, 2, 3, 4]);
      deepEqual(numbers(run.read("norm").scale!), [10, 100]);
      const plain = run.plain("norm");
      deepEqual(numbers(plain), [11, 202, 31, 402]);
      equal(run.plain("norm"), plain);
      // From now on the numbers are cheaper to read.
      equal(run.read("norm").value, plain);
      deepEqual(numbers(run.normalised("norm").value), [1, 2, 3, 4]);
      run.release("norm");
      run.release("norm");
      const { mean, variance } = run.statistics.get("norm")!;
      deepEqual(
        [numbers(mean), numbers(variance)],
        [
          [2, 3],
          [1, 1],
        ],
      );
      tf.dispose([mean, variance]);
    });
  });

  it("notes no statistics where they are not asked for", () => {
    leavesNothing(() => {
      const run = new RunState(() => image(1, 2), { ...settings, noteStatistics: false }, "input");
      run.setNormalised("norm", left());
      deepEqual(numbers(run.plain("norm")), [11, 202, 31, 402]);
      equal(run.statistics.size, 0);
      run.releaseAll();
    });
  });

  it("gives values that were normalised already", () => {
    leavesNothing(() => {
      const run = start();
      const [value, normal] = [image(1, 2, 3, 4), image(5, 6, 7, 8)];
      run.setNormalised("norm", { value, mean: row(2, 3), variance: row(1, 1), scale: null, shift: null, normal });
      deepEqual(numbers(run.plain("norm")), [5, 6, 7, 8]);
      run.releaseAll();
      for (const { mean, variance } of run.statistics.values()) tf.dispose([mean, variance]);
    });
  });

  it("normalises by moving averages, without statistics", () => {
    const weights = {
      "norm/gamma": row(2, 3),
      "norm/beta": row(0.5, -1),
      "norm/moving_mean": row(1, 2),
      "norm/moving_variance": row(3.75, 8.75),
    };
    leavesNothing(() => {
      const run = start(weights);
      run.setMoving("norm", image(3, 5), 0.25);
      // (3 - 1) / 2 · 2 + 0.5 and (5 - 2) / 3 · 3 - 1.
      numbers(run.plain("norm")).forEach((value, channel) => {
        ok(Math.abs(value - [2.5, 2][channel]!) < 1e-5, String(value));
      });
      equal(run.statistics.size, 0);
      run.releaseAll();
    });
    tf.dispose(Object.values(weights));
  });

  it("adds up gradients, and keeps none of the images", () => {
    leavesNothing(() => {
      const run = start();
      const [one, other] = [row(1, 2), row(10, 20)];
      run.pass("a", one);
      deepEqual(numbers(one), [1, 2]);
      run.pass("a", other);
      run.contribute("a", (base) => tf.add(base!, 100));
      const sum = run.takeGradient("a")!;
      deepEqual(numbers(sum), [111, 122]);
      equal(run.takeGradient("a"), null);
      deepEqual(
        [numbers(one), numbers(other)],
        [
          [1, 2],
          [10, 20],
        ],
      );
      deepEqual([run.wants("a"), run.wants("input")], [true, false]);
      run.pass("input", one);
      run.contribute("input", () => row(1));
      equal(run.takeGradient("input"), null);
      run.pass("b", one);
      run.releaseAll();
      tf.dispose([one, other, sum]);
    });
  });

  it("keeps what a step wants to have kept, until it is released", () => {
    leavesNothing(() => {
      const run = start();
      deepEqual(run.kept("a"), []);
      const mask = row(1);
      run.keep("a", [mask]);
      equal(run.kept("a")[0], mask);
      run.releaseKept("a");
      ok(mask.isDisposed);
      run.keep("b", [row(2)]);
      run.releaseAll();
    });
  });

  it("leaves nothing of an attempt that fails, and all of one that does not", () => {
    leavesNothing(() => {
      const run = start();
      run.attempt(() => {
        run.set("a", image(1, 2));
        run.setNormalised("norm", left());
        run.keep("a", [row(1)]);
        run.pass("a", run.plain("a"));
        run.give("a", "kernel", row(3));
        run.plain("norm");
        // Forgotten by a step.
        row(7);
      });
      deepEqual(numbers(run.plain("a")), [1, 2]);
      deepEqual(numbers(run.plain("norm")), [11, 202, 31, 402]);
      deepEqual(numbers(run.kept("a")[0]!), [1]);
      deepEqual([...run.weightGradients.keys()], ["a/kernel"]);
      const made: tf.Tensor[] = [];
      throws(() => {
        run.attempt(() => {
          made.push(row(1, 2), row(3));
          run.give("b", "kernel", made[0]!);
          throw new Error("no memory");
        });
      }, /no memory/);
      ok(made.every((tensor) => tensor.isDisposed));
      const gradient = run.takeGradient("a")!;
      deepEqual(numbers(gradient), [1, 2]);
      tf.dispose([gradient, ...run.weightGradients.values()]);
      for (const { mean, variance } of run.statistics.values()) tf.dispose([mean, variance]);
      run.releaseAll();
    });
  });
});
