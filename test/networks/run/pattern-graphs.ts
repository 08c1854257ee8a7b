import { startGraph, type GraphBuilder, type InputSize, type Value } from "../../../lib/graph/builder";
import type { Graph } from "../../../lib/graph/graph";
import { layers, type Layer } from "../../../lib/graph/layer";

/** Images neither square nor even, of as many channels as the layers have. */
const patternSize: InputSize = { height: 7, width: 9, channels: 4 };

/** A small network, and the outputs of the steps in which it is to be computed. */
export interface Pattern {
  readonly graph: Graph;
  readonly steps: readonly string[];
}

/** Adds a layer by its name. */
export type Add = (name: string, layer: Layer, ...inputs: Value[]) => Value;

const norm = layers.batchNormalisation({ epsilon: 0.01 });
const relu = layers.activation("relu");
const tanh = layers.activation("tanh");
const image: Value = { name: "input", shape: [7, 9, 4] };
const one = (stride = 1, filters = 4) => layers.convolution({ size: 1, filters, stride });
const three = layers.convolution({ size: 3, filters: 4 });

/** A network whose body stands between a 3 × 3 convolution, so that there is a gradient to hand on, and dense logits. */
function within(steps: string[], body: (add: Add, stem: Value) => Value): Pattern {
  const builder = start();
  const last = body(adderOf(builder), builder.add("stem", three, builder.input));
  const row = builder.add("row", layers.flatten(), last);
  const graph = builder.finish(builder.add("logits", layers.dense({ units: 3 }), row));
  return { graph, steps: ["stem", ...steps, "row", "logits"] };
}

function adderOf(builder: GraphBuilder): Add {
  return (...given) => builder.add(...given);
}

function start(): GraphBuilder {
  return startGraph("Pattern", patternSize);
}

const separate = (add: Add, input: Value, name = "", size = 3) => {
  const positive = add(`${name}relu`, relu, input);
  const filtered = add(`${name}depthwise`, layers.depthwise({ size }), positive);
  return add(`${name}norm`, norm, add(`${name}pointwise`, one(), filtered));
};

const unit = (add: Add, input: Value, name: string, stride = 1, filters = 4) => {
  const convolved = add(`${name}convolution`, layers.convolution({ size: 3, filters, stride }), input);
  return add(`${name}relu`, relu, add(`${name}norm`, norm, convolved));
};

const excite = (add: Add, input: Value, name = "") => {
  const mean = add(`${name}mean`, layers.globalAveragePool(), input);
  const inner = add(`${name}inner`, relu, add(`${name}reduce`, layers.dense({ units: 2 }), mean));
  const gate = add(
    `${name}gate`,
    layers.activation("sigmoid"),
    add(`${name}expand`, layers.dense({ units: 4 }), inner),
  );
  return add(`${name}product`, layers.multiply(), input, add(`${name}image`, layers.reshape([1, 1, 4]), gate));
};

/** A sum of 1 × 1 convolutions with a ReLU before each, of as many inputs as asked for, as at the end of a cell. */
function looseEnds(count: number): Pattern {
  const values = Array.from({ length: count }, (_, index) => `tanh${index}`);
  const ends = values.map((_, index) => `convolution${index}`);
  // Relus that only one reads are left to the sum; the steps of a sum that is too long are in the network's order.
  const inner =
    count <= 32
      ? [...values, "norm"]
      : [...values, ...ends.flatMap((end, index) => [`relu${index}`, end]), "sum", "norm"];
  return within(inner, (add, stem) => {
    const moved = values.reduce<Value[]>((all, name) => [...all, add(name, tanh, all.at(-1) ?? stem)], []);
    const convolved = moved.map((value, index) => add(ends[index]!, one(), add(`relu${index}`, relu, value)));
    return add("norm", norm, add("sum", layers.add(), ...convolved));
  });
}

