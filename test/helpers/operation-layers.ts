import { deepEqual } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { layers } from "../../lib/graph/layer";
import type { Operation } from "../../lib/space/kind";

/**
 * The layers that an operation becomes, each with the size of its window if it has one.
 *
 * @param operation The operation; it must keep rows, columns and channels.
 * @returns "depthwise convolution 3", "activation".
 */
export function layersOf(operation: Operation): string[] {
  const builder = startGraph("one", { height: 8, width: 8, channels: 4 });
  const site = { builder, norm: layers.batchNormalisation(), name: (part = "all") => `place/${part}` };
  const output = operation.build(site, builder.input);
  deepEqual(output.shape, [8, 8, 4]);
  return builder
    .finish(output)
    .nodes.slice(1)
    .map(({ layer }) => ("size" in layer ? `${layer.kind} ${layer.size}` : layer.kind));
}
