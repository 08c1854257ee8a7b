import { deepEqual, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { temporaryFolder } from "../helpers/temporary";
import { killOften } from "./kill-often";
import { killedSearch } from "./kill-search";

describe("a search that is killed 20 times", function () {
  // Each kill is a process that has to load TensorFlow first.
  this.timeout(600_000);
  const folder = temporaryFolder();

  it("ends with the weights, moments, controller, metrics and best of one that was left alone, to the bit", async () => {
    const { kills, aimed, finished, equal } = await killOften(killedSearch, 20, folder.path, createRandom(7));
    deepEqual([kills, equal], [20, finished]);
    ok(finished >= 2 && aimed >= 5, `${finished} searches ended, ${aimed} kills were aimed`);
  });
});
