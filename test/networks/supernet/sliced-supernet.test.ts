import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { copyWeights, weightsOfModel } from "../../../lib/networks/weights/model-weights";
import { toModel } from "../../../lib/networks/model/to-model";
import { runNetwork } from "../../../lib/networks/run/run-network";
import { createSlicedSupernet } from "../../../lib/networks/supernet/sliced-supernet";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { buildNetwork } from "../../../lib/space/build";
import { sampleArchitecture } from "../../../lib/space/sample";
import type { ShapeArchitecture, ShapeSpace } from "../../../lib/space/shape/architecture";
import { coverShape } from "../../../lib/space/shape/cover";
import { checkSpace } from "../../../lib/space/space";

const space = checkSpace({ kind: "shape" });
const size = { height: 16, width: 16, channels: 1 };
const make = (normalisationPerWidth = false) =>
  createSlicedSupernet(space, size, {}, createRandom(1), { normalisationPerWidth });

/** The same stage three times, but for the widths. */
function architectureOf(widths: readonly [number, number, number], other: Partial<ShapeArchitecture> = {}) {
  const stage = (width: number) => ({
    ...{ width, depth: 2, operation: "convolution" as const, kernel: 3 as const, residual: true, excitation: true },
  });
  return {
    ...{ kind: "shape", stem: "3×3", head: "mean and max", downsampling: ["max pool", "strided convolution"] },
    stages: [stage(widths[0]), stage(widths[1]), stage(widths[2])],
    ...other,
  } as ShapeArchitecture;
}

