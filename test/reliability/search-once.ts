/**
 * A search in a folder, in a process of its own that may be killed at any moment: node … search-once.ts FOLDER. It tells its
 * parent when it begins, and right before it saves.
 *
 * @module
 */
import { setImmediate } from "node:timers/promises";

import { systemClock } from "../../lib/runtime/environment";
import { runSearch } from "../../lib/search/run-search";
import { tinySearch, tinySearchImages, watchWith } from "../search/helpers";

async function main(): Promise<void> {
  let seconds = 0;
  await runSearch(process.argv[2]!, {
    images: tinySearchImages(),
    options: { ...tinySearch, epochs: 8 },
    // A clock by which every third pause or so is one to save at.
    clock: { now: () => systemClock.now(), seconds: () => (seconds += 25) },
    watch: watchWith({
      begin: () => void process.send?.("begun"),
      async advance() {
        process.send?.("saving");
        await setImmediate();
      },
    }),
  });
  process.disconnect();
}

void main();
