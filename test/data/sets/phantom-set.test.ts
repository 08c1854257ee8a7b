import { deepEqual, equal, ok } from "node:assert/strict";

import { makePhantomSet, phantomSet } from "../../../lib/data/sets/phantom-set";
import { readMask, readPicture } from "../../../lib/data/records/read-pixels";
import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { createRandom } from "../../../lib/runtime/random";

const settings = { count: 6, size: 32, difficulty: 0.3, seed: 4 };

describe("the phantoms as a data set", () => {
  it("say of every image that it is synthetic", async () => {
    const { records } = await makePhantomSet(settings).list("");
    ok(records.every(({ synthetic }) => synthetic === true));
    ok(phantomSet.synthetic);
    ok(phantomSet.cautions.some((caution) => caution.startsWith("Synthetic")));
  });

  it("hold the images that the generator makes", async () => {
    const { records } = await makePhantomSet(settings).list("");
    const { count, size, difficulty, seed } = settings;
    const phantoms = generatePhantoms({ count, size, difficulty, random: createRandom(seed) });
    for (const [index, record] of records.entries()) {
      const phantom = phantoms[index]!;
      deepEqual(
        [record.id, record.label, record.patient, record.device],
        [phantom.id, phantom.label, phantom.patient, phantom.device],
      );
      deepEqual((await readPicture(record)).pixels, phantom.pixels);
      deepEqual((await readMask(record))!.pixels, phantom.mask);
    }
    equal(records.length, 6);
  });
});
