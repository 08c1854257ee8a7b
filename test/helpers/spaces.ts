import { decode } from "../../lib/space/encode";
import { checkMacroSpace, type MacroArchitecture, type MacroSpace } from "../../lib/space/macro/architecture";
import { checkMicroSpace, type MicroArchitecture, type MicroSpace } from "../../lib/space/micro/architecture";
import { checkShapeSpace, type ShapeSpace } from "../../lib/space/shape/architecture";

/** The micro space of one size, with the published operations. */
export function microSpace(nodes: number): MicroSpace {
  return checkMicroSpace({ kind: "micro", nodes });
}

/** The macro space of one size, with the published operations. */
export function macroSpace(layers: number): MacroSpace {
  return checkMacroSpace({ kind: "macro", layers });
}

/** The shape space with all its choices. */
export function shapeSpace(): ShapeSpace {
  return checkShapeSpace({ kind: "shape" });
}

/** The architecture of the published micro space that is written so: 8 numbers for each node. */
export function readMicro(numbers: string): MicroArchitecture {
  return decode(microSpace(numbers.trim().split(/[\s,]+/).length / 8), numbers) as MicroArchitecture;
}

/** The architecture of the published macro space that is written so: 1, 3, 6, 10, … numbers. */
export function readMacro(numbers: string): MacroArchitecture {
  const { length } = numbers.trim().split(/[\s,]+/);
  return decode(macroSpace((Math.sqrt(8 * length + 1) - 1) / 2), numbers) as MacroArchitecture;
}
