import type { Architecture } from "../../lib/space/kinds";

/**
 * A reward that is easy to see through.
 *
 * @param architecture The architecture.
 * @returns The share of its operations that are separable 3 × 3 convolutions, from 0 to 1.
 */
export function share(architecture: Architecture): number {
  const operations: string[] =
    architecture.kind === "macro"
      ? architecture.layers.map(({ operation }) => operation)
      : [...architecture.normal, ...architecture.reduction].flatMap(({ x, y }) => [x.operation, y.operation]);
  return operations.filter((operation) => operation === "separable 3×3").length / operations.length;
}
