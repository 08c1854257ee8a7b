import { Problem } from "../runtime/problem";
import { inNotebook } from "../display/notebook";
import { readSearch } from "../search/read-search";
import { checkSearch } from "../search/search-options";
import { watchSearch, type SearchWatch } from "../search/watch-search";
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
 * architecture so far, from what it has recorded. Outside of one, the table of units says enough.
 *
 * @returns The watch; undefined outside of a notebook, and where candidates are trained alone.
 */
export function watchSearches({ settings, path }: Pick<Study, "settings" | "path">): UnitsWatch | undefined {
  // Trials have no epochs of their own to show.
  if (!inNotebook() || isByTrials({ settings })) return undefined;
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

function showEpochs(folder: string, one: Watched, ended: boolean): void {
  try {
    const { epochs, best } = readSearch(folder);
    if (epochs.length === one.shown) return;
    one.shown = epochs.length;
    void (ended ? one.watch.end(epochs, best) : one.watch.epoch(epochs, best));
  } catch (error) {
    // What cannot be read now can be later: it is being written.
    if (!(error instanceof Problem)) throw error;
  }
}
