import { join } from "node:path";

import { Problem } from "../runtime/problem";
import { benchmarkFolder } from "./benchmark-folder";
import { readNetworks, type DrawnNetwork } from "./drawn-networks";
import { readImages, readPutAsideIds } from "./folds";
import { nestedFile, readNested, type NestedRow } from "./nested-rows";
import { readProtocol, requireProtocol, type Protocol } from "./protocol";
import { readReplay, replayFile, type ReplayOutcome } from "./replay-outcome";
import type { Row } from "./row";
import { readSharedScores, sharedScoresFile, type SharedScoreRow } from "./shared-scores";
import { readLogits, readRows, tableFiles } from "./table-file";
import { readTrainingFree, trainingFreeFile, type TrainingFreeRow } from "./training-free-scores";

/** A tabular benchmark: what its protocol says, and what was measured by it. */
export interface Benchmark {
  /** Where it was read from. */
  readonly folder: string;
  readonly protocol: Protocol;
  readonly networks: readonly DrawnNetwork[];
  readonly rows: readonly Row[];
  /** Scores by shared weights; none where they are not measured. */
  readonly shared: readonly SharedScoreRow[];
  /** What came of replays judged by the images that are put aside; null where they are not made. */
  readonly replay: ReplayOutcome | null;
  /** What searches on outer folds came to; none where they are not made. */
  readonly nested: readonly NestedRow[];
  /** Scores without training; none where they are not measured. */
  readonly trainingFree: readonly TrainingFreeRow[];

  /**
   * Reads what the networks say of the images that are put aside, once a choice is made.
   *
   * @returns For each row the logits of malignant of these images, and their labels in the same order: 1 for malignant.
   */
  putAside(): PutAside;
}

/** What networks say of the images that are put aside. */
export interface PutAside {
  /** For each row the logits of malignant. */
  readonly logits: readonly ArrayLike<number>[];
  /** 1 for malignant, 0 for benign. */
  readonly labels: readonly number[];
}

/**
 * Reads a tabular benchmark.
 *
 * @param folder Its folder; default: the project's `results/search-benchmark`.
 * @throws {Problem} Where a file is missing or damaged, or something was measured by another protocol.
 */
export function readBenchmark(folder: string = benchmarkFolder()): Benchmark {
  const protocol = readProtocol(folder);
  const rows = readRows(folder);
  const shared = readSharedScores(folder);
  const trainingFree = readTrainingFree(folder);
  const nested = readNested(folder);
  const replay = readReplay(folder);
  requireProtocol(protocol, rows, join(folder, tableFiles.rows));
  requireProtocol(protocol, shared, join(folder, sharedScoresFile));
  requireProtocol(protocol, nested, join(folder, nestedFile));
  if (replay !== null) requireProtocol(protocol, [replay], join(folder, replayFile));
  requireProtocol(protocol, trainingFree, join(folder, trainingFreeFile));
  return {
    ...{ folder, protocol, rows, shared, replay, nested, trainingFree },
    networks: readNetworks(folder, protocol),
    putAside() {
      const images = readImages(folder);
      const labels = readPutAsideIds(folder).map((id) => {
        const image = images.get(id);
        if (image !== undefined) return image.label;
        throw new Problem(
          `The folds in ${folder} put ${id} aside, which the benchmark's images do not have.`,
          "Take folds and images of one benchmark.",
        );
      });
      return { logits: readLogits(folder, "test", rows), labels };
    },
  };
}
