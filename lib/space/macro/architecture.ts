import { Problem } from "../../runtime/problem";
import { checkOperation, checkSizedSpace, type SpaceParts } from "../check-space";
import { macroOperations, publishedMacroOperations, type MacroOperation } from "./operations";

/** The macro space of one size, with the operations that its layers may have. Plain data. */
export interface MacroSpace extends SpaceParts {
  readonly kind: "macro";
  /** Layers, from 1; published: 12. */
  readonly layers: number;
  /** The operations; published: six, see `macroOperations`. */
  readonly operations: readonly MacroOperation[];
}

/** A macro space of which the version and the operations may be left out. */
export type GivenMacroSpace = Pick<MacroSpace, "kind" | "layers"> & Partial<MacroSpace>;

/** A layer of a network of the macro space. */
export interface MacroLayer {
  /** What is done to the output of the layer before. */
  readonly operation: MacroOperation;
  /**
   * For each output before the direct input, whether it is added: the first is the stem's, the next that of the first
   * layer. As long as the layer's place, counted from 0.
   */
  readonly skips: readonly boolean[];
}

/** A network of the macro space: its layers in order. Plain data. */
export interface MacroArchitecture {
  /** Which kind. */
  readonly kind: "macro";
  readonly layers: readonly MacroLayer[];
}

/**
 * Fills in what is not given of a macro space and checks it.
 *
 * @param given What is given.
 * @throws {Problem} Where it is none.
 */
export function checkMacroSpace(given: object): MacroSpace {
  return checkSizedSpace<MacroSpace>(given, "layers", Object.keys(macroOperations), publishedMacroOperations);
}

/**
 * Checks that a macro architecture is one.
 *
 * @param architecture The architecture, of a file for example.
 * @returns The same.
 * @throws {Problem} Where it is none; names the value, its place and what is allowed.
 */
export function checkMacro(architecture: MacroArchitecture): MacroArchitecture {
  const { layers } = architecture as Partial<MacroArchitecture>;
  if (!Array.isArray(layers) || layers.length === 0)
    throw new Problem("A macro architecture has no layers.", "Give at least one.");
  (layers as MacroLayer[]).forEach(({ operation, skips }, layer) => {
    checkOperation(operation, Object.keys(macroOperations), `layer ${layer}`);
    if (skips.length !== layer || skips.some((skip) => typeof skip !== "boolean")) {
      throw new Problem(
        `Layer ${layer} has ${skips.length} skip connections (${skips.join(", ")}), expected ${layer} times true or false.`,
        "Give one for the stem and for each layer but the one before.",
      );
    }
  });
  return architecture;
}
