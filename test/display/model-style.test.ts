import { deepEqual, equal, match, ok } from "node:assert/strict";

import { classStyles } from "../../lib/display/colors";
import { colorOfModel, kindSymbols, styleOfModel, type ModelKind } from "../../lib/display/model-style";
import { handCraftedNetworks } from "../../lib/graph/hand-crafted/registry";

const trivial = ["majority class", "box geometry", "box and gray levels", "outline shape"];
const named = [
  ...["ENAS", "evolution", "uniform policy", "random 1", "random 2", "random 3"],
  ...handCraftedNetworks.map(({ name }) => name),
  ...trivial,
];

describe("styleOfModel(name, kind) and colorOfModel(name, kind)", () => {
  it("draw every model of a study in a colour of its own, none like a class", () => {
    const colors = named.map((name) => colorOfModel(name));
    equal(new Set(colors).size, named.length);
    for (const { color } of Object.values(classStyles)) ok(!colors.includes(color));
    const styles = [...named, "mine"].map((name) => styleOfModel(name).dash);
    ok(new Set(styles).size >= 5);
  });

  it("know the kind of a name, and tell kinds apart by markers", () => {
    const kinds: [string, ModelKind][] = [
      ["ENAS", "found"],
      ["random 7", "control"],
      ["VGG-16", "hand-crafted"],
      ["box geometry", "trivial"],
      ["my own", "hand-crafted"],
    ];
    for (const [name, kind] of kinds) deepEqual(styleOfModel(name), styleOfModel(name, kind));
    deepEqual(styleOfModel("my own strategy", "found").symbol, "star");
    equal(new Set(Object.values(kindSymbols)).size, 7);
  });

  it("depend on nothing but name and kind, whatever the name", () => {
    for (const name of ["", "constructor", "__proto__", "ENAS, in lower case", "模型"])
      for (const kind of ["found", "control", "hand-crafted", "own", "ensemble", "trivial"] as const) {
        match(colorOfModel(name, kind), /^#[0-9A-F]{6}$/);
        equal(colorOfModel(name, kind), colorOfModel(name, kind));
      }
  });

  it("draw what was found with the widest line and in colour, what people made thin and grayish", () => {
    const chroma = (color: string) => {
      const parts = [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
      return Math.max(...parts) - Math.min(...parts);
    };
    const found = styleOfModel("ENAS");
    for (const { name } of handCraftedNetworks) {
      const { color, width } = styleOfModel(name);
      ok(width < found.width && chroma(color) < 0.6 * chroma(found.color), name);
    }
  });

  it("give a band the colour of its curve", () => {
    // #009E73
    match(styleOfModel("ENAS").band, /^rgba\(0,158,115,0\.\d+\)$/);
  });
});
