import { hearSignals } from "../../runs/stop";
import { supernetFolder, supernetFolds } from "../layout";
import { trainSupernetOf } from "../trial-searches";
import { nameOf } from "./searches";
import type { PlannedStudy, Step } from "./step";

/** The supernets that score candidates of searches by trials, one an inner fold and seed; none where no search uses them. */
export const supernetStep: Step = {
  list: (study) =>
    study.settings.search.seeds.flatMap((seed) =>
      supernetFolds(study).map((fold) => ({
        ...{ name: supernetName(study, seed, fold), title: `supernet of inner fold ${fold}, seed ${seed}`, needs: [] },
        ...{ threads: study.threadsOf("search"), cost: study.costs.supernet, of: { seed, fold } },
      })),
    ),
  async run({ open, unit, folder, tell }) {
    const { seed, fold } = unit.of as { seed: number; fold: number };
    await trainSupernetOf(await open(), seed, fold, folder, async (done, total, note) => {
      tell(done, total, note);
      await hearSignals();
    });
  },
};

/** Lists the units that a search of a seed needs first. */
export function supernetNames(study: Pick<PlannedStudy, "path" | "settings">, seed: number): string[] {
  return supernetFolds(study).map((fold) => supernetName(study, seed, fold));
}

function supernetName(study: Pick<PlannedStudy, "path" | "settings">, seed: number, fold: number): string {
  return nameOf(study, supernetFolder(study, seed, fold));
}