function reduction(add: Add, input: Value, layer: Layer = one(2, 2)): Value {
  const even = add("path0", layer, input);
  const odd = add("path1", layer, add("shift", layers.shift(), input));
  return add("norm", norm, add("both", layers.concatenate(), even, odd));
}

/** Every pattern of layers that is computed at once, and what looks like one and must not be. */
export const patterns: Readonly<Record<string, Pattern>> = {
  "half of a separable operation": within(["norm"], (add, stem) => separate(add, stem)),
  "separable 5 × 5 and 7 × 7 behind each other": within(["a-norm", "b-norm"], (add, stem) =>
    separate(add, separate(add, stem, "a-", 5), "b-", 7),
  ),
  "separable, of a window that our kernel has not": within(["relu", "depthwise", "norm"], (add, stem) =>
    separate(add, stem, "", 2),
  ),
  "separable, read twice": within(["norm", "sum"], (add, stem) => {
    const value = separate(add, stem);
    return add("sum", layers.add(), value, value);
  }),
  "separable, stride 2": within(["relu", "depthwise", "norm"], (add, stem) => {
    const filtered = add("depthwise", layers.depthwise({ size: 3, stride: 2 }), add("relu", relu, stem));
    return add("norm", norm, add("pointwise", one(), filtered));
  }),
  "separable whose pointwise convolution has stride 2": within(["relu", "depthwise", "norm"], (add, stem) => {
    const filtered = add("depthwise", layers.depthwise({ size: 3 }), add("relu", relu, stem));
    return add("norm", norm, add("pointwise", one(2), filtered));
  }),
  "separable, valid": within(["relu", "depthwise", "norm"], (add, stem) => {
    const filtered = add("depthwise", layers.depthwise({ size: 3, padding: "valid" }), add("relu", relu, stem));
    return add("norm", norm, add("pointwise", one(), filtered));
  }),
  "separable with a bias": within(["relu", "depthwise", "norm"], (add, stem) => {
    const filtered = add("depthwise", layers.depthwise({ size: 3, bias: true }), add("relu", relu, stem));
    return add("norm", norm, add("pointwise", one(), filtered));
  }),
  "separable whose ReLU another reads": within(["relu", "depthwise", "norm", "sum"], (add, stem) => {
    const positive = add("relu", relu, stem);
    const filtered = add("depthwise", layers.depthwise({ size: 3 }), positive);
    return add("sum", layers.add(), positive, add("norm", norm, add("pointwise", one(), filtered)));
  }),
  "separable whose depthwise convolution another reads": within(["relu", "depthwise", "norm", "sum"], (add, stem) => {
    const filtered = add("depthwise", layers.depthwise({ size: 3 }), add("relu", relu, stem));
    return add("sum", layers.add(), filtered, add("norm", norm, add("pointwise", one(), filtered)));
  }),
  "separable whose pointwise convolution another reads": within(
    ["relu", "depthwise", "pointwise", "norm", "sum"],
    (add, stem) => {
      const filtered = add("depthwise", layers.depthwise({ size: 3 }), add("relu", relu, stem));
      const mixed = add("pointwise", one(), filtered);
      return add("sum", layers.add(), mixed, add("norm", norm, mixed));
    },
  ),
  "separable of the image": within(["norm", "sum"], (add, stem) =>
    add("sum", layers.add(), stem, separate(add, image)),
  ),
  "1 × 1 convolution": within(["norm"], (add, stem) => add("norm", norm, add("convolution", one(), stem))),
  "1 × 1 convolution with ReLU before": within(["norm"], (add, stem) =>
    add("norm", norm, add("convolution", one(), add("relu", relu, stem))),
  ),
  "1 × 1 convolution, ReLU behind": within(["norm", "relu"], (add, stem) =>
    add("relu", relu, add("norm", norm, add("convolution", one(), stem))),
  ),
  "1 × 1 convolution, stride 2": within(["norm"], (add, stem) => add("norm", norm, add("convolution", one(2), stem))),
  "1 × 1 convolution, stride 3": within(["norm"], (add, stem) => add("norm", norm, add("convolution", one(3), stem))),
  "1 × 1 convolution with a bias": within(["convolution", "norm"], (add, stem) =>
    add("norm", norm, add("convolution", layers.convolution({ size: 1, filters: 4, bias: true }), stem)),
  ),
  "1 × 1 convolution of the image": within(["norm", "sum"], (add, stem) =>
    add("sum", layers.add(), stem, add("norm", norm, add("convolution", one(), image))),
  ),
  "1 × 1 convolution that another reads": within(["convolution", "norm", "sum"], (add, stem) => {
    const value = add("convolution", one(), stem);
    return add("sum", layers.add(), value, add("norm", norm, value));
  }),
  "1 × 1 convolution of a ReLU that another reads": within(["relu", "norm", "sum"], (add, stem) => {
    const positive = add("relu", relu, stem);
    return add("sum", layers.add(), positive, add("norm", norm, add("convolution", one(), positive)));
  }),
  "1 × 1 convolution of more channels than our kernel is made for": within(["wide", "norm"], (add, stem) => {
    const wide = add("wide", one(1, 520), stem);
    return add("norm", norm, add("convolution", one(1, 260), wide));
  }),
  "a sum of three, two with ReLU and one without": within(
    ["relu0", "end0", "relu1", "end1", "end2", "sum", "norm"],
    (add, stem) => {
      const ends = [0, 1, 2].map((index) =>
        add(`end${index}`, one(), index === 2 ? stem : add(`relu${index}`, relu, stem)),
      );
      return add("norm", norm, add("sum", layers.add(), ...ends));
    },
  ),
  "a sum of two of one input": within(["norm"], (add, stem) =>
    add("norm", norm, add("sum", layers.add(), add("a", one(), stem), add("b", one(), stem))),
  ),
  "a sum of three, the first and the last of one input": within(["other", "norm"], (add, stem) => {
    const other = add("other", three, stem);
    const ends = [stem, other, stem].map((value, index) => add(`end${index}`, one(), value));
    return add("norm", norm, add("sum", layers.add(), ...ends));
  }),
  "a sum of one convolution with itself": within(["convolution", "sum", "norm"], (add, stem) => {
    const value = add("convolution", one(), stem);
    return add("norm", norm, add("sum", layers.add(), value, value));
  }),
  "a sum that one of its inputs is read beside": within(["a", "b", "sum", "norm", "all"], (add, stem) => {
    const [a, b] = [add("a", one(), stem), add("b", one(), stem)];
    return add("all", layers.add(), b, add("norm", norm, add("sum", layers.add(), a, b)));
  }),
  "a sum of different strides": within(["pool", "a", "b", "sum", "norm"], (add, stem) => {
    const pooled = add("pool", layers.maxPool({ size: 2 }), stem);
    return add("norm", norm, add("sum", layers.add(), add("a", one(2), stem), add("b", one(), pooled)));
  }),
  "a sum of a 1 × 1 and a 3 × 3 convolution": within(["a", "b", "sum", "norm"], (add, stem) =>
    add("norm", norm, add("sum", layers.add(), add("a", one(), stem), add("b", three, stem))),
  ),
  "a sum of one": within(["norm"], (add, stem) => add("norm", norm, add("sum", layers.add(), add("a", one(), stem)))),
  "two loose ends": looseEnds(2),
  "32 loose ends": looseEnds(32),
  "33 loose ends": looseEnds(33),
  "factorised reduction": within(["norm"], (add, stem) => reduction(add, stem)),
  "factorised reduction with ReLU": within(["norm"], (add, stem) => reduction(add, add("relu", relu, stem))),
  "factorised reduction of a normalised value": within(["tanh", "norm0", "norm"], (add, stem) =>
    reduction(add, add("norm0", norm, add("tanh", tanh, stem))),
  ),
  "factorised reduction whose ReLU another reads": within(["relu", "norm", "mean", "row0", "all"], (add, stem) => {
    const positive = add("relu", relu, stem);
    const halved = reduction(add, positive);
    const mean = add("mean", layers.globalAveragePool(), positive);
    return add("all", layers.multiply(), halved, add("row0", layers.reshape([1, 1, 4]), mean));
  }),
  "a shifted convolution of stride 1": within(["path0", "shift", "path1", "both", "norm"], (add, stem) =>
    reduction(add, stem, one(1, 2)),
  ),
  normalisation: within(["tanh", "norm"], (add, stem) => add("norm", norm, add("tanh", tanh, stem))),
  "normalisation and ReLU": within(["tanh", "relu"], (add, stem) =>
    add("relu", relu, add("norm", norm, add("tanh", tanh, stem))),
  ),
  "convolutions with normalisation and ReLU behind each other": within(
    ["tanh", "a-norm", "b-norm", "c-norm", "c-relu", "d-convolution", "d-relu"],
    (add, stem) => {
      // Of four channels, of eight, of eight with another stride, and of four again.
      const [first, second] = [unit(add, add("tanh", tanh, stem), "a-", 1, 8), "b-"] as const;
      const third = unit(add, unit(add, first, second, 1, 8), "c-", 2);
      return unit(add, third, "d-");
    },
  ),
  "convolutions behind each other, of which others read the first": within(
    ["tanh", "wide", "a-norm", "a-relu", "b-norm", "sum"],
    (add, stem) => {
      const wide = add("wide", layers.convolution({ size: 3, filters: 6 }), add("tanh", tanh, stem));
      const first = unit(add, wide, "a-", 1, 6);
      const second = add("b-convolution", layers.convolution({ size: 3, filters: 6 }), first);
      return add("sum", layers.add(), first, add("b-norm", norm, second));
    },
  ),
  "many filters after a ReLU": within(["tanh", "a-norm", "b-norm", "b-relu"], (add, stem) =>
    unit(add, unit(add, add("tanh", tanh, stem), "a-", 1, 60), "b-", 1, 60),
  ),
  "normalisation, ReLU and others that read it": within(["tanh", "norm", "relu", "sum"], (add, stem) => {
    const value = add("norm", norm, add("tanh", tanh, stem));
    return add("sum", layers.add(), value, add("relu", relu, value));
  }),
  "normalisation and ReLU6": within(["tanh", "norm", "relu6"], (add, stem) =>
    add("relu6", layers.activation("relu6"), add("norm", norm, add("tanh", tanh, stem))),
  ),
  "normalisation twice": within(["tanh", "norm0", "norm"], (add, stem) =>
    add("norm", norm, add("norm0", norm, add("tanh", tanh, stem))),
  ),
  "convolution and normalisation": within(["norm"], (add, stem) => add("norm", norm, add("convolution", three, stem))),
  "convolution of the image and normalisation": within(["norm", "sum"], (add, stem) =>
    add("sum", layers.add(), stem, add("norm", norm, add("convolution", three, image))),
  ),
  "convolution of the image and normalisation, read by a sum of 1 × 1 convolutions": within(
    ["first", "norm"],
    (add, stem) => {
      const first = add("first", norm, add("convolution", three, image));
      const ends = [first, stem].map((value, index) => add(`end${index}`, one(), add(`relu${index}`, relu, value)));
      return add("norm", norm, add("sum", layers.add(), ...ends));
    },
  ),
  "convolution with a bias and normalisation": within(["convolution", "norm"], (add, stem) =>
    add("norm", norm, add("convolution", layers.convolution({ size: 3, filters: 4, bias: true }), stem)),
  ),
  "convolution that another reads, and normalisation": within(["convolution", "norm", "sum"], (add, stem) => {
    const value = add("convolution", three, stem);
    return add("sum", layers.add(), value, add("norm", norm, value));
  }),
  "normalisation of rows": within(["flat", "norm", "relu", "all"], (add, stem) => {
    const flat = add("flat", layers.flatten(), stem);
    const value = add("norm", norm, flat);
    return add("all", layers.add(), value, add("relu", relu, value));
  }),
  "normalisation of rows and ReLU": within(["flat", "relu"], (add, stem) =>
    add("relu", relu, add("norm", norm, add("flat", layers.flatten(), stem))),
  ),
  "ReLU of rows, and their sum": within(["flat", "relu", "sum"], (add, stem) => {
    const flat = add("flat", layers.flatten(), stem);
    return add("sum", layers.add(), flat, add("relu", relu, flat));
  }),
  "sum and ReLU": within(["other", "relu"], (add, stem) =>
    add("relu", relu, add("sum", layers.add(), stem, add("other", three, stem))),
  ),
  "sum and ReLU, and another that reads the sum": within(["other", "sum", "relu", "all"], (add, stem) => {
    const sum = add("sum", layers.add(), stem, add("other", three, stem));
    return add("all", layers.add(), sum, add("relu", relu, sum));
  }),
  "sum of rows and ReLU": within(["flat", "sum", "relu"], (add, stem) => {
    const flat = add("flat", layers.flatten(), stem);
    return add("relu", relu, add("sum", layers.add(), flat, flat));
  }),
  "identity and identity": within(["sum"], (add, stem) => add("sum", layers.add(), stem, stem)),
  "a sum of normalised values that were left to it": within(["a-norm", "norm", "sum"], (add, stem) => {
    const [a, b] = [separate(add, stem, "a-"), add("norm", norm, add("convolution", one(), stem))];
    return add("sum", layers.add(), a, b, stem, a);
  }),
  "a normalised value read by all kinds of readers": within(
    ["norm", "max", "average", "relu", "relu6", "depthwise", "dense-mean", "gate", "all", "scaled", "both"],
    (add, stem) => {
      const value = add("norm", norm, add("convolution", one(), stem));
      const sum = [
        add("max", layers.maxPool({ size: 3, stride: 1 }), value),
        add("average", layers.averagePool({ size: 3, stride: 1 }), value),
        add("relu", relu, value),
        add("relu6", layers.activation("relu6"), value),
        add("depthwise", layers.depthwise({ size: 3 }), value),
      ];
      const mean = add("dense-mean", layers.globalAveragePool(), value);
      const gate = add("gate", layers.reshape([1, 1, 4]), mean);
      const scaled = add("scaled", layers.multiply(), add("all", layers.add(), ...sum), gate);
      return add("both", layers.concatenate(), scaled, value);
    },
  ),
  "the mean of a normalised value that is read after it": within(["norm", "mean", "gate", "scaled"], (add, stem) => {
    const value = add("norm", norm, add("convolution", one(), stem));
    const gate = add("gate", layers.reshape([1, 1, 4]), add("mean", layers.globalAveragePool(), value));
    return add("scaled", layers.multiply(), value, gate);
  }),
  "squeeze-and-excitation, and what is added to it, with a ReLU": within(["norm", "relu"], (add, stem) => {
    const value = add("norm", norm, add("convolution", one(), stem));
    return add("relu", relu, add("sum", layers.add(), stem, excite(add, value)));
  }),
  "squeeze-and-excitation with a ReLU": within(["relu"], (add, stem) => add("relu", relu, excite(add, stem))),
  "squeeze-and-excitation of a separable operation, without a ReLU": within(["norm", "product"], (add, stem) =>
    excite(add, separate(add, stem)),
  ),
  "squeeze-and-excitation that is read before its ReLU": within(["product", "relu", "both"], (add, stem) => {
    const value = excite(add, stem);
    return add("both", layers.concatenate(), add("relu", relu, value), value);
  }),
  "squeeze-and-excitation, and itself added": within(["product", "sum"], (add, stem) => {
    const value = excite(add, stem);
    return add("sum", layers.add(), value, value);
  }),
  "squeeze-and-excitation whose gates are read by others": within(
    ["mean", "reduce", "inner", "expand", "gate", "image", "product", "wide", "both"],
    (add, stem) => {
      const value = excite(add, stem);
      const wide = add("wide", layers.multiply(), stem, { name: "image", shape: [1, 1, 4] });
      return add("both", layers.add(), value, wide);
    },
  ),
  "a sum of two squeeze-and-excitations": within(["b-product", "sum"], (add, stem) =>
    add("sum", layers.add(), excite(add, stem), excite(add, stem, "b-")),
  ),
  "the largest and the mean of a normalised value": within(
    ["norm", "mean", "largest", "both", "image"],
    (add, stem) => {
      const value = separate(add, stem);
      const rows = [add("mean", layers.globalAveragePool(), value), add("largest", layers.globalMaxPool(), value)];
      return add("image", layers.reshape([1, 1, 8]), add("both", layers.concatenate(), ...rows));
    },
  ),
  "a product with itself": within(["square"], (add, stem) => add("square", layers.multiply(), stem, stem)),
  "concatenation of one value twice": within(["both"], (add, stem) => add("both", layers.concatenate(), stem, stem)),
  "a pool and what is added to it": within(["norm", "all"], (add, stem) => {
    const pool = add("pool", layers.averagePool({ size: 3, stride: 1 }), stem);
    return add("all", layers.add(), separate(add, stem), pool);
  }),
  "two pools that are added, of which one has the other added": within(["mean", "all"], (add, stem) => {
    const largest = add("largest", layers.maxPool({ size: 3, stride: 2 }), stem);
    return add("all", layers.add(), largest, add("mean", layers.averagePool({ size: 3, stride: 2 }), stem));
  }),
  "a pool of what it is added to": within(["all"], (add, stem) =>
    add("all", layers.add(), add("pool", layers.maxPool({ size: 3, stride: 1 }), stem), stem),
  ),
  "pools of a normalised value, which they normalise on their way": within(["norm", "largest", "all"], (add, stem) => {
    const value = separate(add, stem);
    const mean = add("mean", layers.averagePool({ size: 3, stride: 1 }), value);
    return add("all", layers.add(), mean, add("largest", layers.maxPool({ size: 3, stride: 1 }), value));
  }),
  "a pool that others read, too": within(["pool", "all", "last"], (add, stem) => {
    const pool = add("pool", layers.maxPool({ size: 3, stride: 1 }), stem);
    return add("last", layers.add(), add("all", layers.add(), stem, pool), pool);
  }),
  "a sum of a pool and two others": within(["pool", "relu", "all"], (add, stem) => {
    const pool = add("pool", layers.maxPool({ size: 3, stride: 1 }), stem);
    return add("all", layers.add(), pool, add("relu", relu, stem), stem);
  }),
  "a max pool wider than our kernels are made for": within(["all"], (add, stem) => {
    const pool = add("pool", layers.maxPool({ size: 17, stride: 1 }), stem);
    return add("all", layers.add(), stem, pool);
  }),
  "an average pool wider than our kernels are made for": within(["pool"], (add, stem) =>
    add("pool", layers.averagePool({ size: 17, stride: 1 }), stem),
  ),
};

/** Networks whose output lies inside of what would be computed at once: it is not, as the caller reads the output. */
export const outputInside: Readonly<Record<string, Pattern>> = Object.fromEntries(
  Object.entries({
    relu: ["relu", "depthwise", "norm", "after"],
    depthwise: ["relu", "depthwise", "norm", "after"],
    pointwise: ["relu", "depthwise", "pointwise", "after"],
    norm: ["norm", "after"],
    after: ["norm", "after"],
  }).map(([output, steps]) => {
    const builder = start();
    const stem = builder.add("stem", three, builder.input);
    const after = builder.add("after", relu, separate(adderOf(builder), stem));
    const graph = builder.finish({ ...after, name: output }, output === "after" ? null : after);
    return [`${output} of a separable operation`, { graph, steps: ["stem", ...steps] }];
  }),
);
