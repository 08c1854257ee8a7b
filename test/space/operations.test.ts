import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { familyColors, familyOfLayer } from "../../lib/graph/draw/families";
import { costsOfLayers, sumCosts } from "../../lib/graph/cost";
import type { GraphNode } from "../../lib/graph/graph";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { partOf } from "../../lib/space/blocks";
import { buildNetwork } from "../../lib/space/build";
import {
  kindOf,
  spaceKinds,
  type AnyKind,
  type Architecture,
  type NetworkSettings,
  type Space,
} from "../../lib/space/kinds";
import { operationCost, tableOfOperations } from "../../lib/space/operations";
import { checkSpace, decisionsOf, type GivenSpace } from "../../lib/space/space";
import { decode } from "../../lib/space/encode";
import { macroSpace, microSpace } from "../helpers/spaces";

const size = { height: 16, width: 16, channels: 1 };

/** A space of every kind that has this operation alone. */
const spaceOf: Record<Space["kind"], (operation: string) => GivenSpace> = {
  micro: (operation) => ({ kind: "micro", nodes: 1, operations: [operation] }) as GivenSpace,
  macro: (operation) => ({ kind: "macro", layers: 3, operations: [operation] }) as GivenSpace,
  shape: (operation) => {
    const [, of, kernel] = /^(.*) (\d)×/.exec(operation)!;
    const stage = { operations: [of], kernels: [Number(kernel)] };
    return { kind: "shape", stages: [stage, stage, stage] } as GivenSpace;
  },
};

/** Settings of small networks without dropout. */
const settingsOf: Record<Space["kind"], Partial<NetworkSettings>> = {
  micro: { channels: 4, dropout: 0 },
  macro: { channels: 4, dropout: 0 },
  shape: { dropout: 0 },
};

/** The nodes of the network that the operation has become, at its first place. */
function nodesOf(kind: Space["kind"], operation: string): { nodes: GraphNode[]; architecture: Architecture } {
  const space = spaceOf[kind](operation);
  const architecture = decode(
    space,
    decisionsOf(space).map(() => 0),
  );
  const { nodes } = buildNetwork(architecture, size, settingsOf[kind]);
  const place = new RegExp(`^(layer0/(node2/x/)?|stage1/block1/)${partOf(operation)}/`);
  return { nodes: nodes.filter(({ name }) => place.test(name)), architecture };
}

for (const [name, { operations }] of Object.entries(spaceKinds) as [Space["kind"], AnyKind][]) {
  describe(`every operation of the kind ${name}`, () => {
    for (const [operation, { family, hasWeights }] of Object.entries(operations)) {
      it(`is found in the network, in its colour, with weights where the table says, and costs what it costs there: ${operation}`, () => {
        ok(family in familyColors);
        const { nodes } = nodesOf(name, operation);
        // Whoever adds nothing to a network is the identity, and nothing else is.
        equal(nodes.length === 0, family === "identity");
        if (nodes.length > 0)
          ok(
            nodes.some(({ layer }) => familyOfLayer(layer) === family),
            family,
          );
        const { architecture } = nodesOf(name, operation);
        const graph = buildNetwork(architecture, size, settingsOf[name]);
        const own = new Set(nodes.map((node) => node.name));
        equal(
          namedWeightsOf(graph).some(({ key }) => own.has(key.slice(0, key.lastIndexOf("/")))),
          hasWeights,
        );
        const channels = nodes[0]?.shape[2] ?? 4;
        const [height, width] = nodes[0]?.shape ?? [16, 16];
        const { largestOutput: _, ...found } = sumCosts(costsOfLayers(graph).filter(({ node }) => own.has(node.name)));
        const { largestOutput: __, ...told } = operationCost(name, operation, {
          ...{ height: height!, width: width!, channels },
        });
        deepEqual(told, found);
      });
    }

    it("has a name of its own in networks, of letters and digits", () => {
      const parts = Object.keys(operations).map(partOf);
      equal(new Set(parts).size, parts.length);
      for (const part of parts) ok(/^[a-z0-9]+$/.test(part), part);
    });
  });
}

describe("operationCost(kind, operation, size)", () => {
  it("counts by the formulas of the layers", () => {
    const [rows, columns, c] = [5, 7, 6];
    const at = (kind: Space["kind"], operation: string) => {
      const { trainable, multiplyAdds } = operationCost(kind, operation, { height: rows, width: columns, channels: c });
      return [trainable, multiplyAdds];
    };
    const pixels = rows * columns;
    // Twice a depthwise and a 1×1 convolution, and batch normalisation.
    deepEqual(at("micro", "separable 5×5"), [2 * (25 * c + c * c + 2 * c), 2 * pixels * (25 * c + c * c)]);
    deepEqual(at("micro", "identity"), [0, 0]);
    deepEqual(at("micro", "max pool 3×3"), [0, 0]);
    // A 1×1 convolution with batch normalisation before each.
    deepEqual(at("macro", "max pool 3×3"), [c * c + 2 * c, pixels * c * c]);
    deepEqual(at("macro", "convolution 3×3"), [10 * c * c + 4 * c, pixels * 10 * c * c]);
  });

  it("refuses an operation that is none, and a size that is none", () => {
    throws(
      () => operationCost("macro", "identity", { height: 8, width: 8, channels: 2 }),
      /The operation of the macro space is "identity", expected one of convolution 3×3/,
    );
    throws(() => operationCost("macro", "max pool 3×3", { height: 0, width: 8, channels: 2 }), /height = 0/);
    throws(() => operationCost("mikro" as never, "identity", size), /kind of a space is "mikro"/);
  });
});

describe("tableOfOperations(space, size)", () => {
  it("has a row for each operation of the space, in its order, with cost and family", () => {
    const rows = tableOfOperations(microSpace(3));
    deepEqual(
      rows.map(({ operation }) => operation),
      microSpace(3).operations,
    );
    deepEqual(rows[0], {
      ...{ operation: "separable 3×3", "drawn as": "separable convolution", weights: true },
      ...{ parameters: 2 * (180 + 400 + 40), "multiply-adds": 2 * 1024 * (180 + 400) },
    });
    deepEqual(tableOfOperations({ kind: "macro", layers: 3, operations: ["max pool 3×3"] }, size), [
      ...tableOfOperations(macroSpace(3), size).slice(5),
    ]);
    equal(kindOf(checkSpace(macroSpace(3))).operations["max pool 3×3"]!.family, rows[3]!["drawn as"]);
  });
});
