import { inNotebook, openSlot, type Slot } from "../display/notebook";
import { Problem } from "../runtime/problem";
import { readSearch } from "../search/read-search";
import { checkSearch } from "../search/search-options";
import { watchSearch, type SearchWatch } from "../search/watch-search";
import { drawTrials } from "../trials/figures/draw-trials";
import { readTrials } from "../trials/trial-record";
import type { UnitsWatch } from "./drive-units";
import { foundNetwork } from "./found-network";
import { isByTrials } from "./found-by";
import type { Study } from "./open-study";

/** A search that is watched: what shows it, and how far that is. */
interface Watched {
  readonly watch: SearchWatch;
  shown: number;
  done: number;
}

/**
 * Watches the searches of a study that are done by other processes: in a notebook each by its curves, its choices and the best
 * architecture so far, a search by trials by its trainings, from what it has recorded. Outside of one, the table of units says enough.
 *
 * @returns The watch; undefined outside of a notebook.
 */
export function watchSearches({ settings, path }: Pick<Study, "settings" | "path">): UnitsWatch | undefined {
  if (!inNotebook()) return undefined;
  if (isByTrials({ settings })) return watchTrials(path);
  const watched = new Map<string, Watched>();
  return {
    progress({ kind, name, of }, { done, total, note }) {
      if (kind !== "search" || total === null) return;
      const known = watched.get(name);
      const options = checkSearch({ ...settings.search.options, seed: of.seed as number });
      const one = known ?? { watch: watchSearch(options, (found) => foundNetwork(settings, found)), shown: 0, done };
      if (known === undefined) {
        watched.set(name, one);
        one.watch.begin(done, total, []);
      }
      void one.watch.advance(done - one.done, note);
      one.done = done;
      // A line of an epoch, and not of one of its many steps.
      if (note.includes(" | ")) showEpochs(path(...name.split("/")), one, done >= total);
    },
  };
}

function watchTrials(path: Study["path"]): UnitsWatch {
  const slots = new Map<string, { readonly slot: Slot | null; shown: number }>();
  return {
    progress({ kind, name, title }) {
      if (kind !== "search") return;
      const one = slots.get(name) ?? { slot: openSlot(), shown: 0 };
      slots.set(name, one);
      const trials = ifReadable(() => readTrials(path(...name.split("/"))));
      if (trials === null || trials.length === one.shown) return;
      one.shown = trials.length;
      one.slot?.update({
        "application/vnd.plotly.v1+json": drawTrials({ trials, accounts: null }, title),
        "text/plain": `${title}: ${trials.length} trainings`,
      });
    },
  };
}

function showEpochs(folder: string, one: Watched, ended: boolean): void {
  const records = ifReadable(() => readSearch(folder));
  if (records === null || records.epochs.length === one.shown) return;
  const { epochs, best } = records;
  one.shown = epochs.length;
  void (ended ? one.watch.end(epochs, best) : one.watch.epoch(epochs, best));
}

// What cannot be read now can be later: it is being written.
function ifReadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
