import type { TableCell } from "../display/table";
import { formatDuration } from "../display/progress";
import type { GatheredModel } from "./gather-models";

/**
 * Puts what models cost side by side: size, multiply-adds, time of an image and of a batch, training, search and memory.
 *
 * @param models The models; those that are no networks are left out.
 * @returns One row a model.
 */
export function costTable(models: readonly GatheredModel[]): Record<string, TableCell>[] {
  return models.flatMap(({ evaluation, cost, trainSeconds, searchSeconds, peakMegabytes }) => {
    if (cost === null) return [];
    const latency = (batch: number) => {
      const found = cost.latency.find((one) => one.batch === batch);
      if (found === undefined) return null;
      return `${found.medianMs.toFixed(1)} [${found.lowMs.toFixed(1)}, ${found.highMs.toFixed(1)}]`;
    };
    return [
      {
        model: evaluation.model,
        parameters: cost.parameters,
        "multiply-adds": cost.multiplyAdds,
        "file (MB)": cost.fileBytes / 1e6,
        "1 image (ms) [quartiles]": latency(1),
        "32 images (ms) [quartiles]": latency(32),
        training: trainSeconds === null ? null : formatDuration(trainSeconds),
        search: searchSeconds === null ? null : formatDuration(searchSeconds),
        "peak memory (MB)": peakMegabytes === null ? null : Math.round(peakMegabytes),
      },
    ];
  });
}
