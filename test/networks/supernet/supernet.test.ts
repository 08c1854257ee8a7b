import { deepEqual, ok, throws } from "node:assert/strict";

import { createSupernet, type Supernet } from "../../../lib/networks/supernet/supernet";
import { buildNetwork, supernetWeightsOf } from "../../../lib/space/build";
import { decode, encode } from "../../../lib/space/encode";
import type { Architecture, NetworkSettings, Space } from "../../../lib/space/kinds";
import { looseEndsOf, type MicroArchitecture } from "../../../lib/space/micro/architecture";
import { sampleArchitecture } from "../../../lib/space/sample";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { toModel } from "../../../lib/networks/model/to-model";
import { runNetwork } from "../../../lib/networks/run/run-network";
import { copyWeights, weightsOfModel } from "../../../lib/networks/weights/model-weights";
import { Problem } from "../../../lib/runtime/problem";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { byStock, distance, imagesOf, kernelKinds, leavesNothing, near, randomWeights, withKernels } from "../helpers";
import { macroSpace, microSpace } from "../../helpers/spaces";
import { checkSpace, decisionsOf } from "../../../lib/space/space";

const size = { height: 12, width: 10, channels: 2 };
const micro: Space = microSpace(3);
const macro: Space = macroSpace(5);
/** One width for each stage, as weights are shared whole. */
const shape: Space = checkSpace({ kind: "shape", stages: [{ widths: [4] }, { widths: [8] }, { widths: [8] }] });
const microSettings: Partial<NetworkSettings> = { cells: 2, channels: 4, dropout: 0 };
const macroSettings: Partial<NetworkSettings> = { channels: 4, dropout: 0 };

/** A shared network whose weights hide nothing, moving averages included. */
function randomShared(space: Space, settings: Partial<NetworkSettings>): Supernet {
  const shared = createSupernet(space, size, settings, createRandom(1));
  const values = randomWeights(supernetWeightsOf(space, size, settings));
  copyWeights(values, shared.weights);
  values.dispose();
  return shared;
}

function logitsOf(shared: Supernet, architecture: Architecture, x: tf.Tensor4D, statistics: "batch" | "moving") {
  const run = runNetwork(shared.plan(architecture), shared.weights.of, x, { statistics });
  const values = run.output.dataSync().slice() as Float32Array;
  run.dispose();
  return values;
}

const samples = (space: Space, count: number) =>
  Array.from({ length: count }, (_, index) => sampleArchitecture(space, createRandom(index)));

