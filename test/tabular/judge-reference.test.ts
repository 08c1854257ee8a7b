import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import { judgeReference } from "../../lib/tabular/judge-reference";
import { appendNested, readNested, type MeasuredNested } from "../../lib/tabular/nested-rows";
import { temporaryFolder } from "../helpers/temporary";

const labels = [0, 0, 0, 0, 1, 1, 1, 1];
/** Logits with so many of the 16 pairs in the wrong order: 0 to 4. */
const logitsWith = (wrong: number) =>
  labels.map((label, place) => (place === 4 ? wrong - 0.5 : label * 9 + (place % 4)));
const tested = (arm: string, search: number | null, fold: number, ...wrong: number[]): MeasuredNested => ({
  row: {
    ...{ arm, search, fold, areas: wrong.map((pairs) => 1 - (4 - pairs) / 16), network: "abc", code: [1] },
    ...{ parameters: arm === "small" ? 40 : 100, multiplyAdds: arm === "plain" ? 100 : 50 },
    ...{ trainings: 1, cpuSeconds: 1, supernetSeconds: 0, protocol: "def" },
  },
  logits: wrong.map(logitsWith),
});

describe("judgeReference(folder, rows, arm, reference, random)", () => {
  const root = temporaryFolder();
  const write = (fold: number, ...measured: MeasuredNested[]) => {
    appendNested(
      root.path,
      measured,
      labels.map((_, place) => `f${fold}i${place}`),
    );
  };
  const judge = (arm: string, reference = "plain") =>
    judgeReference(root.path, readNested(root.path), arm, reference, createRandom(1));
  beforeEach(() => {
    const images = [1, 2, 3].flatMap((fold) =>
      labels.map((label, place) => `f${fold}i${place},f${fold}p${place},${label}`),
    );
    writeFileSync(join(root.path, "images.csv"), ["id,patient,label", ...images, ""].join("\n"));
  });

  it("averages winners and seeds of an outer fold, then the folds, and gives both intervals, as by hand", () => {
    // Areas: of small 12/16, 13/16, 14/16 and 15/16 on the first fold, 16/16 on the second; of plain 13/16 and 13/16, 14/16.
    write(1, tested("small", 1, 1, 0, 1), tested("small", 2, 1, 2, 3), tested("plain", null, 1, 1, 1));
    write(2, tested("small", 1, 2, 4), tested("plain", null, 2, 2));
    const { difference, ofSearches, ofNetworks, folds, parameters, multiplyAdds } = judge("small");
    const [one, two] = [13.5 / 16 - 13 / 16, 1 - 14 / 16];
    ok(Math.abs(difference - (one + two) / 2) < 1e-12, String(difference));
    // Two folds: t of one degree of freedom is 12.706, and the standard deviation is the distance over the root of two.
    ok(Math.abs(ofSearches![1] - difference - (12.7062 * Math.abs(two - one)) / 2) < 1e-5, String(ofSearches![1]));
    deepEqual([folds, parameters, multiplyAdds], [2, 0.4, 0.5]);
    ok(ofNetworks[0] < difference && ofNetworks[1] > difference, String(ofNetworks));
  });

  it("says of networks that they dominate where they are no worse at half of the cost", () => {
    write(1, tested("small", 1, 1, 4), tested("plain", null, 1, 2));
    const { ofNetworks, dominates } = judge("small");
    // With one image alone between them, no choice of patients puts the other network ahead.
    deepEqual([ofNetworks[0] >= 0, dominates], [true, true]);
  });

  it("does not say so where they are worse, or as large", () => {
    write(1, tested("small", 1, 1, 0), tested("large", 1, 1, 4), tested("plain", null, 1, 4));
    equal(judge("small").dominates, false);
    const { dominates, difference, ofNetworks, ofSearches } = judge("large");
    deepEqual([dominates, difference, ofNetworks, ofSearches], [false, 0, [0, 0], null]);
  });

  it("refuses networks without an outer fold in common", () => {
    write(1, tested("small", 1, 1, 0));
    write(2, tested("plain", null, 2, 0));
    throws(() => judge("small"), /"small" and "plain" were not tested on the same outer fold/);
  });
});
