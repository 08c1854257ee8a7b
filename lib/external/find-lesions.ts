import { join } from "node:path";

import { needsMask, type PreparationOptions } from "../data/prepare/configuration";
import { hasLesion } from "../data/prepare/usable-records";
import { readPicture } from "../data/records/read-pixels";
import type { LoadedSet } from "../data/sets/load";
import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import { showsTwoScans } from "../pictures/two-scans";
import { concurrently } from "../runtime/concurrent";
import { Problem } from "../runtime/problem";
import { readOutcome } from "../runs/outcome";
import { listenForStop } from "../runs/stop";
import { sureByDefault } from "../segment/choose-sure";
import { keepOutlines } from "../segment/keep-outlines";
import { outlinedSet } from "../segment/outlined-set";
import { maskName } from "../segment/outlines-folder";
import { loadSegmentation, type TrainedSegmentation } from "../segment/train-segmentation";

/** A network that finds the lesions which another set does not show. */
export interface ExternalFinder {
  /** The folder of its training, as `segment.trainSegmentation` leaves it: DIR/fold-1/training of `npm run segment`. */
  readonly training: string;
  /** Where its outlines are kept; each finder has a folder of its own in it. */
  readonly keep: string;
}

/** Images whose lesions were found, where nobody had drawn them. */
export interface FoundLesions {
  /** All images of the set; those that lacked what networks look at have found outlines, where one was found. */
  readonly loaded: LoadedSet;
  /** The names of those. */
  readonly found: ReadonlySet<string>;
  /** What is to be known of them, in sentences. */
  readonly notices: readonly string[];
}

/**
 * Finds the lesions of those images of another set that lack an outline or a box where networks look at it. Outlines that are there stay.
 *
 * @throws {Problem} Where the finder is not done, or has learned from this set.
 * @throws {Interrupted} Where it was asked to stop.
 */
export async function findLesions(
  dataset: string,
  loaded: LoadedSet,
  preparation: PreparationOptions,
  { training, keep }: ExternalFinder,
): Promise<FoundLesions> {
  const lacking = loaded.records.filter((record) => record.label !== "normal" && !hasLesion(record, preparation));
  if (lacking.length === 0) return { loaded, found: new Set(), notices: [] };
  const network = loadSegmentation(training);
  const stop = listenForStop();
  try {
    requireOther(network, dataset, loaded);
    const { hash } = readOutcome(training)!;
    const images = hashOf(canonicalJson(lacking.map(({ id }) => id)));
    const folder = join(keep, hashOf(`${hash} ${images}`).slice(0, 8));
    const rows = await keepOutlines(folder, {
      ...{ records: lacking, fold: "a network of another set", network, stop },
      inputs: { data: loaded.dataHash, images, training: hash },
    });
    const masks = new Map(rows.filter(({ found }) => found).map(({ id }) => [id, join(folder, maskName(id))]));
    const ids = new Set(lacking.map(({ id }) => id));
    const places = loaded.records.flatMap(({ id }, place) => (ids.has(id) ? [place] : []));
    const own = { ...loaded, records: lacking, inspections: places.map((place) => loaded.inspections[place]!) };
    const outlined = await outlinedSet(own, { rows, masks });
    const [records, inspections] = [[...loaded.records], [...loaded.inspections]];
    places.forEach((place, index) => {
      records[place] = outlined.records[index]!;
      inspections[place] = outlined.inspections[index]!;
    });
    const scans = await concurrently(lacking, 4, async (record) => showsTwoScans(await readPicture(record)));
    const count = (isSo: (row: (typeof rows)[number]) => boolean) => rows.filter(isSo).length;
    const unsure = count(({ found, expectedDice }) => found && expectedDice < sureByDefault.expectedDice);
    const two = scans.filter(Boolean).length;
    return {
      loaded: { ...loaded, records, inspections },
      found: new Set(masks.keys()),
      notices: [
        `The lesions of ${masks.size} images were outlined by a network that had learned from ${network.seen.length} other images, as nobody had drawn ${needsMask(preparation) ? "them" : "a box"}: what networks reach here is of both together.`,
        ...(unsure === 0
          ? []
          : [
              `Of ${unsure} of these outlines the network expects a Dice coefficient below ${sureByDefault.expectedDice} (${sureByDefault.origin}).`,
            ]),
        ...(count(({ others }) => others > 0) === 0
          ? []
          : [
              `In ${count(({ others }) => others > 0)} of these images several parts were found, and the largest was taken.`,
            ]),
        ...(two === 0
          ? []
          : [`${two} of these images seem to show two scans side by side, and one lesion was taken of both.`]),
        ...(masks.size === lacking.length ? [] : [`In ${lacking.length - masks.size} images nothing was found.`]),
      ],
    };
  } finally {
    stop.end();
    network.weights.dispose();
  }
}

function requireOther({ seen }: TrainedSegmentation, dataset: string, { records }: LoadedSet): void {
  const ids = new Set(records.map(({ id }) => id));
  if (!seen.every((id) => ids.has(id))) return;
  throw new Problem(
    `The finder has learned from ${seen.length} images of ${dataset} itself, "${seen[0]!}" first: its outlines would know the answer.`,
    "Name the finder of another set, or draw boxes.",
  );
}
