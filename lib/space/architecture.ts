import type { Drawing } from "../graph/draw/picture";
import type { Graph } from "../graph/graph";
import { kindOf, type Architecture } from "./kinds";

/**
 * Checks that an architecture is one.
 *
 * @param architecture The architecture, of a file for example.
 * @returns The same.
 * @throws {Problem} Where it is none; names the value, its place and what is allowed.
 */
export function checkArchitecture(architecture: Architecture): Architecture {
  return kindOf(architecture).checkArchitecture(architecture);
}

/**
 * Describes an architecture in words, one line for each node or layer.
 *
 * @returns The lines.
 * @throws {Problem} Where the architecture is none.
 */
export function describeArchitecture(architecture: Architecture): string {
  return kindOf(architecture).describe(checkArchitecture(architecture));
}

/**
 * Draws an architecture: in the micro space its two cells; in the macro space its layers and in the shape space its blocks from
 * above to below, with an arc for each skip connection; below what its colours mean.
 *
 * @param network The network that was built of it: shapes and parameters then stand beside each part, with stem and head, and beside
 *   cells the whole network. Default: null, the architecture alone.
 * @returns The drawing, for `showDrawing` or a file; it is described in the words of {@link describeArchitecture}.
 * @throws {Problem} Where the architecture is none.
 */
export async function drawArchitecture(architecture: Architecture, network: Graph | null = null): Promise<Drawing> {
  return kindOf(architecture).draw(checkArchitecture(architecture), network);
}
