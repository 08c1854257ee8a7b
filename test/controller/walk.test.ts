import { deepEqual, ok, throws } from "node:assert/strict";

import { createParameters } from "../../lib/controller/parameters";
import { sampleBy } from "../../lib/controller/sampler";
import { controllerPreset } from "../../lib/controller/presets";
import { retrace, walk } from "../../lib/controller/walk";
import { createRandom } from "../../lib/runtime/random";
import { decode, encode } from "../../lib/space/encode";
import type { Space } from "../../lib/space/kinds";
import { checkSpace, decisionsOf } from "../../lib/space/space";
import { near } from "../statistics/recorded/read";
import { macroSpace, microSpace, shapeSpace, readMacro } from "../helpers/spaces";

/** A small controller that is far from even. */
function biasedController(space: Space) {
  const settings = { ...controllerPreset("small", space).settings, units: 4, initialRange: 1 };
  return [space, createParameters(space, settings, createRandom(3)), settings] as const;
}

/** A shape space of 144 architectures. */
const fewShapes = checkSpace({
  ...{
    kind: "shape",
    stems: ["3×3"],
    downsampling: ["max pool", "mean pool"],
    heads: ["mean", "mean and max", "max pool then mean"],
  },
  stages: [
    { widths: [8], depths: [1, 2], operations: ["separable"], kernels: [5], residual: [false], excitation: [true] },
    { widths: [16, 24], depths: [2], operations: ["separable"], kernels: [3], residual: [true], excitation: [false] },
    {
      widths: [32, 48, 64],
      depths: [2],
      operations: ["convolution"],
      kernels: [3],
      residual: [true],
      excitation: [true],
    },
  ],
});

/** All architectures of a space, as numbers. */
function enumerate(space: Space): number[][] {
  return decisionsOf(space).reduce<number[][]>(
    (lists, { options }) => lists.flatMap((list) => Array.from(options, (_, choice) => [...list, choice])),
    [[]],
  );
}

describe("walk(space, parameters, settings, sampler) and retrace(space, parameters, settings, architecture)", () => {
  for (const space of [microSpace(1), macroSpace(3), fewShapes] as const) {
    it(`are a distribution over all architectures, and its entropy is the mean of the episodes': ${space.kind}`, () => {
      const controller = biasedController(space);
      let [total, entropy, mean] = [0, 0, 0];
      for (const numbers of enumerate(space)) {
        const episode = retrace(...controller, decode(space, numbers));
        const probability = Math.exp(episode.logProbability);
        total += probability;
        entropy -= probability * episode.logProbability;
        mean += probability * episode.entropy;
      }
      near(total, 1, 1e-12);
      near(mean, entropy, 1e-12);
    });
  }

  it("draws each architecture as often as its probability says", () => {
    const controller = biasedController(macroSpace(2));
    const random = createRandom(4);
    const draws = 20_000;
    const counts = new Map<string, number>();
    for (let draw = 0; draw < draws; draw++) {
      const name = encode(controller[0], walk(...controller, sampleBy(random)).architecture).join(" ");
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const all = enumerate(controller[0]).map((numbers) => ({
      expected: draws * Math.exp(retrace(...controller, decode(controller[0], numbers)).logProbability),
      count: counts.get(numbers.join(" ")) ?? 0,
    }));
    // It is not even: otherwise any way of drawing would do.
    ok(Math.max(...all.map(({ expected }) => expected)) > 2 * Math.min(...all.map(({ expected }) => expected)));
    const chi = all.reduce((sum, { expected, count }) => sum + (count - expected) ** 2 / expected, 0);
    // With 71 degrees of freedom, χ² is above 113 once in a thousand.
    ok(all.length === 72 && chi < 113, `${chi}`);
  });

  it("retrace what was drawn: the same architecture, probability and entropy", () => {
    const random = createRandom(5);
    for (const space of [microSpace(4), macroSpace(5), shapeSpace()]) {
      const controller = biasedController(space);
      const drawn = walk(...controller, sampleBy(random));
      const { architecture, logProbability, entropy } = retrace(...controller, drawn.architecture);
      deepEqual([architecture, logProbability, entropy], [drawn.architecture, drawn.logProbability, drawn.entropy]);
    }
  });

  it("refuses to retrace an architecture of another space", () => {
    const controller = biasedController(macroSpace(2));
    throws(() => retrace(...controller, readMacro("0")), /expected one of the macro space with 2 layers/);
  });
});
