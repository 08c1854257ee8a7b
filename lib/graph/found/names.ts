/**
 * Turns the name of an operation into a part of the names of its nodes.
 *
 * @param operation The operation, "average pool 3×3".
 * @returns The part, "averagepool3x3".
 */
export function partOf(operation: string): string {
  return operation.replaceAll(" ", "").replaceAll("×", "x");
}
