import type { RandomGenerator } from "../runtime/random";
import type { Space } from "../space/kinds";
import { optionRows } from "./option-rows";
import type { ControllerSettings } from "./settings";
import type { Parameter } from "./signal";

/** What the controller learns. */
export interface ControllerParameters {
  /** The weights of each layer of long short-term memory, `[2 · units, 4 · units]`; see {@link step}. */
  readonly memory: readonly Parameter[];
  /** What it reads where no decision precedes, `[1, units]`. */
  readonly start: Parameter;
  /** What it reads after an operation was chosen, `[operations, units]`; in the shape space a row for each option. */
  readonly embedding: Parameter;
  /** Makes the key of an earlier node, by which it is found, `[units, units]`; null where nothing is looked for. */
  readonly key: Parameter | null;
  /** Makes what an input is looked for by, `[units, units]`; null where nothing is looked for. */
  readonly query: Parameter | null;
  /** Makes a score of the two, `[units, 1]`; null where nothing is looked for. */
  readonly score: Parameter | null;
  /** Makes the scores of the operations, `[units, operations]`; in the shape space a column for each option. */
  readonly operation: Parameter;
  /** What is added to these, `[operations]`; null where there is none. */
  readonly operationBias: Parameter | null;
}

/**
 * Makes parameters: even between -initialRange and initialRange, the bias of the operations where its setting says.
 *
 * @param random The source of chance.
 */
export function createParameters(
  space: Space,
  settings: ControllerSettings,
  random: RandomGenerator,
): ControllerParameters {
  const { units, memoryLayers, initialRange, operationBias } = settings;
  // The spaces of ENAS look earlier nodes up, and have one list of operations for all places.
  const attends = space.kind === "micro" || space.kind === "macro";
  const options = attends ? space.operations.length : optionRows(space).count;
  const make = (...shape: number[]): Parameter => {
    const length = shape.reduce((a, b) => a * b);
    const values = Float64Array.from({ length }, () => random.uniform(-initialRange, initialRange));
    return { shape, values, gradient: new Float64Array(length) };
  };
  return {
    memory: Array.from({ length: memoryLayers }, () => make(2 * units, 4 * units)),
    start: make(1, units),
    embedding: make(options, units),
    key: attends ? make(units, units) : null,
    query: attends ? make(units, units) : null,
    score: attends ? make(units, 1) : null,
    operation: make(units, options),
    operationBias: operationBias && {
      shape: [options],
      values: Float64Array.from(operationBias),
      gradient: new Float64Array(options),
    },
  };
}

/**
 * Lists parameters by name, always in the same order.
 *
 * @returns "memory 0", "start" and so on; without those that are null.
 */
export function listParameters(parameters: ControllerParameters): Map<string, Parameter> {
  const { memory, ...others } = parameters;
  return new Map([
    ...memory.map((layer, index) => [`memory ${index}`, layer] as const),
    ...Object.entries(others as Readonly<Record<string, Parameter | null>>).flatMap(([name, one]) =>
      one === null ? [] : [[name, one] as const],
    ),
  ]);
}
