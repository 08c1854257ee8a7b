import { deepEqual, equal, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { layers } from "../../lib/graph/layer";
import { Problem } from "../../lib/runtime/problem";

const start = () => startGraph("a network", { height: 9, width: 7, channels: 2 });
const relu = layers.activation("relu");

describe("startGraph(name, size)", () => {
  it("begins with the input", () => {
    const builder = start();
    deepEqual(builder.input, { name: "input", shape: [9, 7, 2] });
    deepEqual(builder.finish(builder.input), {
      name: "a network",
      nodes: [{ name: "input", layer: { kind: "input" }, inputs: [], shape: [9, 7, 2] }],
      output: "input",
      auxiliary: null,
    });
  });

  it("refuses sizes that are not whole numbers from 1, and names which", () => {
    const size = { height: 9, width: 7, channels: 2 };
    for (const key of ["height", "width", "channels"] as const) {
      for (const value of [0, -1, 2.5, NaN, Infinity]) {
        throws(
          () => startGraph("a network", { ...size, [key]: value }),
          (error) =>
            error instanceof Problem &&
            error.message.includes(`The input of a network has ${key} = ${value}, expected a whole number from 1.`),
        );
      }
    }
  });
});

describe("add(name, layer, ...inputs)", () => {
  it("keeps layers in the order in which they are added, with what they take and give", () => {
    const builder = start();
    const a = builder.add("stage1/a", layers.convolution({ size: 3, filters: 4, stride: 2 }), builder.input);
    const b = builder.add("stage1/b", relu, a);
    const sum = builder.add("sum", layers.add(), a, b);
    deepEqual(sum, { name: "sum", shape: [5, 4, 4] });
    deepEqual(
      builder.finish(sum).nodes.map(({ name, inputs, shape }) => [name, inputs, shape]),
      [
        ["input", [], [9, 7, 2]],
        ["stage1/a", ["input"], [5, 4, 4]],
        ["stage1/b", ["stage1/a"], [5, 4, 4]],
        ["sum", ["stage1/a", "stage1/b"], [5, 4, 4]],
      ],
    );
  });

  it("takes the same input twice", () => {
    const builder = start();
    const twice = builder.add("sum", layers.add(), builder.input, builder.input);
    deepEqual(builder.finish(twice).nodes.at(-1)!.inputs, ["input", "input"]);
  });

  it("refuses a name that is taken or holds other characters", () => {
    const builder = start();
    builder.add("taken", relu, builder.input);
    for (const name of ["taken", "input", "", "a b", "/a", "a/", "a//b", "a.b", "é"])
      throws(() => builder.add(name, relu, builder.input), /cannot be the name of a node of a network/);
    equal(builder.add("a_1/b-2/C3", relu, builder.input).name, "a_1/b-2/C3");
  });

  it("refuses what another network gives", () => {
    const other = start();
    const foreign = other.add("elsewhere", relu, other.input);
    throws(() => start().add("here", relu, foreign), /here takes elsewhere, which is not a node of a network/);
  });

  it("names layer and network where inputs do not fit, and stays as it was", () => {
    const builder = start();
    const small = builder.add("small", layers.maxPool({ size: 2 }), builder.input);
    throws(
      () => builder.add("sum", layers.add(), builder.input, small),
      /The inputs of sum of a network have the shapes/,
    );
    equal(builder.add("sum", layers.add(), small, small).name, "sum");
  });
});

describe("finish(output, auxiliary)", () => {
  it("names the output and the auxiliary head", () => {
    const builder = start();
    const a = builder.add("a", relu, builder.input);
    const b = builder.add("b", relu, builder.input);
    const { output, auxiliary } = builder.finish(b, a);
    deepEqual([output, auxiliary], ["b", "a"]);
    equal(builder.finish(b).auxiliary, null);
  });
});
