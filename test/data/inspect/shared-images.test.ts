import { deepEqual, equal, ok } from "node:assert/strict";

import { loadDataSet } from "../../../lib/data/sets/load";
import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { findShared } from "../../../lib/data/inspect/shared-images";
import { createRandom } from "../../../lib/runtime/random";
import { temporaryFolder } from "../../helpers/temporary";
import { writeOtherSet } from "../../external/example";

describe("findShared(own, external)", () => {
  const folder = temporaryFolder();
  const load = (name: string) => loadDataSet(name, { root: folder.path, cacheFolder: null });

  it("finds copies, and copies that are mirrored and darker, whatever the two sets call them", async () => {
    const mine = generatePhantoms({ count: 40, size: 48, malignant: 0.5, random: createRandom(91) });
    const mirror = ({ pixels, size }: (typeof mine)[number]) =>
      pixels.map((_, place) => 0.8 * pixels[Math.floor(place / size) * size + size - 1 - (place % size)]!);
    writeOtherSet(folder.path, "here");
    const more = [mine[3]!, { ...mine[5]!, pixels: mirror(mine[5]!) }];
    writeOtherSet(folder.path, "there", { seed: 17, count: 20, masks: false, more });
    const [here, there] = [await load("here"), await load("there")];
    const found = findShared(here.inspections, there.inspections);
    deepEqual(
      found.map(({ external, identical }) => [external.replace(/.*scan/, "scan"), identical]),
      [20, 21].map((place) => [`scan0${place}`, place === 20]).sort(),
    );
    deepEqual(found.map(({ own }) => own.replace(/.*scan/, "scan")).sort(), ["scan003", "scan005"]);
    ok(found.every(({ correlation }) => correlation > 0.8));
  });

  it("finds nothing among images that only have the same names", async () => {
    writeOtherSet(folder.path, "here");
    writeOtherSet(folder.path, "there", { seed: 17 });
    const [here, there] = [await load("here"), await load("there")];
    deepEqual(findShared(here.inspections, there.inspections), []);
    equal(findShared(here.inspections, here.inspections).length, 40, "a set against itself");
  });
});