describe("createSupernet(space, size, settings, random)", () => {
  for (const [space, settings] of [
    [micro, microSettings],
    [macro, macroSettings],
    [shape, { dropout: 0 }],
  ] as const) {
    describe(`in the ${space.kind} space`, () => {
      let shared: Supernet;
      let x: tf.Tensor4D;
      before(() => {
        shared = randomShared(space, settings);
        x = imagesOf(size, 6);
      });
      after(() => {
        shared.dispose();
        x.dispose();
      });

      it("gives what the stand-alone model of an architecture gives with its weights, in training and otherwise", () => {
        for (const architecture of samples(space, 10)) {
          const graph = buildNetwork(architecture, size, settings);
          const model = toModel(graph, { random: createRandom(2) });
          copyWeights(shared.weights, weightsOfModel(graph, model));
          byStock(() => {
            // The moving averages first: training moves them.
            for (const training of [false, true]) {
              const expected = tf.tidy(
                () => (model.apply(x, { training }) as tf.Tensor).dataSync().slice() as Float32Array,
              );
              for (const kind of kernelKinds) {
                const found = withKernels(kind, () => logitsOf(shared, architecture, x, training ? "batch" : "moving"));
                near(found, expected, 1e-3, `${encode(space, architecture).join(" ")}, training ${training}`);
              }
            }
          });
          model.dispose();
        }
      });

      it("gives gradients to the weights that an architecture uses, and to no others", () => {
        const trainable = shared.weights.keys.filter((key) => shared.weights.isTrainable(key)).length;
        for (const architecture of samples(space, 3)) {
          const run = runNetwork(shared.plan(architecture), shared.weights.of, x, {
            statistics: "batch",
            gradient: true,
          });
          const gradients = run.backward(run.output);
          const used = namedWeightsOf(buildNetwork(architecture, size, settings))
            .filter(({ specification }) => specification.trainable)
            .map(({ key }) => key);
          deepEqual([...gradients.keys()].sort(), used.sort());
          ok(used.length < trainable, `${used.length} of ${trainable}`);
          tf.dispose([...gradients.values()]);
          run.dispose();
        }
      });
    });
  }

  for (const [space, settings] of [
    [microSpace(2), microSettings],
    [macroSpace(4), macroSettings],
  ] as [Space, Partial<NetworkSettings>][]) {
    it(`computes another function after any change of an architecture of the ${space.kind} space`, () => {
      const shared = randomShared(space, settings);
      const x = imagesOf(size, 3);
      for (const architecture of samples(space, 3)) {
        const numbers = encode(space, architecture);
        const before = logitsOf(shared, architecture, x, "moving");
        decisionsOf(space).forEach(({ options }, place) => {
          for (let choice = 0; choice < options.length; choice++) {
            if (choice === numbers[place]) continue;
            const changed = decode(
              space,
              numbers.map((number, index) => (index === place ? choice : number)),
            );
            const off = distance(logitsOf(shared, changed, x, "moving"), before);
            ok(off > 1e-3, `${choice} at ${place} of ${numbers.join(" ")} changes the output by ${off}`);
          }
        });
      }
      x.dispose();
      shared.dispose();
    });
  }

  it("has weights of a loose end that belong to its node: they matter where it is loose, and nowhere else", () => {
    const space: Space = microSpace(4);
    const shared = randomShared(space, { ...microSettings, cells: 3 });
    const x = imagesOf(size, 3);
    const architectures = samples(space, 20) as MicroArchitecture[];
    const outputs = () => architectures.map((each) => logitsOf(shared, each, x, "moving"));
    const before = outputs();
    // The first layer is a normal one: there are three and two reductions.
    const kernel = shared.weights.get("layer0/output/input4/convolution/kernel");
    const other = tf.tidy(() => tf.mul(kernel, -1));
    kernel.assign(other);
    other.dispose();
    const changed = outputs().map((values, index) => values.some((value, place) => value !== before[index]![place]));
    const loose = architectures.map(({ normal }) => looseEndsOf(normal).includes(4));
    deepEqual(changed, loose);
    ok(loose.includes(true) && loose.includes(false));
    x.dispose();
    shared.dispose();
  });

  it("makes the same weights of the same seed, and leaves nothing", () => {
    leavesNothing(() => {
      const [one, other] = [7, 7].map((seed) => createSupernet(micro, size, microSettings, createRandom(seed)));
      deepEqual(
        one!.weights.keys,
        supernetWeightsOf(micro, size, microSettings).map(({ key }) => key),
      );
      for (const key of one!.weights.keys) {
        deepEqual(one!.weights.get(key).dataSync(), other!.weights.get(key).dataSync(), key);
      }
      deepEqual(one!.space, micro);
      one!.dispose();
      other!.dispose();
    });
  });

  describe("refuses", () => {
    const refuses = (work: () => unknown, message: RegExp) => {
      throws(work, (error) => error instanceof Problem && message.test(error.message));
    };

    it("an architecture of another space or size, also where it would find all its weights", () => {
      // Of settings that both spaces know.
      const shared = createSupernet(micro, size, macroSettings, createRandom(1));
      const smaller: Space = microSpace(2);
      refuses(
        () => shared.plan(samples(macro, 1)[0]!),
        /of the macro space with 5 layers was given, expected one of the micro space with cells of 3 nodes/,
      );
      refuses(() => shared.plan(samples(smaller, 1)[0]!), /with cells of 2 nodes .* with cells of 3 nodes/);
      refuses(() => shared.plan(samples(microSpace(4), 1)[0]!), /with cells of 4 nodes/);
      refuses(() => shared.plan({ kind: "nano" } as unknown as Architecture), /The kind of an architecture is "nano"/);
      shared.dispose();
      const whole = createSupernet(macro, size, macroSettings, createRandom(1));
      refuses(() => whole.plan(samples(micro, 1)[0]!), /with cells of 3 nodes .* with 5 layers/);
      refuses(() => whole.plan(samples(macroSpace(4), 1)[0]!), /with 4 layers/);
      whole.dispose();
    });

    it("a shape space of several widths, and names the stage", () => {
      refuses(
        () => createSupernet({ kind: "shape", stages: [{ widths: [8] }, {}, {}] }, size, {}, createRandom(1)),
        /Stage 2 of the shape space has the widths 16, 24, 32, 48, expected a single one/,
      );
    });

    it("settings that are none, and images that are too small, and leaves nothing", () => {
      leavesNothing(() => {
        refuses(() => createSupernet(micro, size, { layers: 5 }, createRandom(1)), /no option "layers"/);
        const tiny = { height: 2, width: 2, channels: 1 };
        refuses(() => createSupernet(micro, tiny, microSettings, createRandom(1)), /2 × 2 pixels/);
      });
    });

    it("weights of other settings, naming the one that is missing", () => {
      const [shallow, deep] = [2, 3].map((cells) =>
        createSupernet(micro, size, { ...microSettings, cells }, createRandom(1)),
      );
      const x = imagesOf(size, 2);
      refuses(
        () => runNetwork(deep!.plan(samples(micro, 1)[0]!), shallow!.weights.of, x),
        /There is no weight layer\d\/.* among \d+/,
      );
      x.dispose();
      shallow!.dispose();
      deep!.dispose();
    });
  });
});
