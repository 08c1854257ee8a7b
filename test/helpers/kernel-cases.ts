import { batchNorm, batchNormGradients } from "../../lib/kernels/batch-norm";
import { convolution, convolutionGradients } from "../../lib/kernels/convolution";
import { softmaxCrossEntropy } from "../../lib/kernels/cross-entropy";
import { dense, denseGradients } from "../../lib/kernels/dense";
import { depthwise, depthwiseGradients } from "../../lib/kernels/depthwise";
import { excitation, excitationGradients } from "../../lib/kernels/excitation";
import { globalMax, globalMaxGradients } from "../../lib/kernels/global-max";
import { globalAverage, globalAverageGradients } from "../../lib/kernels/global-average";
import { moveAverages } from "../../lib/kernels/moving-averages";
import { plain, readableOf } from "../../lib/kernels/normalised";
import { adamStep, momentumStep } from "../../lib/kernels/optimisers";
import { pointwise, pointwiseGradients } from "../../lib/kernels/pointwise";
import { averagePool, averagePoolGradients, maxPool, maxPoolGradients } from "../../lib/kernels/pools";
import { reluGradients } from "../../lib/kernels/relu";
import { separable, separableGradients } from "../../lib/kernels/separable";
import { sum } from "../../lib/kernels/sum";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { normalNorm, normalTensor } from "./kernels";

/** A kernel with its backward pass, on fixed numbers. */
export interface KernelCase {
  readonly name: string;
  /** Computes all that it gives; whoever calls disposes it. */
  readonly compute: () => tf.Tensor[];
}

const tensorsOf = (result: object) => Object.values(result).filter((each) => each !== null) as tf.Tensor[];
const asItIs = (value: tf.Tensor4D) => ({ value, scale: null, shift: null });

