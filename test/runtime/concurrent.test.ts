import { deepEqual, equal, rejects } from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

import { concurrently } from "../../lib/runtime/concurrent";

describe("concurrently(items, limit, work)", () => {
  it("gives results in the order of the items, whichever ends first", async () => {
    const results = await concurrently([30, 1, 10], 3, async (wait, index) => {
      await setTimeout(wait);
      return `${index}: ${wait}`;
    });
    deepEqual(results, ["0: 30", "1: 1", "2: 10"]);
  });

  it("does no more at a time than it is told", async () => {
    let running = 0;
    let most = 0;
    await concurrently(Array.from({ length: 20 }), 3, async () => {
      most = Math.max(most, ++running);
      await setTimeout(1);
      running--;
    });
    equal(most, 3);
  });

  it("begins nothing more after a failure, and throws it", async () => {
    let begun = 0;
    const work = async (item: number) => {
      begun++;
      await setTimeout(1);
      if (item === 2) throw new Error("two");
    };
    await rejects(concurrently([1, 2, 3, 4, 5, 6, 7, 8], 2, work), /two/);
    equal(begun <= 4, true);
  });

  it("gives nothing for no items", async () => {
    deepEqual(await concurrently([], 4, () => Promise.resolve(1)), []);
  });
});
