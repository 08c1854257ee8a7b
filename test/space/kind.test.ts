import { deepEqual, equal, ok } from "node:assert/strict";

import { namedWeightsOf } from "../../lib/graph/named-weights";
import { createRandom } from "../../lib/runtime/random";
import { buildNetwork, supernetWeightsOf } from "../../lib/space/build";
import { encode } from "../../lib/space/encode";
import { kindOf, spaceKinds, type AnyKind, type NetworkSettings, type Space } from "../../lib/space/kinds";
import { mutateArchitecture, sampleArchitecture } from "../../lib/space/sample";
import { checkSpace, decisionsOf, type GivenSpace } from "../../lib/space/space";

/** Settings of small networks. */
const settingsOf: Record<Space["kind"], Partial<NetworkSettings>> = {
  micro: { channels: 2 },
  macro: { channels: 2 },
  shape: { dropout: 0 },
};

const size = { height: 16, width: 16, channels: 1 };

/** Spaces of every kind: as published, with all operations, with few of them and in another order. */
const spaces: Record<Space["kind"], GivenSpace[]> = {
  micro: [
    { kind: "micro", nodes: 2 },
    { kind: "micro", nodes: 2, operations: ["max pool 3×3", "separable 5×5", "separable 3×3"] },
    { kind: "micro", nodes: 1, operations: ["identity", "average pool 3×3"] },
  ],
  macro: [
    { kind: "macro", layers: 4 },
    { kind: "macro", layers: 3, operations: ["max pool 3×3", "convolution 5×5"] },
  ],
  shape: [
    { kind: "shape" },
    {
      ...{ kind: "shape", downsampling: ["strided convolution", "max pool"], stems: ["5×5"] },
      stages: [
        { widths: [8, 4], operations: ["separable"], excitation: [true] },
        { widths: [8], kernels: [5], residual: [true, false] },
        { widths: [8, 12], depths: [2] },
      ],
    },
    // A pool changes no width, so that no residual connection has weights.
    {
      ...{ kind: "shape", downsampling: ["mean pool"], heads: ["mean and max", "mean"] },
      stages: [{ widths: [4] }, { widths: [4] }, { widths: [4], operations: ["convolution"] }],
    },
  ],
};

for (const [name, kind] of Object.entries(spaceKinds) as [Space["kind"], AnyKind][]) {
  describe(`the kind ${name}`, () => {
    for (const given of spaces[name]) {
      const space = checkSpace(given);
      const operations = kind.operationsOf(space);
      const title = `${operations.length} operations from ${operations[0]!}, of ${JSON.stringify(given).length} letters`;

      it(`chooses an option of each decision, and makes the same architecture of them: ${title}`, () => {
        const random = createRandom(1);
        const decisions = decisionsOf(space);
        deepEqual(new Set(decisions.map(({ group }) => group)), new Set(kind.groupsOf(space)));
        for (let index = 0; index < 50; index++) {
          const architecture = sampleArchitecture(space, random);
          equal(kind.checkArchitecture(architecture), architecture);
          const chosen = kind.chosenBy(architecture);
          const numbers = chosen.map((option, place) => decisions[place]!.options.indexOf(option));
          equal(numbers.length, decisions.length);
          ok(numbers.every((number) => number >= 0));
          deepEqual(kind.architectureOf(space, numbers), architecture);
          deepEqual(encode(space, architecture), numbers);
        }
      });

      it(`has its architectures in the whole space of their size as well: ${title}`, () => {
        const architecture = sampleArchitecture(space, createRandom(2));
        const whole = kind.wholeSpaceOf(architecture);
        deepEqual(checkSpace(whole), whole);
        deepEqual(kind.operationsOf(whole), Object.keys(kind.operations));
        deepEqual(kind.architectureOf(whole, encode(whole, architecture)), architecture);
      });

      it(`covers with its supernet exactly the weights that its networks use: ${title}`, () => {
        const random = createRandom(3);
        const settings = settingsOf[name];
        const all = new Set(supernetWeightsOf(space, size, settings).map(({ key }) => key));
        const used = new Set<string>();
        let architecture = sampleArchitecture(space, random);
        for (let index = 0; index < 400; index++) {
          for (const { key } of namedWeightsOf(buildNetwork(architecture, size, settings))) used.add(key);
          architecture =
            index % 2 === 0 ? mutateArchitecture(space, architecture, random) : sampleArchitecture(space, random);
        }
        deepEqual([...used].sort(), [...all].sort());
      });
    }

    it("describes and draws an architecture in the same words", async () => {
      const space = checkSpace(spaces[name][0]!);
      const architecture = sampleArchitecture(space, createRandom(4));
      const { description } = await kindOf(architecture).draw(architecture, null);
      equal(description, kind.describe(architecture));
    });
  });
}
