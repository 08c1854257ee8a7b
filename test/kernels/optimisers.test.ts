import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { adamStep, momentumStep, type AdamOptions, type MomentumOptions } from "../../lib/kernels/optimisers";
import { createRandom } from "../../lib/runtime/random";
import { Problem } from "../../lib/runtime/problem";
import { tf } from "../../lib/runtime/tensorflow";
import { near, normalTensor, withBothKernels } from "../helpers/kernels";

/** Shapes on both sides of a vector of 8 and of the pieces that are shared out. */
const shapes = [[1], [7], [8], [3, 3, 20, 1], [17_000], [1, 1, 37, 5]];

const variablesOf = (tensors: readonly tf.Tensor[]) => tensors.map((each) => tf.variable(each));
const numbersOf = (tensors: readonly tf.Tensor[]) => tensors.map((each) => [...each.dataSync()]);

/** The gradients scaled down to the bound, and their common norm. */
function bounded(gradients: number[][], bound: number): { gradients: number[][]; norm: number } {
  const norm = Math.sqrt(gradients.flat().reduce((sum, each) => sum + each * each, 0));
  const factor = bound > 0 && norm > bound ? bound / norm : 1;
  return { gradients: gradients.map((list) => list.map((each) => each * factor)), norm };
}

/** PyTorch's SGD in double precision: its documentation's algorithm. */
function exactMomentum(weights: number[][], moments: number[][], all: number[][], options: MomentumOptions): number {
  const { rate, momentum, nesterov, decay, bound } = options;
  const { gradients, norm } = bounded(all, bound);
  weights.forEach((list, k) => {
    list.forEach((weight, index) => {
      const gradient = gradients[k]![index]! + decay * weight;
      const moment = momentum * moments[k]![index]! + gradient;
      moments[k]![index] = moment;
      list[index] = weight - rate * (nesterov ? gradient + momentum * moment : moment);
    });
  });
  return norm;
}

/** Algorithm 2 of Loshchilov and Hutter (2019) in double precision, with a schedule of 1 and the rate on the decay, too. */
function exactAdam(
  weights: number[][],
  first: number[][],
  second: number[][],
  all: number[][],
  options: AdamOptions,
): number {
  const { rate, beta1, beta2, epsilon, decay, bound, step } = options;
  const { gradients, norm } = bounded(all, bound);
  weights.forEach((list, k) => {
    list.forEach((weight, index) => {
      const gradient = gradients[k]![index]!;
      const mean = beta1 * first[k]![index]! + (1 - beta1) * gradient;
      const square = beta2 * second[k]![index]! + (1 - beta2) * gradient * gradient;
      [first[k]![index], second[k]![index]] = [mean, square];
      const change = mean / (1 - beta1 ** step) / (Math.sqrt(square / (1 - beta2 ** step)) + epsilon);
      list[index] = weight - rate * (change + decay * weight);
    });
  });
  return norm;
}

