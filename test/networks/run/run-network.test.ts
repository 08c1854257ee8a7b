import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { startGraph, type InputSize } from "../../../lib/graph/builder";
import { buildNetwork } from "../../../lib/space/build";
import type { NetworkSettings } from "../../../lib/space/kinds";
import { presets } from "../../../lib/space/presets";
import { sampleArchitecture } from "../../../lib/space/sample";
import type { Graph } from "../../../lib/graph/graph";
import { handCraftedNetworks } from "../../../lib/graph/hand-crafted/registry";
import { layers } from "../../../lib/graph/layer";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { directMemory } from "../../../lib/kernels/direct-tensor";
import { nothing } from "../../../lib/kernels/tensorflow-call";
import type { WeightSource } from "../../../lib/networks/model/stock-forward";
import { planNetwork } from "../../../lib/networks/run/plan";
import { runNetwork } from "../../../lib/networks/run/run-network";
import type { RunState } from "../../../lib/networks/run/run-state";
import type { WeightBank } from "../../../lib/networks/weights/weight-bank";
import { Problem } from "../../../lib/runtime/problem";
import { createRandom, type RandomGenerator } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import {
  distance,
  gap,
  imagesOf,
  kernelKinds,
  leavesNothing,
  lengthOf,
  near,
  randomTensor,
  stockGradients,
  stockValues,
  takeGradients,
  valuesOf,
  weightsOfGraph,
  withKernels,
  type Values,
} from "../helpers";
import { imageLayers, oddSize, oneLayer, wholeGraph } from "../model/example-graphs";
import { outputInside, patterns } from "./pattern-graphs";
import { macroSpace, microSpace } from "../../helpers/spaces";

const sizeOf = ({ nodes }: Graph): InputSize => {
  const [height, width, channels] = nodes[0]!.shape as [number, number, number];
  return { height, width, channels };
};

function sameValues(found: Values, expected: Values, tolerance: number, what: string): void {
  near(found.output, expected.output, tolerance, `output of ${what}`);
  equal(found.auxiliary === null, expected.auxiliary === null);
  if (found.auxiliary !== null) near(found.auxiliary, expected.auxiliary!, tolerance, `auxiliary of ${what}`);
  deepEqual([...found.statistics.keys()].sort(), [...expected.statistics.keys()].sort());
  for (const [node, [mean, variance]] of expected.statistics) {
    const [foundMean, foundVariance] = found.statistics.get(node)!;
    // A mean of nearly 0 is a difference of large numbers.
    const scale = Math.sqrt(variance.reduce((sum, each) => sum + each, 0)) + lengthOf(mean) + 1e-3;
    const off = gap(foundMean, mean);
    ok(off <= tolerance * scale, `mean of ${node} of ${what} is ${off} away`);
    near(foundVariance, variance, tolerance, `variance of ${node} of ${what}`);
  }
}

/** Compares a run with TensorFlow.js's own operations, with the batch's statistics and with moving ones. */
function compareValues(graph: Graph, tolerance: number, random: RandomGenerator | null = null, batch = 3): void {
  const weights = weightsOfGraph(graph);
  const x = imagesOf(sizeOf(graph), batch);
  const plan = planNetwork(graph);
  for (const statistics of ["batch", "moving"] as const) {
    const training = statistics === "batch";
    const dropout = training ? random : null;
    const run = runNetwork(plan, weights.of, x, { statistics, dropout });
    const expected = stockValues(graph, weights, x, training, dropout);
    sameValues(valuesOf(run), expected, tolerance, `${graph.name}, ${statistics}`);
    run.dispose();
  }
  weights.dispose();
  x.dispose();
}

/** Gradients of a run for random gradients of its outputs, and TensorFlow.js's own; of the weights that have one. */
function bothGradients(graph: Graph, weights: WeightBank, x: tf.Tensor4D, random: RandomGenerator | null = null) {
  const run = runNetwork(planNetwork(graph), weights.of, x, { statistics: "batch", gradient: true, dropout: random });
  const dOutput = randomTensor(run.output.shape, 11) as tf.Tensor2D;
  const dAuxiliary = run.auxiliary === null ? null : (randomTensor(run.auxiliary.shape, 12) as tf.Tensor2D);
  const found = takeGradients(run.backward(dOutput, dAuxiliary));
  run.dispose();
  const expected = stockGradients(graph, weights, x, dOutput, dAuxiliary, random);
  tf.dispose([dOutput, dAuxiliary ?? []]);
  return { found, expected };
}