/** Every kernel once, at sizes that are shared out among several threads. */
export function kernelCases(): KernelCase[] {
  const random = createRandom(5);
  const [batch, height, width, channels] = [5, 17, 15, 20];
  const image = (more = channels) => normalTensor(random, [batch, height, width, more], 0.2);
  const x = image();
  const norm = normalNorm(random, channels);
  const affine = { value: x, scale: norm.gamma, shift: norm.beta };
  const d = image();
  const rowsOf = (count: number, size: number) => normalTensor<tf.Rank.R2>(random, [count, size]);
  const vector = (size: number) => normalTensor<tf.Rank.R1>(random, [size]);

  const separables = [3, 5, 7].map((size): KernelCase => {
    const weights = {
      depthwise: normalTensor(random, [size, size, channels, 1]),
      pointwise: normalTensor(random, [1, 1, channels, channels]),
    };
    return {
      name: `separable ${size}`,
      compute: (): tf.Tensor[] => {
        const result = separable(affine, weights, norm);
        const gradients = separableGradients(d, result, affine, weights, norm, null);
        const { value, mean, variance } = result;
        const seen = plain(readableOf(result));
        tf.dispose(tensorsOf({ scale: result.scale, shift: result.shift, normal: result.normal }));
        return [seen, value, mean, variance, ...tensorsOf(gradients)];
      },
    };
  });

  const inputs = [channels, channels, 7].map((each) => ({
    x: each === channels ? x : image(each),
    kernel: normalTensor(random, [1, 1, each, channels]),
    shifted: false,
  }));
  const reduction = [false, true].map((shifted) => ({
    x,
    kernel: normalTensor(random, [1, 1, channels, 10]),
    shifted,
  }));
  const dReduced = normalTensor(random, [batch, Math.ceil(height / 2), Math.ceil(width / 2), 20]);
  const joined = [
    { name: "pointwise sum", parts: inputs, stride: 1, combine: "sum" as const, gradient: d },
    {
      name: "factorised reduction",
      parts: reduction,
      stride: 2,
      combine: "concatenation" as const,
      gradient: dReduced,
    },
  ].map(({ name, parts, stride, combine, gradient }): KernelCase => ({
    name,
    compute: (): tf.Tensor[] => {
      const options = { relu: true, stride, combine };
      const result = pointwise(parts, options, norm);
      const {
        x: dX,
        kernels,
        gamma,
        beta,
      } = pointwiseGradients(
        gradient,
        result,
        parts,
        options,
        norm,
        parts.map(() => null),
      );
      const { value, mean, variance } = result;
      const seen = plain(readableOf(result));
      tf.dispose(tensorsOf({ scale: result.scale, shift: result.shift, normal: result.normal }));
      return [seen, value, mean, variance, gamma!, beta!, ...kernels, ...tensorsOf(dX)];
    },
  }));

  const windows = [1, 2].flatMap((stride) => {
    const window = { size: 3, stride, padding: "same" as const };
    const kernel = normalTensor(random, [3, 3, channels, 1]);
    const full = normalTensor(random, [1, 1, channels, 10]);
    const out = [batch, Math.ceil(height / stride), Math.ceil(width / stride)];
    const [gradient, dFull] = [normalTensor(random, [...out, channels]), normalTensor(random, [...out, 10])];
    return [
      {
        name: `depthwise, stride ${stride}`,
        compute: (): tf.Tensor[] => [
          depthwise(x, kernel, window),
          ...tensorsOf(depthwiseGradients(gradient, x, kernel, window, null)),
        ],
      },
      {
        name: `convolution, stride ${stride}`,
        compute: (): tf.Tensor[] => [
          convolution(x, full, { ...window, size: 1 }),
          ...tensorsOf(convolutionGradients(dFull, x, full, { ...window, size: 1 }, null)),
        ],
      },
      {
        name: `max pool, stride ${stride}`,
        compute: (): tf.Tensor[] => {
          const result = maxPool(x, window, true);
          const back = maxPoolGradients(gradient, x, result, window, null);
          result.places?.dispose();
          return [result.out, back];
        },
      },
      {
        name: `average pool, stride ${stride}`,
        compute: (): tf.Tensor[] => [averagePool(x, window), averagePoolGradients(gradient, x.shape, window, null)],
      },
    ];
  });

  const weights = [vector(50_000), vector(3), normalTensor(random, [3, 3, 20, 1])];
  const gradients = weights.map(({ shape }) => normalTensor(random, shape));
  const step = (take: (lists: tf.Variable[][]) => tf.Scalar) => () => {
    const lists = [weights, weights.map(tf.zerosLike), weights.map(tf.zerosLike)].map((list) =>
      list.map((each) => tf.variable(each, true)),
    );
    const norms = take(lists);
    const values = lists.flat().map((each) => tf.clone(each));
    tf.dispose(lists.flat());
    return [norms, ...values];
  };
  const optimisers: KernelCase[] = [
    {
      name: "momentum",
      compute: step(([values, moments]) =>
        momentumStep(values!, moments!, gradients, { rate: 0.1, momentum: 0.9, nesterov: true, decay: 0.01, bound: 5 }),
      ),
    },
    {
      name: "moving averages",
      compute: step(([averages, values]) => {
        moveAverages(averages!, values!, 0.99);
        return tf.scalar(0);
      }),
    },
    {
      name: "Adam",
      compute: step(([values, first, second]) => {
        const options = { rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.01, bound: 5, step: 1 };
        return adamStep(values!, first!, second!, gradients, options);
      }),
    },
  ];

  const [deep, dDeep, full] = [image(32), image(40), normalTensor(random, [3, 3, 32, 40])];
  const [reduce, reduceBias, expand] = [rowsOf(channels, 5), vector(5), rowsOf(5, channels)];
  const three = { size: 3, stride: 1, padding: "same" as const };
  const others: KernelCase[] = [
    {
      name: "convolution 3×3",
      compute: (): tf.Tensor[] => [
        convolution(deep, full, three),
        ...tensorsOf(convolutionGradients(dDeep, deep, full, three, null)),
      ],
    },
    ...[1, 2].map((stride): KernelCase => {
      const window = { size: 5, stride, padding: "same" as const };
      const few = normalTensor(random, [5, 5, channels, 12]);
      const dFew = normalTensor(random, [batch, Math.ceil(height / stride), Math.ceil(width / stride), 12]);
      return {
        name: `convolution 5×5, stride ${stride}`,
        compute: (): tf.Tensor[] => [
          convolution(x, few, window),
          ...tensorsOf(convolutionGradients(dFew, x, few, window, null)),
        ],
      };
    }),
    {
      name: "squeeze-and-excitation",
      compute: (): tf.Tensor[] => {
        const gates = { reduce, reduceBias, expand, expandBias: norm.beta };
        const result = excitation(affine, gates, affine, true);
        const back = { added: true, relu: true, inputMean: null };
        const found = excitationGradients(d, affine, gates, result, back);
        result.means.dispose();
        return [result.out, result.inner, result.gates, ...tensorsOf(found)];
      },
    },
    { name: "sum", compute: (): tf.Tensor[] => [sum([affine, asItIs(d), affine], true)] },
    {
      name: "batch normalisation",
      compute: (): tf.Tensor[] => {
        const result = batchNorm(x, norm, true);
        const { x: dX, gamma, beta } = batchNormGradients(d, x, result, norm, true);
        return [result.out, result.mean, result.variance, dX, gamma, beta];
      },
    },
  ];
  const [rows, dRows, square] = [rowsOf(40, 80), rowsOf(40, 30), rowsOf(80, 30)];
  const ends: KernelCase[] = [
    { name: "ReLU", compute: (): tf.Tensor[] => [reluGradients(d, x)] },
    {
      name: "global average",
      compute: (): tf.Tensor[] => {
        const means = globalAverage(affine, true);
        return [means, globalAverageGradients(means, affine, x.shape, null)];
      },
    },
    {
      name: "global max",
      compute: (): tf.Tensor[] => {
        const result = globalMax(x);
        const back = globalMaxGradients(result.out, x, result, null);
        result.places?.dispose();
        return [result.out, back];
      },
    },
    {
      name: "dense",
      compute: (): tf.Tensor[] => [
        dense(rows, square, null),
        ...tensorsOf(denseGradients(dRows, rows, square, true, null)),
      ],
    },
    { name: "cross entropy", compute: (): tf.Tensor[] => tensorsOf(softmaxCrossEntropy(rows, rows, null)) },
  ];
  return [...separables, ...joined, ...windows, ...optimisers, ...others, ...ends];
}
