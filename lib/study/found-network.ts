import type { Graph } from "../graph/graph";
import { checkSearch } from "../search/search-options";
import { buildNetwork } from "../space/build";
import type { Architecture } from "../space/kinds";
import { attempt } from "./attempt";
import type { StudySettings } from "./study-settings";

/**
 * Builds the network that a study trains of an architecture, for its drawing: at the size of the study's images.
 *
 * @returns The network; null where the settings no longer fit it, as those of an older version may not.
 */
export function foundNetwork(
  { preparation, network, search }: Pick<StudySettings, "preparation" | "network" | "search">,
  architecture: Architecture,
): Graph | null {
  const rows = preparation.size ?? 64;
  const size = { height: rows, width: rows, channels: preparation.channels?.length ?? 1 };
  return attempt(() => buildNetwork(architecture, size, network ?? checkSearch(search.options).network)).value;
}