/** Compares the gradient of each weight with TensorFlow.js's own. */
function compareGradients(graph: Graph, what: string, random: RandomGenerator | null = null): void {
  const weights = weightsOfGraph(graph);
  const x = imagesOf(sizeOf(graph), 3);
  const { found, expected } = bothGradients(graph, weights, x, random);
  deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
  // By the largest gradient of all: one that is 0 but for rounding, as of what a normalisation takes away, has no other.
  const largest = Math.max(...[...expected.values()].map(lengthOf));
  for (const [key, values] of expected) {
    const off = gap(found.get(key)!, values);
    const allowed = 1e-4 * Math.max(lengthOf(values), 1e-2 * largest);
    ok(off <= allowed, `${key} of ${what}: ${off} away, allowed are ${allowed}`);
  }
  weights.dispose();
  x.dispose();
}

/**
 * Compares all gradients together with TensorFlow.js's own. Behind many normalisations float32 does not fix a gradient:
 * what is asked for is that ours is as near as TensorFlow.js's own for images that differ by rounding.
 */
function compareByRounding(graph: Graph): void {
  const weights = weightsOfGraph(graph);
  const x = imagesOf(sizeOf(graph), 4);
  const { found, expected } = bothGradients(graph, weights, x, createRandom(8));
  deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
  const scaled = tf.tidy(() => tf.mul<tf.Tensor4D>(x, 1 + 1e-6));
  const moved = bothGradients(graph, weights, scaled, createRandom(8)).expected;
  const all = (values: ReadonlyMap<string, Float32Array>) => {
    const parts = [...expected.keys()].map((key) => values.get(key)!);
    const list = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((start, part) => (list.set(part, start), start + part.length), 0);
    return list;
  };
  const [ours, theirs] = [distance(all(found), all(expected)), distance(all(moved), all(expected))];
  ok(ours <= 10 * theirs + 1e-4 && ours < 0.05, `${graph.name}: ${ours}, and ${theirs} by rounding`);
  weights.dispose();
  tf.dispose([x, scaled]);
}

const small = (size: number): InputSize => ({ height: size, width: size, channels: 1 });

/** Found networks of both spaces, small and of all operations. */
function foundNetworks(count: number, size = 12): Graph[] {
  return Array.from({ length: count }, (_, index) => {
    const settings: Partial<NetworkSettings> = { channels: 4, dropout: 0.3 };
    if (index % 2 === 1) {
      return buildNetwork(sampleArchitecture(macroSpace(6), createRandom(index)), small(size), settings);
    }
    const micro = { ...settings, cells: 3, dropPath: 0.4, auxiliary: index % 4 === 0 };
    return buildNetwork(sampleArchitecture(microSpace(4), createRandom(index)), small(size), micro);
  });
}

