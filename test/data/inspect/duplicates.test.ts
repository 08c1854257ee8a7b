import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";

import { findSimilar, groupSimilar } from "../../../lib/data/inspect/duplicates";
import { inspectRecords } from "../../../lib/data/inspect/inspect";
import type { Inspection } from "../../../lib/data/inspect/inspection";
import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import { labels } from "../../../lib/data/records/record";
import { createRandom } from "../../../lib/runtime/random";
import { writePicture, type Levels } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

/** Five different images, as gray levels. */
const scenes = () =>
  generatePhantoms({ count: 10, size: 64, random: createRandom(9) })
    .filter(({ view }) => view === 1)
    .map(
      ({ pixels }): Levels =>
        (column, row) =>
          Math.round(255 * pixels[Math.min(63, Math.max(0, row)) * 64 + Math.min(63, Math.max(0, column))]!),
    );

/** Writes images and looks at them. */
async function inspect(images: Record<string, Levels>): Promise<Inspection[]> {
  const records = Object.entries(images).map(([id, levels]) => {
    const path = writePicture(join(folder.path, `${id}.png`), levels, { width: 64, height: 64 });
    return { id, image: { kind: "file" as const, path }, masks: [], label: "benign" as const };
  });
  return inspectRecords(records, { folder: folder.path, cacheFolder: null });
}

describe("findSimilar(inspections, options)", () => {
  it("finds identical images, and says so", async () => {
    const [one, two] = scenes();
    const pairs = await inspect({ a: one!, b: two!, c: one! });
    deepEqual(findSimilar(pairs), [{ first: "a", second: "c", correlation: 1, identical: true }]);
  });

  it("finds an image again that is brighter, of less contrast, or shifted by a pixel", async () => {
    const [one, two, three] = scenes();
    const inspections = await inspect({
      original: one!,
      brighter: (column, row) => Math.min(255, one!(column, row) + 20),
      flatter: (column, row) => Math.round(60 + 0.5 * one!(column, row)),
      shifted: (column, row) => one!(column - 1, row),
      other: two!,
      another: three!,
    });
    const pairs = findSimilar(inspections);
    deepEqual([...new Set(pairs.flatMap(({ first, second }) => [first, second]))].sort(), [
      "brighter",
      "flatter",
      "original",
      "shifted",
    ]);
    ok(pairs.every(({ identical, correlation }) => !identical && correlation > 0.95));
  });

  it("does not take different images for one", async () => {
    const inspections = await inspect(Object.fromEntries(scenes().map((scene, index) => [`scene ${index}`, scene])));
    deepEqual(findSimilar(inspections), []);
  });

  it("leaves out what cannot be read, and takes blank images for similar to nothing but themselves", async () => {
    const [one] = scenes();
    const inspections = await inspect({ a: one!, blank: () => 7, "other blank": () => 9, "same blank": () => 9 });
    const unreadable: Inspection = { id: "broken", seen: null, findings: [] };
    deepEqual(
      findSimilar([...inspections, unreadable]).map(({ first, second }) => `${first}, ${second}`),
      ["other blank, same blank"],
    );
  });
});

describe("groupSimilar(pairs, records)", () => {
  const pair = (first: string, second: string) => ({ first, second, correlation: 0.96, identical: false });
  const records = ["a", "b", "c", "d", "e"].map((id) => ({ id, label: id === "e" ? labels[1]! : labels[0]! }));

  it("joins images through others, in the set's order", () => {
    deepEqual(groupSimilar([pair("b", "d"), pair("a", "d")], records), [
      { images: ["a", "b", "d"], labels: ["benign"] },
    ]);
  });

  it("tells the labels of a group that has more than one", () => {
    deepEqual(groupSimilar([pair("c", "e")], records)[0]!.labels, ["benign", "malignant"]);
  });

  it("gives no groups for no pairs", () => {
    equal(groupSimilar([], records).length, 0);
  });
});