describe("createSlicedSupernet(space, size, settings, random)", function () {
  this.timeout(60_000);

  it("computes with slices what the stand-alone network computes with their copies", () => {
    const supernet = make();
    const images = tf.randomNormal<tf.Rank.R4>([3, 16, 16, 1], 0, 1, "float32", 2);
    const random = createRandom(3);
    const architectures = [
      architectureOf([8, 48, 32]),
      ...Array.from({ length: 6 }, () => sampleArchitecture(space, random)),
    ];
    for (const architecture of architectures) {
      const { plan, weights } = supernet.take(architecture);
      const graph = buildNetwork(architecture, size);
      const model = toModel(graph, { random: createRandom(9) });
      copyWeights(weights, weightsOfModel(graph, model));
      const run = runNetwork(plan, weights.of, images, { statistics: "moving", noteStatistics: false });
      const expected = model.predict(images) as tf.Tensor2D;
      ok(tf.sub(run.output, expected).abs().max().dataSync()[0]! < 1e-4);
      run.dispose();
      weights.dispose();
      model.dispose();
      expected.dispose();
    }
    images.dispose();
  });

  it("gives a narrower network the first channels of the widest, as TensorFlow slices them", () => {
    const supernet = make();
    const [narrow, widest] = [architectureOf([12, 24, 48]), architectureOf([24, 48, 96])].map((each) =>
      supernet.take(each),
    );
    const compare = (key: string, parts: readonly (readonly [begin: number[], size: number[]])[], axis = 0) => {
      const whole = widest!.weights.get(key);
      const expected = tf.concat(
        parts.map(([begin, part]) => tf.slice(whole, begin, part)),
        axis,
      );
      deepEqual([...narrow!.weights.get(key).dataSync()], [...expected.dataSync()], key);
    };
    const block = "stage2/block2/convolution3x3";
    compare(`${block}/convolution/kernel`, [
      [
        [0, 0, 0, 0],
        [3, 3, 24, 24],
      ],
    ]);
    compare(`${block}/norm/gamma`, [[[0], [24]]]);
    compare(`${block}/excitation/reduce/kernel`, [
      [
        [0, 0],
        [24, 6],
      ],
    ]);
    compare(`${block}/excitation/expand/kernel`, [
      [
        [0, 0],
        [6, 24],
      ],
    ]);
    // The mean's features and the maximum's: two blocks, never one twice as long.
    const head = [...narrow!.slices.keys()].find((key) => key.endsWith("logits/kernel"))!;
    compare(head, [
      [
        [0, 0],
        [48, 2],
      ],
      [
        [96, 0],
        [48, 2],
      ],
    ]);
    for (const taken of [narrow!, widest!]) taken.weights.dispose();
  });

  it("changes what was taken and nothing else, of weights and of any other numbers of the same keys", () => {
    const supernet = make();
    const before = new Map([...supernet.numbers].map(([key, values]) => [key, values.slice()]));
    const taken = supernet.take(architectureOf([8, 16, 32]));
    const values = new Map(
      [...supernet.slice(taken, supernet.numbers)].map(([key, list]) => [key, list.map((x) => x + 1)]),
    );
    const moments = new Map<string, Float32Array>();
    supernet.put(taken, values);
    supernet.put(taken, values, moments);
    let changed = 0;
    for (const [key, list] of supernet.numbers) {
      const own = [...taken.slices.values()].find((slice) => slice.key === key);
      const inside = new Set(values.has(key) ? own?.places : []);
      list.forEach((value, place) => {
        equal(value, inside.has(place) ? Math.fround(before.get(key)![place]! + 1) : before.get(key)![place]);
        if (inside.has(place)) changed += 1;
        equal(moments.get(key)?.[place] ?? 0, inside.has(place) ? value : 0);
      });
    }
    equal(
      changed,
      [...values.values()].reduce((sum, { length }) => sum + length, 0),
    );
    deepEqual(supernet.slice(taken, moments), values);
    taken.weights.dispose();
  });

  it("has no number that no architecture reaches, and the widest networks take whole weights", () => {
    const supernet = make();
    const reached = new Map([...supernet.numbers].map(([key, { length }]) => [key, new Set<number>([length])]));
    for (const architecture of coverShape(space as ShapeSpace)) {
      const taken = supernet.take(architecture);
      for (const { key, places } of taken.slices.values()) for (const place of places) reached.get(key)!.add(place);
      taken.weights.dispose();
    }
    for (const [key, places] of reached) equal(places.size - 1, supernet.numbers.get(key)!.length, key);
    const widest = supernet.take(architectureOf([24, 48, 96]));
    for (const [key, { places }] of widest.slices) equal(places.length, supernet.numbers.get(key)!.length, key);
    widest.weights.dispose();
  });

  it("gives each width scales of its own where that is asked, and shares all else", () => {
    const supernet = make(true);
    const taken = [12, 24].map((width) => supernet.take(architectureOf([width, 48, 96])));
    const keyOf = (index: number, key: string) => taken[index]!.slices.get(key)!.key;
    const gamma = "stage1/block1/convolution3x3/norm/gamma";
    deepEqual([keyOf(0, gamma), keyOf(1, gamma)], [`${gamma}@12`, `${gamma}@24`]);
    const kernel = "stage1/block1/convolution3x3/convolution/kernel";
    equal(keyOf(0, kernel), keyOf(1, kernel));
    deepEqual([...taken[0]!.weights.get(gamma).dataSync()], new Array(12).fill(1));
    for (const { weights } of taken) weights.dispose();
  });

  it("takes the middle of the windows of 5 × 5 where kernels are entangled, and moves it", () => {
    const supernet = createSlicedSupernet(space, size, {}, createRandom(1), { entangledKernels: true });
    const of = (kernel: 3 | 5, operation: "convolution" | "separable") => {
      const base = architectureOf([8, 16, 32]);
      return supernet.take({ ...base, stages: base.stages.map((stage) => ({ ...stage, kernel, operation })) as never });
    };
    for (const [operation, name] of [
      ["convolution", "convolution/kernel"],
      ["separable", "depthwise/depthwise_kernel"],
    ] as const) {
      const [small, large] = [of(3, operation), of(5, operation)];
      const [three, five] = [small, large].map(({ weights }) =>
        weights.keys.find((key) => key.startsWith("stage2/block2") && key.endsWith(name))!,
      );
      const middle = tf.slice(large.weights.get(five!), [1, 1, 0, 0], [3, 3, -1, -1]);
      deepEqual([...small.weights.get(three!).dataSync()], [...middle.dataSync()], operation);
      equal(supernet.numbers.has(small.slices.get(three!)!.key), true);
      equal(small.slices.get(three!)!.key, large.slices.get(five!)!.key);
      for (const { weights } of [small, large]) weights.dispose();
    }
    ok(
      ![...supernet.numbers.keys()].some(
        (key) => /(convolution|separable)3x3.*kernel/.test(key) && key.includes("depthwise"),
      ),
    );
  });

  it("serves spaces without widths too, and refuses an architecture of another space", () => {
    const micro = checkSpace({ kind: "micro", nodes: 2 });
    const supernet = createSlicedSupernet(micro, size, { cells: 2, channels: 4 }, createRandom(1));
    const taken = supernet.take(sampleArchitecture(micro, createRandom(2)));
    for (const [key, { places }] of taken.slices)
      if (!key.includes("/loose")) equal(new Set(places).size, places.length, key);
    taken.weights.dispose();
    throws(() => supernet.take(architectureOf([8, 16, 32])), /An architecture of the shape space/);
    const narrowed = createSlicedSupernet({ kind: "shape", stems: ["5×5"] }, size, {}, createRandom(1));
    throws(() => narrowed.take(architectureOf([8, 16, 32])), /3×3.*5×5/s);
  });

  it("leaves no tensors behind", () => {
    const supernet = make();
    const before = tf.memory().numTensors;
    supernet.take(architectureOf([8, 16, 32])).weights.dispose();
    equal(tf.memory().numTensors, before);
  });
});
