import type { Decision, SpaceKind } from "../kind";
import { checkMacro, checkMacroSpace, type MacroArchitecture, type MacroSpace } from "./architecture";
import { buildMacro } from "./build";
import { describeMacro, nameOfOutput } from "./describe";
import { drawMacro } from "./draw";
import { macroOperations, type MacroOperation } from "./operations";
import { checkMacroSettings, type MacroSettings } from "./settings";

/** What is chosen where a skip connection is not. */
const none = "none";

/** The macro space, which searches for whole networks (Pham and others, 2018, section 2.3). */
export const macroKind: SpaceKind<MacroSpace, MacroArchitecture, MacroSettings> = {
  operations: macroOperations,
  operationsOf: ({ operations }) => operations,
  groupsOf: () => ["operation", "skip from"],
  checkSpace: checkMacroSpace,
  titleOf: ({ layers }) => `the macro space with ${layers} ${layers === 1 ? "layer" : "layers"}`,
  wholeSpaceOf: ({ layers }) => ({
    ...{ kind: "macro", version: 1, layers: layers.length },
    operations: Object.keys(macroOperations) as MacroOperation[],
  }),
  decisionsOf: ({ layers, operations }) =>
    Array.from({ length: layers }, (_, layer): Decision[] => [
      { name: `operation of layer ${layer}`, group: "operation", options: operations },
      ...outputsBefore(layer).map((output) => ({
        name: `skip connection of layer ${layer} from ${nameOfOutput(output)}`,
        group: "skip from",
        options: [none, nameOfOutput(output)],
        optional: true,
      })),
    ]).flat(),
  chosenBy: ({ layers }) =>
    layers.flatMap(({ operation, skips }) => [
      operation,
      ...skips.map((skip, output) => (skip ? nameOfOutput(output) : none)),
    ]),
  architectureOf({ layers, operations }, chosen) {
    let place = 0;
    return {
      kind: "macro",
      layers: Array.from({ length: layers }, (_, layer) => ({
        operation: operations[chosen[place++]!]!,
        skips: outputsBefore(layer).map(() => chosen[place++] === 1),
      })),
    };
  },
  checkArchitecture: checkMacro,
  describe: describeMacro,
  draw: drawMacro,
  checkSettings: checkMacroSettings,
  build: buildMacro,
  // One for each operation, with all skip connections.
  coverWeights: ({ layers, operations }) =>
    operations.map((operation) => ({
      kind: "macro",
      layers: Array.from({ length: layers }, (_, layer) => ({
        operation,
        skips: outputsBefore(layer).map(() => true),
      })),
    })),
};

// What a layer may add beside its direct input.
function outputsBefore(layer: number): number[] {
  return Array.from({ length: layer }, (_, output) => output);
}
