import { runSearch } from "../../search/run-search";
import { formatSearchEpoch, type SearchWatch } from "../../search/watch-search";
import { hearSignals } from "../../runs/stop";
import type { TellProgress } from "../../units/serve-unit";
import { searchesOf } from "./searches";
import type { Step } from "./step";

/** One search a seed, and the one whose policy stays uniform beside them. */
export const searchStep: Step = {
  list: (study) =>
    searchesOf(study).map(({ title, slug, seed, searched }) => ({
      ...{ name: searched, title: `${title} search, seed ${seed}`, needs: [] },
      ...{ threads: study.threadsOf("search"), cost: study.costs.search, of: { strategy: slug, seed } },
    })),
  async run({ open, unit, folder, tell }) {
    const { seed, strategy } = unit.of as { seed: number; strategy: string };
    const study = await open();
    const { search } = study.settings;
    await runSearch(folder, {
      images: study.searchImages(),
      // Beside the study's own there is the uniform one alone.
      options: { ...search.options, seed, ...(strategy === study.found.slug ? {} : { strategy: { kind: "uniform" } }) },
      watch: watchToTell(tell),
    });
  },
};

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
