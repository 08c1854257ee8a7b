import { deepEqual, equal, ok } from "node:assert/strict";

import { buildNetwork } from "../../lib/space/build";
import { decode } from "../../lib/space/encode";
import type { Architecture, Space } from "../../lib/space/kinds";
import type { MacroOperation } from "../../lib/space/macro/operations";
import type { Cell } from "../../lib/space/micro/architecture";
import type { MicroOperation } from "../../lib/space/micro/operations";
import { presets, type SpacePreset } from "../../lib/space/presets";
import { sampleArchitecture } from "../../lib/space/sample";
import { countArchitectures } from "../../lib/space/space";
import { createRandom } from "../../lib/runtime/random";
import { countParameters } from "./helpers";

const gray = { height: 28, width: 28, channels: 1 };
const all: [string, SpacePreset][] = Object.entries(presets);

/** The smallest and the largest network of a space: pools in a chain, and 5×5 windows with all that can be added. */
function extremesOf(space: Space): [Architecture, Architecture] {
  if (space.kind === "shape") {
    const decided = (stage: string, last: string) => decode(space, `${stage} ${stage} ${stage} ${last}`);
    return [decided("0 0 1 0 0 0", "0 0 0 0"), decided("3 2 0 1 1 1", "1 1 1 2")];
  }
  if (space.kind === "macro") {
    const all = (operation: MacroOperation, skip: boolean): Architecture => ({
      kind: "macro",
      layers: Array.from({ length: space.layers }, (_, layer) => ({
        operation,
        skips: new Array<boolean>(layer).fill(skip),
      })),
    });
    return [all("max pool 3×3", false), all("convolution 5×5", true)];
  }
  const all = (operation: MicroOperation, inputs: (node: number) => [number, number]): Architecture => {
    const cell: Cell = Array.from({ length: space.nodes }, (_, node) => {
      const [x, y] = inputs(node);
      return { x: { input: x, operation }, y: { input: y, operation } };
    });
    return { kind: "micro", normal: cell, reduction: cell };
  };
  return [
    all("max pool 3×3", (node) => (node === 0 ? [0, 1] : [node + 1, node + 1])),
    all("separable 5×5", () => [0, 0]),
  ];
}

describe("presets", () => {
  it("have the depths and channels of the released scripts and of the follow-up studies", () => {
    const { enas7, enas17 } = presets;
    deepEqual([enas7.settings.cells! + 2, enas17.settings.cells! + 2], [7, 17]);
    deepEqual(presets["enas-released"].settings, { cells: 6, channels: 20, dropout: 0.1, auxiliary: true });
    deepEqual(presets["enas-released-final"].settings, {
      cells: 15,
      channels: 36,
      dropout: 0.2,
      dropPath: 0.4,
      auxiliary: true,
    });
    deepEqual(presets["macro-released"].settings, { layers: 12, channels: 36, dropout: 0.1 });
  });

  it("state how many architectures their spaces have", () => {
    for (const [name, { space, architectures }] of all)
      equal(architectures, Number(countArchitectures(space)).toExponential(1), name);
  });

  it("state the parameters of their smallest and largest networks, between which random ones lie", () => {
    const random = createRandom(1);
    for (const [name, { space, settings, parameters }] of all) {
      deepEqual(
        extremesOf(space).map((architecture) => countParameters(buildNetwork(architecture, gray, settings))),
        parameters,
        name,
      );
      for (let index = 0; index < 10; index++) {
        const count = countParameters(buildNetwork(sampleArchitecture(space, random), gray, settings));
        ok(count >= parameters[0] && count <= parameters[1], `${name}: ${count}`);
      }
    }
  });

  it("say whom they are for and where they come from", () => {
    for (const [name, { purpose, source }] of all) ok(purpose.endsWith(".") && source.endsWith("."), name);
  });
});
