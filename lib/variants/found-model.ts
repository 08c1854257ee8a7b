import { Problem } from "../runtime/problem";
import { checkSearch } from "../search/search-options";
import { foundBy } from "../study/found-by";
import { placeIn } from "../study/layout";
import { readFacts } from "../study/study-facts";
import { readWinner } from "../study/winner";
import type { StudyModel } from "../validate/plan";

/**
 * Reads the found network of a study, with the settings that the study trains it with, to be trained on other inputs.
 *
 * @param folder The study's folder.
 * @throws {Problem} Where there is no study, or it has no winner yet.
 */
export function foundModel(folder: string): StudyModel {
  const place = placeIn(folder);
  const facts = readFacts(place);
  if (facts === null)
    throw new Problem(`${folder} is no study's folder.`, "Name one: results/bus-bra-overnight, for example.");
  const { network, search } = facts.settings;
  const { winner } = readWinner({ ...place, name: folder });
  return {
    name: foundBy(facts).name,
    kind: "found",
    network: {
      kind: "found",
      architecture: winner.architecture,
      settings: network ?? checkSearch(search.options).network,
    },
  };
}