describe("momentumStep and adamStep", () => {
  withBothKernels(() => {
    const random = createRandom(11);
    let values: tf.Tensor[];
    let others: Set<tf.Variable>;
    const variables = () => Object.values(tf.engine().registeredVariables);
    beforeEach(() => {
      others = new Set(variables());
      tf.engine().startScope();
      values = shapes.map((shape) => normalTensor<tf.Rank>(random, shape));
    });
    afterEach(() => {
      tf.engine().endScope();
      // Those of other tests, which may still be at work, stay.
      for (const variable of variables()) if (!others.has(variable)) variable.dispose();
    });
    const draw = () => shapes.map((shape) => normalTensor<tf.Rank>(random, shape));
    const zeros = () => variablesOf(shapes.map((shape) => tf.zeros(shape)));

    for (const nesterov of [false, true]) {
      for (const [decay, bound] of [
        [0, 0],
        [0.1, 0],
        [0, 5],
        [0.1, 5],
        [0.1, 1e6],
      ] as const) {
        it(`follow the formula of momentum, ${nesterov ? "Nesterov's" : "plain"}, decay ${decay}, bound ${bound}`, () => {
          const options = { rate: 0.05, momentum: 0.9, nesterov, decay, bound };
          const [weights, moments] = [variablesOf(values), zeros()];
          const [exactWeights, exactMoments] = [numbersOf(weights), numbersOf(moments)];
          for (let step = 0; step < 3; step++) {
            const gradients = draw();
            const before = numbersOf(gradients);
            const norm = momentumStep(weights, moments, gradients, options);
            near(norm, [exactMomentum(exactWeights, exactMoments, before, options)], "norm");
            weights.forEach((weight, index) => {
              near(weight, exactWeights[index]!, `weight ${index}`);
              near(moments[index]!, exactMoments[index]!, `moment ${index}`);
            });
            deepEqual(numbersOf(gradients), before, "gradients stay as they are");
          }
        });
      }
    }

    for (const [decay, bound] of [
      [0, 0],
      [0.1, 5],
    ] as const) {
      it(`follow the formula of Adam, decay ${decay}, bound ${bound}`, () => {
        const [weights, first, second] = [variablesOf(values), zeros(), zeros()];
        const exact = [weights, first, second].map(numbersOf) as [number[][], number[][], number[][]];
        for (let step = 1; step <= 3; step++) {
          const options = { rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-6, decay, bound, step };
          const gradients = draw();
          const norm = adamStep(weights, first, second, gradients, options);
          near(norm, [exactAdam(...exact, numbersOf(gradients), options)], "norm");
          weights.forEach((weight, index) => {
            near(weight, exact[0][index]!, `weight ${index}`);
            near(first[index]!, exact[1][index]!, `first moment ${index}`);
            near(second[index]!, exact[2][index]!, `second moment ${index}`);
          });
        }
      });
    }

    const steps = {
      momentum: (weights: tf.Variable[], moments: tf.Variable[], _: tf.Variable[], gradients: tf.Tensor[]) =>
        momentumStep(weights, moments, gradients, { rate: 0.1, momentum: 0.9, nesterov: true, decay: 0.1, bound: 5 }),
      Adam: (weights: tf.Variable[], first: tf.Variable[], second: tf.Variable[], gradients: tf.Tensor[]) => {
        const options = { rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-6, decay: 0.1, bound: 5, step: 1 };
        return adamStep(weights, first, second, gradients, options);
      },
    };
    for (const [name, step] of Object.entries(steps)) {
      it(`change nobody else's memory: clones, and what variables were made from (${name})`, () => {
        const views = values.map((each) => tf.reshape(each, each.shape));
        const before = numbersOf(values);
        const [weights, moments, more] = [variablesOf(views), zeros(), zeros()];
        const clones = weights.map((each) => tf.clone(each));
        step(weights, moments, more, views);
        deepEqual(numbersOf(values), before, "what the variables were made from");
        deepEqual(numbersOf(views), before, "views of it");
        deepEqual(numbersOf(clones), before, "clones from before the first step");
        const second = numbersOf(weights);
        const later = weights.map((each) => tf.clone(each));
        step(weights, moments, more, views);
        deepEqual(numbersOf(later), second, "clones from before the second step");
        const source = tf.ones(values[0]!.shape);
        weights[0]!.assign(source);
        step(weights, moments, more, views);
        deepEqual([...source.dataSync()], [1], "what was assigned in between");
        ok(weights.every((each, index) => each.dataSync().some((value, place) => value !== before[index]![place])));
      });

      it(`leave nothing behind but the norm (${name})`, () => {
        const [weights, moments, more] = [variablesOf(values), zeros(), zeros()];
        step(weights, moments, more, values).dispose();
        const { numTensors } = tf.memory();
        step(weights, moments, more, values).dispose();
        equal(tf.memory().numTensors, numTensors);
      });

      it(`show in all weights what is not a number in one gradient (${name})`, () => {
        const [weights, moments, more] = [variablesOf(values), zeros(), zeros()];
        const gradients = draw();
        gradients[2] = tf.fill([8], NaN);
        equal(step(weights, moments, more, gradients).dataSync()[0], NaN);
        for (const weight of weights) ok(weight.dataSync().every(Number.isNaN));
      });
    }

    it("refuse lists that do not fit", () => {
      const options = { rate: 0.1, momentum: 0.9, nesterov: true, decay: 0, bound: 0 };
      const [weights, moments] = [variablesOf(values), zeros()];
      throws(() => momentumStep(weights, moments.slice(1), values, options), Problem);
      throws(() => momentumStep(weights, moments, values.slice(1), options), Problem);
      throws(() => momentumStep([], [], [], options), /0 weights/);
      const other = [tf.ones([2]), ...values.slice(1)];
      throws(() => momentumStep(weights, moments, [...values].reverse(), options));
      const adam = { rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-6, decay: 0, bound: 0, step: 1 };
      throws(() => adamStep(weights, moments, moments.slice(1), other, adam), Problem);
    });
  });
});
