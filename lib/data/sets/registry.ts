import { join } from "node:path";

import { nearestOf } from "../../runtime/nearest";
import { Problem } from "../../runtime/problem";
import { breastLesionsUsg } from "./breast-lesions-usg";
import { breastMnist } from "./breastmnist";
import { busBra } from "./bus-bra";
import { busUclm } from "./bus-uclm";
import { busi } from "./busi";
import type { DataSet } from "./data-set";
import { joinDataSets, joint } from "./joined-set";
import { mendeley250 } from "./mendeley-250";
import { oasbud } from "./oasbud";
import { phantomSet } from "./phantom-set";
import { describeFolder, plainFolder } from "./plain-folder";
import { plainName } from "./plain-name";
import { udiat } from "./udiat";

/** All data sets that the project knows, in the order in which they are listed. */
export const dataSets: readonly DataSet[] = [
  phantomSet,
  busBra,
  busi,
  breastLesionsUsg,
  ...breastMnist,
  udiat,
  oasbud,
  mendeley250,
  busUclm,
  plainFolder,
];

/**
 * Finds a data set by its name or one of its other names; upper and lower case, spaces and dashes make no difference. Several are
 * taken together by their names with "+" between them: "bus-bra+udiat".
 *
 * @param root The folder with the data sets; default: none. A folder in it with class folders is a set of that name.
 * @throws {Problem} Where there is none, and then the nearest is named; or where sets cannot stand together.
 */
export function findDataSet(name: string, root?: string): DataSet {
  const wanted = plainName(name);
  const known = dataSets.find((set) => [set.name, ...set.aliases].some((other) => plainName(other) === wanted));
  if (known !== undefined) return known;
  if (root !== undefined && /^[^/\\]+$/.test(name) && !name.startsWith(".")) {
    const own = describeFolder(name);
    if (own.recognise(join(root, name)) !== null) return own;
  }
  const several = name.split(joint);
  if (several.length > 1) return joinDataSets(several.map((one) => findDataSet(one.trim(), root)));
  const names = dataSets.map((set) => set.name);
  const near = nearestOf(name.toLowerCase(), names);
  throw new Problem(
    `There is no data set "${name}".`,
    `${near === null ? "" : `Did you mean "${near}"? `}There are ${names.join(", ")}; a folder of your own is brought in with: npm run data -- import NAME PATH.`,
  );
}
