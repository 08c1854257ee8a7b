import { Problem } from "../../runtime/problem";
import { writeDescription, type Description } from "../own/description";
import { surveyFolder, type Survey } from "../own/survey";
import { locateDataSet } from "../sets/locate";
import { findDataSet } from "../sets/registry";
import { saysAnything } from "./said-options";

/**
 * Looks through a folder of one's own that is among the data sets, and keeps what is said of it.
 *
 * @param said What is said; where it is nothing, nothing is written.
 * @throws {Problem} Where the set is not there, is none of one's own, or something else must be said first.
 */
export async function describeOwn(
  name: string,
  root: string,
  said: Partial<Description>,
): Promise<{ folder: string; survey: Survey }> {
  const set = findDataSet(name, root);
  if (set.access.kind !== "own files") {
    throw new Problem(`${set.title} is read as it was published.`, "What can be described is a folder of your own.");
  }
  const folder = locateDataSet(set, root);
  const survey = await surveyFolder(folder, said);
  if (saysAnything(said)) writeDescription(folder, survey.description);
  return { folder, survey };
}
