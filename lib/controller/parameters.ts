import type { RandomGenerator } from "../runtime/random";
import type { Space } from "../space/kinds";
import type { ControllerSettings } from "./settings";
import type { Parameter } from "./signal";

/** What the controller learns. */
export interface ControllerParameters {
  /** The weights of each layer of long short-term memory, `[2 · units, 4 · units]`; see {@link step}. */
  readonly memory: readonly Parameter[];
  /** What it reads where no decision precedes, `[1, units]`. */
  readonly start: Parameter;
  /** What it reads after an operation was chosen, `[operations, units]`. */
  readonly embedding: Parameter;
  /** Makes the key of an earlier node, by which it is found, `[units, units]`. */
  readonly key: Parameter;
  /** Makes what an input is looked for by, `[units, units]`. */
  readonly query: Parameter;
  /** Makes a score of the two, `[units, 1]`. */
  readonly score: Parameter;
  /** Makes the scores of the operations, `[units, operations]`. */
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
  const operations = space.operations.length;
  const make = (...shape: number[]): Parameter => {
    const length = shape.reduce((a, b) => a * b);
    const values = Float64Array.from({ length }, () => random.uniform(-initialRange, initialRange));
    return { shape, values, gradient: new Float64Array(length) };
  };
  return {
    memory: Array.from({ length: memoryLayers }, () => make(2 * units, 4 * units)),
    start: make(1, units),
    embedding: make(operations, units),
    key: make(units, units),
    query: make(units, units),
    score: make(units, 1),
    operation: make(units, operations),
    operationBias: operationBias && {
      shape: [operations],
      values: Float64Array.from(operationBias),
      gradient: new Float64Array(operations),
    },
  };
}

/**
 * Lists parameters by name, always in the same order.
 *
 * @returns "memory 0", "start" and so on; without a bias of the operations where there is none.
 */
export function listParameters(parameters: ControllerParameters): Map<string, Parameter> {
  const { memory, operationBias, ...others } = parameters;
  return new Map([
    ...memory.map((layer, index) => [`memory ${index}`, layer] as const),
    ...Object.entries(others),
    ...(operationBias ? ([["operationBias", operationBias]] as const) : []),
  ]);
}
