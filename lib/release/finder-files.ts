import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";

import * as v from "valibot";

import { hashOf } from "../files/checksum";
import { costOf } from "../graph/cost";
import { nodeOf, type Graph } from "../graph/graph";
import { namedWeightsOf } from "../graph/named-weights";
import { createWeights } from "../networks/weights/weight-bank";
import { passed } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import type { SureOutlines } from "../segment/choose-sure";
import type { OutlineNetwork } from "../segment/find-outlines";
import { setWeights } from "../train/stored-weights";
import { finderEntries, type FinderCard } from "./card";
import { packHalf, unpackHalf } from "./half-weights";
import { readGraph } from "./read-graph";
import { readReleaseBytes, readReleaseFile, releaseFiles } from "./release-files";

/** The schema of {@link ReleasedFinder}. */
export const releasedFinderSchema = v.strictObject({
  ...finderEntries,
  /** The network, as `trainSegmentation` trains and `loadSegmentation` loads it; its weights stay. */
  network: passed<OutlineNetwork>("a segmentation: segment.loadSegmentation(folder)"),
});

/** A network that finds the lesion, to be released beside one that judges it. @interface */
export type ReleasedFinder = v.InferInput<typeof releasedFinderSchema>;

/** A network that finds the lesion, and from when on it counts as sure. */
export type Finder = OutlineNetwork & { readonly sure?: SureOutlines };

/** Pictures that a released finder looks at together. */
const predictionBatch = 16;

/**
 * Packs a finder for a release: its kernels are rounded to 16 bits, which makes its file half as large.
 *
 * @returns What the release's card says of it, and its files.
 * @throws {Problem} Where a weight is no finite number.
 */
export function packFinder({ network, ...said }: v.InferOutput<typeof releasedFinderSchema>): {
  readonly card: FinderCard;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
} {
  const { graph, weights, normalisation, options } = network;
  const packed = packHalf(graph, (node, weight) => weights.of(node, weight).dataSync<"float32">());
  const { trainable, multiplyAdds } = costOf(graph);
  const { mean, deviation } = normalisation;
  const card: FinderCard = {
    ...said,
    preparation: options.preparation,
    normalisation: { mean: [...mean], deviation: [...deviation] },
    flipPredictions: options.flipPredictions,
    network: {
      ...{ name: graph.name, parameters: trainable, multiplyAdds },
      ...{ weightBytes: packed.length, weightsHash: hashOf(packed) },
    },
  };
  return {
    card,
    files: { [releaseFiles.finderNetwork]: `${JSON.stringify(graph)}\n`, [releaseFiles.finderWeights]: packed },
  };
}

/**
 * Reads a finder from the files of a release.
 *
 * @returns The finder; the caller disposes its weights.
 * @throws {Problem} Where a file is missing, damaged, or of another finder than the card names.
 */
export function readFinder(folder: string, card: FinderCard): Finder & { readonly sure: SureOutlines } {
  const file = join(folder, releaseFiles.finderNetwork);
  const graph = readGraph(readReleaseFile(folder, releaseFiles.finderNetwork), file);
  checkFinderGraph(graph, card, file);
  const bytes = readReleaseBytes(folder, releaseFiles.finderWeights);
  if (hashOf(bytes) !== card.network.weightsHash)
    throw new Problem(
      `${join(folder, releaseFiles.finderWeights)} is not the file that ${releaseFiles.card} names.`,
      "Get all files of one release again.",
    );
  const numbers = unpackHalf(graph, bytes);
  const named = namedWeightsOf(graph);
  const weights = createWeights(named, createRandom(0));
  setWeights(
    weights,
    new Map(
      named.map(({ key, specification: { shape } }) => {
        const slash = key.lastIndexOf("/");
        return [key, { shape: [...shape], values: numbers(key.slice(0, slash), key.slice(slash + 1)) }];
      }),
    ),
  );
  const { preparation, normalisation, flipPredictions, sure } = card;
  return { graph, weights, normalisation, sure, options: { preparation, flipPredictions, predictionBatch } };
}

/**
 * Checks that a network is what a finder's card says: that it takes one gray plane of the stated size, and gives as large a one.
 *
 * @throws {Problem} Where it is not.
 */
export function checkFinderGraph(
  graph: Graph,
  { preparation: { size, channels, region } }: FinderCard,
  file: string,
): void {
  const [taken, given] = [graph.nodes[0]!.shape, nodeOf(graph, graph.output).shape];
  const plane = [size, size, 1];
  const isWhole = region.kind === "whole" && channels.join() === "gray";
  if (isWhole && isDeepStrictEqual([...taken], plane) && isDeepStrictEqual([...given], plane)) return;
  throw new Problem(
    `The finder in ${file} takes [${taken.join(", ")}] of the region "${region.kind}" with ${channels.join(", ")} and gives [${given.join(", ")}], expected whole pictures in gray, [${plane.join(", ")}], both times.`,
    "Its files do not belong together: get all files of one release again.",
  );
}