describe("runNetwork(plan, weights, x, settings)", () => {
  before(() => {
    // There is one for the whole process, which would be counted below.
    nothing();
  });

  for (const kind of kernelKinds) {
    describe(`with the kernels of ${kind === "own" ? "our own" : "TensorFlow"}`, () => {
      const using = (work: () => void) => () => {
        withKernels(kind, work);
      };

      it(
        "gives what TensorFlow.js's own operations give, of every kind of layer",
        using(() => {
          for (const [name, layer] of Object.entries(imageLayers())) {
            compareValues({ ...oneLayer(layer), name }, 1e-5);
            compareGradients(oneLayer(layer), name);
          }
          const random = createRandom(5);
          compareValues(wholeGraph(0.3), 1e-5, random);
          compareGradients(wholeGraph(0.3), "a graph of all layers", random);
        }),
      );

      it(
        "gives the same values and gradients for everything that is computed at once",
        using(() => {
          for (const [name, { graph }] of Object.entries({ ...patterns, ...outputInside })) {
            compareValues({ ...graph, name }, 2e-5);
            compareGradients(graph, name);
          }
        }),
      );

      it(
        "gives the same for found networks of both spaces, with the same dropout and drop-path for the same generator",
        using(() => {
          for (const graph of foundNetworks(12)) compareValues(graph, 1e-3, createRandom(8), 4);
        }),
      );

      it(
        "gives gradients of whole networks as near as those of images that differ by rounding",
        using(() => {
          const light = ["plain CNN", "SqueezeNet 1.1", "MobileNetV2"];
          const known = handCraftedNetworks.filter((network) => light.includes(network.name));
          equal(known.length, light.length);
          for (const graph of [...foundNetworks(5), ...known.map((network) => network.build(small(28)))])
            compareByRounding(graph);
        }),
      );

      it(
        "gives bit for bit the same again",
        using(() => {
          const graph = foundNetworks(1)[0]!;
          const weights = weightsOfGraph(graph);
          const x = imagesOf(sizeOf(graph), 4);
          const once = () => {
            const run = runNetwork(planNetwork(graph), weights.of, x, {
              statistics: "batch",
              gradient: true,
              dropout: createRandom(2),
            });
            const values = valuesOf(run);
            const gradients = takeGradients(run.backward(run.output, run.auxiliary));
            run.dispose();
            return { values, gradients };
          };
          deepEqual(once(), once());
          weights.dispose();
          x.dispose();
        }),
      );
    });
  }

  for (const network of handCraftedNetworks) {
    it(`gives what TensorFlow.js gives of ${network.name}, a gradient for every weight, and leaves nothing`, () => {
      const graph = network.build(small(Math.max(28, network.smallest)));
      const weights = weightsOfGraph(graph);
      const x = imagesOf(sizeOf(graph), 4);
      const trainable = namedWeightsOf(graph).filter(({ specification }) => specification.trainable);
      const expected = { batch: stockValues(graph, weights, x, true), moving: stockValues(graph, weights, x, false) };
      for (const kind of kernelKinds) {
        withKernels(kind, () => {
          const plan = planNetwork(graph);
          const before = tf.memory().numTensors;
          for (const statistics of ["moving", "batch"] as const) {
            const gradient = statistics === "batch";
            const run = runNetwork(plan, weights.of, x, {
              statistics,
              gradient,
              dropout: gradient ? createRandom(1) : null,
            });
            sameValues(valuesOf(run), expected[statistics], 1e-3, `${graph.name}, ${statistics}`);
            if (gradient) {
              const gradients = run.backward(run.output);
              deepEqual([...gradients.keys()].sort(), trainable.map(({ key }) => key).sort());
              for (const { key, specification } of trainable)
                deepEqual(gradients.get(key)!.shape, [...specification.shape], key);
              tf.dispose([...gradients.values()]);
            }
            run.dispose();
          }
          equal(tf.memory().numTensors, before, `${graph.name}, ${kind}`);
        });
      }
      weights.dispose();
      x.dispose();
    });
  }

  describe("holds values as long as they are needed", () => {
    const graph = buildNetwork(sampleArchitecture(microSpace(5), createRandom(4)), small(24), {
      cells: 4,
      channels: 8,
    });
    const batch = 4;
    const bytesOfAll = graph.nodes.reduce((sum, { shape }) => sum + 4 * batch * shape.reduce((a, b) => a * b, 1), 0);
    const weights = weightsOfGraph(graph);
    const x = imagesOf(sizeOf(graph), batch);
    const plan = planNetwork(graph);

    /** The plan with steps that note how many tensors there are, and how many bytes, before each of them. */
    function startNoting() {
      const count = () => {
        const [own, others] = [directMemory(), tf.memory()];
        return { tensors: own.tensors + others.numTensors, bytes: own.bytes + others.numBytes };
      };
      const base = count();
      const [tensors, bytes]: [number[], number[]] = [[], []];
      const note = () => {
        const now = count();
        tensors.push(now.tensors - base.tensors);
        bytes.push(now.bytes - base.bytes);
      };
      const steps = plan.steps.map((step) => ({
        ...step,
        forward(run: RunState) {
          note();
          step.forward(run);
        },
        backward(run: RunState, d: tf.Tensor) {
          note();
          step.backward(run, d);
        },
      }));
      return { noting: { ...plan, steps }, tensors, bytes };
    }

    after(() => {
      weights.dispose();
      x.dispose();
    });

    for (const kind of kernelKinds) {
      it(`in the forward pass, with the kernels of ${kind}`, () => {
        withKernels(kind, () => {
          for (const statistics of ["batch", "moving"] as const) {
            const { noting, tensors, bytes } = startNoting();
            const run = runNetwork(noting, weights.of, x, { statistics });
            const statisticsHeld = 2 * run.statistics.size;
            const borrowed = kind === "own" ? plan.weights.length : 0;
            const most = Math.max(...tensors) - borrowed;
            ok(most < statisticsHeld + graph.nodes.length / 4, `${most} tensors`);
            ok(Math.max(...bytes) < bytesOfAll / 8, `${Math.max(...bytes)} of ${bytesOfAll} bytes`);
            run.dispose();
          }
        });
      });

      it(`and in the backward pass, with the kernels of ${kind}`, () => {
        withKernels(kind, () => {
          const { noting, bytes } = startNoting();
          const run = runNetwork(noting, weights.of, x, { statistics: "batch", gradient: true });
          const forward = bytes.length;
          const gradients = run.backward(run.output);
          ok(
            Math.max(...bytes) < bytesOfAll / (kind === "own" ? 2 : 1),
            `${Math.max(...bytes)} of ${bytesOfAll} bytes`,
          );
          const backward = bytes.slice(forward);
          const share = (part: number) => backward[Math.floor(part * (backward.length - 1))]!;
          for (const part of [0.25, 0.5, 0.75, 1])
            ok(share(part) < share(part - 0.25), `${share(part - 0.25)} bytes, then ${share(part)}`);
          ok(share(1) < share(0) / 3, `${share(0)} bytes, then ${share(1)}`);
          tf.dispose([...gradients.values()]);
          run.dispose();
        });
      });
    }

    it("in the forward pass, also where a backward pass will follow that does not need them", () => {
      const builder = startGraph("Pools", small(8));
      let value = builder.input;
      for (const name of ["a", "b", "c", "d", "e"])
        value = builder.add(name, layers.averagePool({ size: 3, stride: 1 }), value);
      const pools = builder.finish(builder.add("mean", layers.globalAveragePool(), value));
      const gray = imagesOf(small(8), 2);
      const count = () => tf.memory().numTensors + directMemory().tensors;
      const before = count();
      const run = runNetwork(planNetwork(pools), weights.of, gray, { statistics: "batch", gradient: true });
      // What it gives, once for the caller.
      equal(count() - before, 2);
      run.dispose();
      gray.dispose();
    });

    it("and none longer, of the presets' networks, also inside of a tidy", () => {
      for (const [name, { space, settings }] of Object.entries(presets)) {
        const found = buildNetwork(sampleArchitecture(space, createRandom(6)), small(9), settings);
        const own = weightsOfGraph(found);
        const images = imagesOf(small(9), 2);
        const foundPlan = planNetwork(found);
        const once = () => {
          const run = runNetwork(foundPlan, own.of, images, {
            statistics: "batch",
            gradient: true,
            dropout: createRandom(1),
          });
          tf.dispose([...run.backward(run.output, run.auxiliary).values()]);
          run.dispose();
        };
        for (const kind of kernelKinds) {
          withKernels(kind, () => {
            const before = tf.memory().numTensors;
            once();
            equal(tf.memory().numTensors, before, `${name}, ${kind}`);
            equal(directMemory().tensors, 0, `${name}, ${kind}`);
            if (name !== "tiny" && name !== "macro-small") return;
            tf.tidy(once);
            equal(tf.memory().numTensors, before, `${name}, ${kind}, in a tidy`);
          });
        }
        own.dispose();
        images.dispose();
      }
    });

    it("and none where a step fails, on either way", () => {
      // Of another size, a bias that is not there, a weight that is another one in the backward pass.
      const three = tf.zeros([3]);
      const broken: WeightSource[] = [
        (node, name) => (node === "layer3/output/norm" ? three : weights.of(node, name)),
        (node, name) => (node === "head/logits" ? weights.of("none", name) : weights.of(node, name)),
      ];
      for (const kind of kernelKinds) {
        withKernels(kind, () => {
          for (const source of broken) {
            leavesNothing(() => {
              throws(() => runNetwork(plan, source, x, { statistics: "batch", gradient: true }));
            });
          }
          leavesNothing(() => {
            let gone = false;
            const source: WeightSource = (node, name) => {
              return gone && node === "head/logits" && name === "kernel" ? three : weights.of(node, name);
            };
            const run = runNetwork(plan, source, x, { statistics: "batch", gradient: true });
            gone = true;
            throws(() => run.backward(run.output));
            throws(() => run.backward(run.output), /cannot go back/);
            run.dispose();
          });
        });
      }
    });
  });

  describe("refuses", () => {
    const { graph } = patterns["half of a separable operation"]!;
    const plan = planNetwork(graph);
    const weights = weightsOfGraph(graph);
    const x = imagesOf(sizeOf(graph), 2);
    const refuses = (work: () => unknown, message: RegExp) => {
      throws(work, (error) => error instanceof Problem && message.test(error.message));
    };

    after(() => {
      weights.dispose();
      x.dispose();
    });

    it("images of another shape or type, naming both", () => {
      const [wide, gray] = [tf.zeros<tf.Rank.R4>([2, 7, 8, 4]), tf.zeros<tf.Rank.R4>([2, 7, 9, 1])];
      const one = tf.zeros([7, 9, 4]) as unknown as tf.Tensor4D;
      const whole = tf.zeros<tf.Rank.R4>([2, 7, 9, 4], "int32");
      refuses(() => runNetwork(plan, weights.of, wide), /Pattern .*\[2, 7, 8, 4\], expected \[batch, 7, 9, 4\]/);
      refuses(() => runNetwork(plan, weights.of, gray), /\[2, 7, 9, 1\], expected \[batch, 7, 9, 4\]/);
      refuses(() => runNetwork(plan, weights.of, one), /\[7, 9, 4\], expected \[batch, 7, 9, 4\]/);
      refuses(() => runNetwork(plan, weights.of, whole), /int32, expected float32/);
      tf.dispose([wide, gray, one, whole]);
    });

    it("weights of another network, naming the one that is missing", () => {
      const other = weightsOfGraph(patterns.normalisation!.graph);
      refuses(() => runNetwork(plan, other.of, x), /There is no weight depthwise\/depthwise_kernel/);
      other.dispose();
    });

    it("a backward pass that was not asked for, that is over, or through moving statistics", () => {
      refuses(() => runNetwork(plan, weights.of, x, { gradient: true }), /gradients with moving statistics/);
      const without = runNetwork(plan, weights.of, x, { statistics: "batch" });
      refuses(() => without.backward(without.output), /not asked for gradients/);
      without.dispose();
      const run = runNetwork(plan, weights.of, x, { statistics: "batch", gradient: true });
      tf.dispose([...run.backward(run.output).values()]);
      refuses(() => run.backward(run.output), /cannot go back: the run has ended/);
      run.dispose();
      const ended = runNetwork(plan, weights.of, x, { statistics: "batch", gradient: true });
      const d = tf.onesLike(ended.output);
      ended.dispose();
      refuses(() => ended.backward(d), /cannot go back: the run has ended/);
      d.dispose();
    });

    it("gradients of another shape than the logits, or of an auxiliary head that is not there, and stays usable", () => {
      const run = runNetwork(plan, weights.of, x, { statistics: "batch", gradient: true });
      const wrong = tf.zeros<tf.Rank.R2>([2, 4]);
      refuses(() => run.backward(wrong), /gradient of shape \[2, 4\], expected \[2, 3\]/);
      refuses(() => run.backward(run.output, wrong), /auxiliary head of Pattern .* expected none/);
      tf.dispose([wrong, ...run.backward(run.output).values()]);
      run.dispose();
    });

    it("settings that are none", () => {
      refuses(() => runNetwork(plan, weights.of, x, { gradients: true } as object), /no option "gradients"/);
    });
  });

  it("gives no gradient to weights of an auxiliary head whose gradient it is not given", () => {
    const graph = wholeGraph();
    const weights = weightsOfGraph(graph);
    const x = imagesOf(oddSize, 2);
    const run = runNetwork(planNetwork(graph), weights.of, x, { statistics: "batch", gradient: true });
    const gradients = run.backward(run.output);
    const trained = namedWeightsOf(graph)
      .filter(({ key, specification }) => specification.trainable && !key.startsWith("auxiliary"))
      .map(({ key }) => key);
    deepEqual([...gradients.keys()].sort(), trained.sort());
    tf.dispose([x, ...gradients.values()]);
    run.dispose();
    weights.dispose();
  });

  it("serves a plan that was made while others' kernels computed", () => {
    const { graph } = patterns["a normalised value read by all kinds of readers"]!;
    const weights = weightsOfGraph(graph);
    const x = imagesOf(sizeOf(graph), 2);
    const plans = kernelKinds.map((kind) => withKernels(kind, () => planNetwork(graph)));
    const results = plans.flatMap((plan) =>
      kernelKinds.map((kind) =>
        withKernels(kind, () => {
          const run = runNetwork(plan, weights.of, x, { statistics: "batch", gradient: true });
          const gradients = takeGradients(run.backward(run.output));
          run.dispose();
          return gradients;
        }),
      ),
    );
    for (const gradients of results)
      for (const [key, values] of results[0]!) near(gradients.get(key)!, values, 1e-4, key);
    weights.dispose();
    x.dispose();
  });
});
