import { runSearch } from "../../search/run-search";
import { formatSearchEpoch, type SearchWatch } from "../../search/watch-search";
import { hearSignals } from "../../runs/stop";
import type { TellProgress } from "../../units/serve-unit";
import type { Progress } from "../../display/progress";
import { checkTrials } from "../../trials/trial-options";
import { isByTrials } from "../found-by";
import { furtherBudgets, furtherFolder } from "../layout";
import { searchByTrialsOf } from "../trial-searches";
import { searchesOf } from "./searches";
import type { Step } from "./step";
import { supernetNames } from "./supernets";

/** One search a seed, and the one that is a control beside them; of searches by trials one for each budget. */
export const searchStep: Step = {
  list: (study) =>
    searchesOf(study).flatMap(({ title, slug, seed, searched, own }) => {
      const common = { threads: study.threadsOf("search"), cost: study.costs.search };
      const of = { strategy: slug, seed };
      const first = { name: searched, title: `${title} search, seed ${seed}`, ...common, of };
      if (!isByTrials(study)) return [{ ...first, needs: [] }];
      const needs = own ? supernetNames(study, seed) : [];
      const further = own ? furtherBudgets(study) : [];
      return [
        { ...first, needs },
        ...further.map((budget) => ({
          ...{ name: furtherFolder(searched, budget), title: `${first.title}, budget ${budget}`, needs },
          ...{ ...common, cost: study.costs.further[budget - 2]!.search, of: { ...of, budget } },
        })),
      ];
    }),
  async run({ open, unit, folder, tell }) {
    const { seed, strategy, budget = 1 } = unit.of as { seed: number; strategy: string; budget?: number };
    const study = await open();
    if (isByTrials(study)) {
      const { limit } = checkTrials(study.settings.search.trials!);
      const total = Math.ceil(limit.trainings ?? limit.cpuSeconds!);
      await searchByTrialsOf(study, { seed, slug: strategy, budget }, folder, progressToTell(tell, total));
      return;
    }
    const { search } = study.settings;
    await runSearch(folder, {
      images: study.searchImages(),
      // Beside the study's own there is the uniform one alone.
      options: { ...search.options, seed, ...(strategy === study.found.slug ? {} : { strategy: { kind: "uniform" } }) },
      watch: watchToTell(tell),
    });
  },
};

/** Makes what shows how far trials are of what tells that: their number, or seconds. */
function progressToTell(tell: TellProgress, total: number): Progress {
  let done = 0;
  return {
    async advance(units = 1, note = "") {
      done += units;
      tell(Math.min(done, total), total, note);
      await hearSignals();
    },
    finish(note = "") {
      tell(total, total, note);
    },
  };
}

/** Makes a watch of a search that tells how many of its units of work are done. */
function watchToTell(tell: TellProgress): SearchWatch {
  let [done, total] = [0, 0];
  return {
    begin(before, all) {
      [done, total] = [before, all];
      tell(done, total, "");
    },
    async advance(units, note) {
      done += units;
      tell(done, total, note);
      await hearSignals();
    },
    epoch(epochs) {
      tell(done, total, formatSearchEpoch(epochs.at(-1)!));
    },
    end: () => undefined,
  };
}
