import type { Architecture } from "../../lib/space/kinds";

/**
 * A reward that is easy to see through.
 *
 * @param architecture The architecture.
 * @returns The share of its operations that are separable 3 × 3 convolutions, from 0 to 1.
 */
export function share(architecture: Architecture): number {
  const operations = operationsOf(architecture);
  return operations.filter((operation) => operation === "separable 3×3").length / operations.length;
}

function operationsOf(architecture: Architecture): string[] {
  switch (architecture.kind) {
    case "micro":
      return [...architecture.normal, ...architecture.reduction].flatMap(({ x, y }) => [x.operation, y.operation]);
    case "macro":
      return architecture.layers.map(({ operation }) => operation);
    case "shape":
      return architecture.stages.map(({ operation, kernel }) => `${operation} ${kernel}×${kernel}`);
  }
}
