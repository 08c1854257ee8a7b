import { join } from "node:path";

import { cacheRoot, dataRoot } from "../runtime/environment";
import { hashJson } from "../runs/sealed-json";
import type { ScriptPlace } from "../units/slurm/script";
import { unitEntry } from "./drive-units";
import { placeOf, type StudyPlace } from "./layout";

/**
 * Says what the scripts of a cluster need of a study: where it lies, what does a unit, and where data and prepared images are, by the
 * paths of this machine, under which nodes must see them too.
 */
export function scriptPlace(study: StudyPlace): ScriptPlace {
  const folder = study.path();
  return {
    // By the folder, so that two studies of one user are told apart in the queue.
    jobName: `sononas-${hashJson(folder).slice(0, 8)}`,
    folder,
    scripts: placeOf(study, "units", "slurm"),
    program: [process.execPath, `${unitEntry}.js`],
    variables: { SONONAS_DATA: dataRoot(), SONONAS_CACHE: cacheRoot(), SONONAS_RESULTS: join(folder, "..") },
  };
}
