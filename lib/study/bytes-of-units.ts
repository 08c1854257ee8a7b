import { costOf } from "../graph/cost";
import type { Graph } from "../graph/graph";
import { buildHandCrafted } from "../graph/hand-crafted/registry";
import { createRandom } from "../runtime/random";
import { buildNetwork, supernetWeightsOf } from "../space/build";
import { sampleArchitecture } from "../space/sample";
import type { Unit } from "../units/unit";
import { checkStudySettings, type StudySettings } from "./study-settings";

/** Bytes of a unit's record, its metrics and what it says of itself. */
const ofRecord = 60_000;

/** Bytes of a prediction in a file of them, about. */
const ofPrediction = 120;

/** What a search keeps of its shared weights, in their own size: two checkpoints with what the optimiser keeps of each weight, and metrics. */
const copiesOfShared = 5;

/**
 * Says how many bytes each unit of a study leaves in its folder: weights above all, of which a search keeps two checkpoints, and a
 * training the best ones.
 *
 * @param images How many images the study has.
 */
export function bytesOfUnits(settings: StudySettings, images: number): (unit: Pick<Unit, "kind" | "of">) => number {
  const { search, network, preparation, handCrafted } = checkStudySettings(settings);
  const { space, network: searched } = search.options;
  const rows = preparation.size ?? 64;
  const channels = preparation.channels?.length ?? 1;
  const sizeOf = (side: number) => ({ height: side, width: side, channels });
  const architecture = sampleArchitecture(space, createRandom(1));
  const bytesOf = (graph: Graph) => costOf(graph).weightBytes;
  const inSearch = sizeOf(search.size ?? rows);
  const numbers = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
  const shared =
    4 *
    supernetWeightsOf(space, inSearch, searched).reduce(
      (sum, { specification }) => sum + numbers(specification.shape),
      0,
    );
  const candidate = bytesOf(buildNetwork(architecture, inSearch, searched));
  const found = bytesOf(buildNetwork(architecture, sizeOf(rows), network ?? searched));
  const crafted = new Map(
    handCrafted.map((name) => [name, bytesOf(buildHandCrafted(name, sizeOf(rows), { classes: 2 }))]),
  );
  const sharing = search.trials === null ? ["search"] : ["supernet"];
  return ({ kind, of }) => {
    if (sharing.includes(kind)) return ofRecord + copiesOfShared * shared;
    if (of.fold !== undefined && of.part !== undefined) {
      const model = String(of.model).replace(/, recipe \d+$/, "");
      return ofRecord + (crafted.get(model) ?? found) + ofPrediction * images;
    }
    return ofRecord + (kind.endsWith("training") ? candidate : 0);
  };
}
