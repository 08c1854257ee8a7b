/**
 * Searches for thousands of steps and updates, and prints tensors and resident memory, which must not grow once every weight has
 * its moment: `node --expose-gc --require tsx/cjs test/reliability/search-memory.ts 10`.
 *
 * @module
 */
import "../../lib/runtime/prepare-tensorflow";

import { tf } from "../../lib/runtime/tensorflow";
import { tinySearcher } from "../search/helpers";

function main(): void {
  const rounds = Number(process.argv[2] ?? 10);
  const searcher = tinySearcher();
  const [steps, updates] = [300, 50];
  for (let round = 0; round <= rounds; round++) {
    globalThis.gc?.();
    const resident = (process.memoryUsage().rss / 1e6).toFixed(1);
    process.stdout.write(
      `${round * steps} steps, ${round * updates} updates: ${tf.memory().numTensors} tensors, ${resident} MB resident\n`,
    );
    for (let step = round * steps; step < (round + 1) * steps; step++) searcher.learnStep(step);
    for (let update = round * updates; update < (round + 1) * updates; update++) searcher.update(update);
  }
  searcher.dispose();
}

main();
