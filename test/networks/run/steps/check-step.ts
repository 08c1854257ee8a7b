import { deepEqual, equal, ok } from "node:assert/strict";

import type { RandomGenerator } from "../../../../lib/runtime/random";
import { RunState, type Step } from "../../../../lib/networks/run/run-state";
import { weightKeyOf } from "../../../../lib/networks/weights/initial-values";
import { tf } from "../../../../lib/runtime/tensorflow";
import { byStock, distance, kernelKinds, leavesNothing, randomTensor, withKernels } from "../../helpers";

/** A step, what it is given, and what it has to compute. */
export interface StepCase {
  readonly step: Step;
  /** The shapes of its inputs with their batch, by node. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** The shapes of its weights, by key. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  /** The same in TensorFlow.js's own operations, of inputs and weights by their names. */
  readonly expected: (given: Readonly<Record<string, tf.Tensor4D>>) => tf.Tensor;
  /** The chance of dropout; null for none. */
  readonly dropout?: RandomGenerator;
}

/**
 * Checks a step with the kernels of each kind: its value, its gradients, added to those that inputs have already, that it
 * needs in the backward pass what it says and no more, that the images get no gradient, and that it leaves nothing.
 */
export function checkStep(given: StepCase): void {
  const weightShapes = given.weights ?? {};
  const shapes = { ...given.inputs, ...weightShapes };
  const names = Object.keys(shapes);
  deepEqual([...new Set(given.step.inputs)].sort(), Object.keys(given.inputs).sort());
  const tensors = Object.fromEntries(
    names.map((name, index) => [name, randomTensor(shapes[name]!, index + 1) as tf.Tensor4D]),
  );
  const stock = byStock(() => {
    const compute = (list: tf.Tensor[]) =>
      given.expected(Object.fromEntries(list.map((tensor, index) => [names[index]!, tensor as tf.Tensor4D])));
    const list = names.map((name) => tensors[name]!);
    const value = tf.tidy(() => compute(list));
    const d = randomTensor(value.shape, 77);
    return { value, d, gradients: tf.tidy(() => tf.grads((...all: tf.Tensor[]) => compute(all))(list, d)) };
  });
  for (const kind of kernelKinds) {
    withKernels(kind, () => {
      for (const image of [null, given.step.inputs[0]!]) {
        leavesNothing(() => {
          once(given, tensors, stock, names, image, kind);
        });
      }
    });
  }
}

interface Stock {
  readonly value: tf.Tensor;
  readonly d: tf.Tensor;
  readonly gradients: readonly tf.Tensor[];
}

function once(
  { step, inputs, dropout }: StepCase,
  tensors: Readonly<Record<string, tf.Tensor4D>>,
  { value, d, gradients }: Stock,
  names: readonly string[],
  image: string | null,
  kind: string,
): void {
  const close = (found: tf.Tensor, expected: tf.Tensor, what: string) => {
    deepEqual(found.shape, expected.shape, what);
    const off = distance(found.dataSync() as Float32Array, expected.dataSync() as Float32Array);
    ok(off < 1e-4, `${what} is ${off} away, with the kernels of ${kind}`);
  };
  const run = new RunState(
    (node, weight) => tensors[weightKeyOf(node, weight)]!,
    { statistics: "batch", gradient: true, dropout: dropout ?? null, noteStatistics: true },
    image ?? "nothing",
  );
  for (const name of Object.keys(inputs)) run.set(name, tf.clone(tensors[name]!));
  step.forward(run);
  const found = run.take(step.output);
  close(found, value, `the value of ${step.output}`);
  found.dispose();

  for (const name of Object.keys(inputs)) if (!step.keeps.includes(name)) run.release(name);
  if (!step.keepsOutput) run.release(step.output);
  const bases = Object.fromEntries(Object.keys(inputs).map((name) => [name, tf.onesLike(tensors[name]!)]));
  for (const [name, base] of Object.entries(bases)) run.pass(name, base);
  const before = d.dataSync().slice();
  step.backward(run, d);
  deepEqual(d.dataSync(), before, "the gradient stays the caller's");
  names.forEach((name, index) => {
    const expected = gradients[index]!;
    if (inputs[name] === undefined) {
      close(run.weightGradients.get(name)!, expected, `the gradient of ${name}`);
      return;
    }
    const gradient = run.takeGradient(name);
    equal(gradient === null, name === image, name);
    if (gradient === null) return;
    const alone = tf.sub(gradient, bases[name]!);
    close(alone, expected, `the gradient of ${name}`);
    tf.dispose([gradient, alone]);
  });
  equal(run.weightGradients.size, names.length - Object.keys(inputs).length);
  tf.dispose([...Object.values(bases), ...run.weightGradients.values()]);
  for (const { mean, variance } of run.statistics.values()) tf.dispose([mean, variance]);
  run.releaseAll();
}

/** Normalises by the batch in TensorFlow.js's own operations. */
export function normalise(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor4D {
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const { mean, variance } = tf.moments(x, axes);
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon))), gamma), beta);
}

/** What a step makes of numbers without the backward pass, with moving statistics if weights have them. */
export function valueOf(
  step: Step,
  inputs: Readonly<Record<string, tf.Tensor>>,
  weights: Readonly<Record<string, tf.Tensor>> = {},
  statistics: "batch" | "moving" = "moving",
): number[] {
  const settings = { statistics, gradient: false, dropout: null, noteStatistics: true };
  const run = new RunState((node, weight) => weights[weightKeyOf(node, weight)]!, settings, "nothing");
  for (const [name, tensor] of Object.entries(inputs)) run.set(name, tf.clone(tensor));
  step.forward(run);
  const value = run.take(step.output);
  const numbers = [...value.dataSync()];
  value.dispose();
  for (const { mean, variance } of run.statistics.values()) tf.dispose([mean, variance]);
  run.releaseAll();
  return numbers;
}

/** Checks numbers one by one. */
export function numbersNear(found: readonly number[], expected: readonly number[], tolerance = 1e-5): void {
  equal(found.length, expected.length);
  found.forEach((value, index) => {
    ok(Math.abs(value - expected[index]!) <= tolerance, `${value} at ${index} is not ${expected[index]!}`);
  });
}
