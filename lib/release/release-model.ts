import { join } from "node:path";

import * as v from "valibot";

import { needsLesion, type PreparationOptions } from "../data/prepare/configuration";
import { hashFile } from "../files/checksum";
import { writeFolder } from "../files/write-folder";
import { costOf } from "../graph/cost";
import { checkArchitecture, drawArchitecture } from "../space/architecture";
import { hashArchitecture } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { nodeOf, withoutAuxiliary, type Graph } from "../graph/graph";
import { toModel } from "../networks/model/to-model";
import { saveModel } from "../networks/model/saving";
import { copyWeights, weightsOfModel } from "../networks/weights/model-weights";
import type { WeightBank } from "../networks/weights/weight-bank";
import { describeMachine, packageVersion, systemClock, type Clock } from "../runtime/environment";
import { nullable, passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import type { tf } from "../runtime/tensorflow";
import { checkCard, formatVersion, releaseClasses, statementEntries, type ReleaseCard } from "./card";
import { checkFinderGraph, packFinder, releasedFinderSchema } from "./finder-files";
import { writeModelCard } from "./model-card";
import { releaseFiles, writeReleaseFiles } from "./release-files";

const contentsSchema = v.strictObject({
  ...statementEntries,
  /** The network. Its auxiliary head, where it has one, is left out. */
  graph: passed<Graph>("a network's graph"),
  /** Its weights; they stay. */
  weights: passed<WeightBank>("the network's weights"),
  /** The architecture that was found; default: null, for a hand-crafted network. */
  architecture: v.optional(nullable(passed<Architecture>("an architecture")), null),
  /** A segmentation that finds the lesion where nobody has drawn it; default: null, none. */
  finder: v.optional(nullable(releasedFinderSchema), null),
});

/**
 * What is released. What is left out has the default of the preparation, temperature 1, or is not reported.
 *
 * @interface
 */
export type ReleaseContents = v.InferInput<typeof contentsSchema>;

const optionsSchema = v.strictObject({
  /** Where its date comes from; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
});

/**
 * How a release is written.
 *
 * @interface
 */
export type ReleaseOptions = v.InferInput<typeof optionsSchema>;

/** What TensorFlow.js's file of layers and the cards take at most, in bytes. */
const roomForCards = 2 ** 22;

/**
 * Releases a model: writes a folder with all that is needed to use it on image files, whole or not at all. In it are the
 * model as TensorFlow.js's own layers (model.json, weights.bin), which any TensorFlow.js loads; `sononas.json` with
 * preparation, normalisation, threshold, data and results; `MODEL_CARD.md` for people; `network.json`; of a found network
 * `architecture.json` and its drawing; and checksums. Of images nothing is in it.
 *
 * @param folder The folder; it must not exist yet, or be empty.
 * @throws {Problem} Where a field is missing, unknown or out of range, the preparation does not give what the network takes,
 *   a weight is not a finite number, or the folder cannot be written. Nothing is then left.
 */
export async function releaseModel(
  folder: string,
  contents: ReleaseContents,
  options: ReleaseOptions = {},
): Promise<ReleaseCard> {
  const { clock } = checkOptions("releaseModel", optionsSchema, options);
  const {
    graph: whole,
    weights,
    architecture,
    finder,
    ...statement
  } = checkOptions("releaseModel", contentsSchema, contents);
  const graph = withoutAuxiliary(whole);
  checkEnds(graph, statement.preparation);
  const found = finder === null ? null : packFinder(finder);
  if (found !== null) {
    requireUse(graph.name, statement.preparation);
    checkFinderGraph(finder!.network.graph, found.card, "the release");
  }
  if (architecture !== null) checkArchitecture(architecture);
  const { trainable, nonTrainable, multiplyAdds, weightBytes } = costOf(graph);
  const cardWith = (weightsHash: string) =>
    checkCard(
      {
        format: "sononas release",
        formatVersion,
        ...statement,
        date: clock.now().toISOString().slice(0, 10),
        network: {
          name: graph.name,
          parameters: trainable,
          multiplyAdds,
          weightBytes,
          weightsHash,
          architectureHash: architecture === null ? null : hashArchitecture(architecture),
        },
        ...(found !== null && { finder: found.card }),
        software: softwareVersions(),
      } satisfies ReleaseCard,
      "The release",
    );
  // What was said is checked before anything is written.
  cardWith("0".repeat(64));
  const model = modelWith(graph, weights);
  try {
    let card: ReleaseCard;
    const bytes = 4 * (trainable + nonTrainable) + (found?.card.network.weightBytes ?? 0) + roomForCards;
    await writeFolder(folder, bytes, async (staging) => {
      await saveModel(staging, model);
      card = cardWith(await hashFile(join(staging, "weights.bin"), "sha256"));
      const drawing = architecture === null ? null : releaseFiles.drawing;
      writeReleaseFiles(staging, {
        [releaseFiles.card]: json(card),
        [releaseFiles.network]: json(graph),
        [releaseFiles.modelCard]: writeModelCard(card, drawing),
        ...found?.files,
        ...(architecture === null
          ? {}
          : {
              [releaseFiles.architecture]: json(architecture),
              [releaseFiles.drawing]: (await drawArchitecture(architecture, graph)).svg,
            }),
      });
    });
    return card!;
  } finally {
    model.dispose();
  }
}

function checkEnds(graph: Graph, { size, channels }: PreparationOptions): void {
  const [found, taken] = [[size, size, channels.length].join(", "), graph.nodes[0]!.shape.join(", ")];
  if (found !== taken) {
    throw new Problem(
      `The preparation gives images of [${found}], and ${graph.name} takes [${taken}].`,
      "Give the preparation that the network was trained with.",
    );
  }
  const classes = nodeOf(graph, graph.output).shape[0]!;
  if (classes !== releaseClasses.length) {
    throw new Problem(
      `${graph.name} tells ${classes} classes apart, expected ${releaseClasses.join(" and ")}.`,
      "Release a network of two classes.",
    );
  }
}

function requireUse(name: string, preparation: PreparationOptions): void {
  if (needsLesion(preparation)) return;
  throw new Problem(
    `A finder was given, but ${name} looks at the whole picture: it has no use for a lesion that was found.`,
    "Leave it out, or release a network that was trained on lesions.",
  );
}

function modelWith(graph: Graph, weights: WeightBank): tf.LayersModel {
  const model = toModel(graph, { random: createRandom(0) });
  try {
    const target = weightsOfModel(graph, model);
    copyWeights(weights, target);
    for (const key of target.keys) {
      if (target.get(key).dataSync<"float32">().every(Number.isFinite)) continue;
      throw new Problem(
        `The weight ${key} of ${graph.name} holds a number that is not finite.`,
        "Its training failed: release weights of an earlier epoch.",
      );
    }
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function softwareVersions(): Record<string, string> {
  return {
    sononas: packageVersion("sononas"),
    "@tensorflow/tfjs": packageVersion("@tensorflow/tfjs"),
    node: describeMachine().node,
  };
}

const json = (data: unknown) => `${JSON.stringify(data, null, 2)}\n`;
