import type { TableCell } from "../display/table";
import { startGraph, type InputSize } from "../graph/builder";
import { costOf, type Cost } from "../graph/cost";
import { layers } from "../graph/layer";
import { checkOperation } from "./check-space";
import { kindOf, type Space } from "./kinds";
import { checkSpace, type GivenSpace } from "./space";

/**
 * Computes what an operation costs by itself, from the very layers that it becomes in a network.
 *
 * @param size What it is applied to: rows, columns and channels of features.
 * @throws {Problem} Where there is no such kind or operation, or a size is not a whole number from 1.
 */
export function operationCost(kind: Space["kind"], operation: string, size: InputSize): Cost {
  const { operations } = kindOf({ kind }, "space");
  checkOperation(operation, Object.keys(operations), `the ${kind} space`);
  const builder = startGraph(operation, size);
  const norm = layers.batchNormalisation();
  const name = (part = "only") => `operation/${part}`;
  return costOf(builder.finish(operations[operation]!.build({ builder, norm, name }, builder.input)));
}

/**
 * Lists the operations of a space: what each is drawn as, whether it has weights that architectures share, and what it costs.
 *
 * @param size What they are applied to; default: 20 channels of 32 × 32, as in the first cells of the published search.
 * @returns A row for each, in the space's order.
 * @throws {Problem} Where the space is none or a size is not a whole number from 1.
 */
export function tableOfOperations(
  space: GivenSpace,
  size: InputSize = { height: 32, width: 32, channels: 20 },
): Record<string, TableCell>[] {
  const checked = checkSpace(space);
  const { kind } = checked;
  const all = kindOf(checked, "space");
  return all.operationsOf(checked).map((operation) => {
    const { family, hasWeights } = all.operations[operation]!;
    const { trainable, multiplyAdds } = operationCost(kind, operation, size);
    return { operation, "drawn as": family, weights: hasWeights, parameters: trainable, "multiply-adds": multiplyAdds };
  });
}
