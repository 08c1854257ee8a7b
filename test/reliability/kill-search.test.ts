import { deepEqual } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { temporaryFolder } from "../helpers/temporary";
import { killOften } from "./kill-often";
import { killedSearch } from "./kill-search";

describe("a search that is killed three times", function () {
  // Each kill is a process that has to load TensorFlow first.
  this.timeout(180_000);
  const folder = temporaryFolder();

  it("ends with the weights, moments, controller, metrics and best of one that was left alone, to the bit", async () => {
    const { kills, finished, equal } = await killOften(killedSearch, 3, folder.path, createRandom(7));
    deepEqual([kills, equal], [3, finished]);
  });
});
