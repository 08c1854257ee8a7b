import { deepEqual, equal, ok } from "node:assert/strict";

import { measureShortcuts } from "../../../lib/data/audit/shortcuts";
import { inspectRecords } from "../../../lib/data/inspect/inspect";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import type { PhantomSettings } from "../../../lib/data/phantom/phantom";

/** Measures the shortcuts of phantoms, in five folds. */
async function measure(settings: PhantomSettings) {
  const { records } = await makePhantomSet(settings).list("");
  const inspections = await inspectRecords(records, { folder: "", cacheFolder: null });
  return measureShortcuts(
    records,
    inspections,
    new Map(records.map(({ id }, index) => [id, Math.floor(index / 2) % 5])),
  );
}
const aucOf = (shortcuts: Awaited<ReturnType<typeof measure>>, name: string) =>
  shortcuts.find((shortcut) => shortcut.name === name)?.auc?.mean;

describe("measureShortcuts(records, inspections, folds)", () => {
  it("finds the device that gives the class away, and none where there is none", async () => {
    const settings = { count: 120, size: 32, seed: 3 };
    ok(aucOf(await measure({ ...settings, deviceBias: 1 }), "the device")! > 0.95);
    ok(aucOf(await measure(settings), "the device")! < 0.7);
  });

  it("finds that malignant lesions are larger", async () => {
    const area = aucOf(
      await measure({ count: 120, size: 32, seed: 3 }),
      "area of the lesion's box as a share of the image",
    )!;
    ok(area > 0.65 && area < 0.95, String(area));
  });

  it("leaves out what is the same in all images", async () => {
    const names = (await measure({ count: 40, size: 32, seed: 3 })).map(({ name }) => name);
    equal(names.includes("width and height of the image"), false);
  });

  it("gives nothing for images of one class", async () => {
    deepEqual(await measure({ count: 20, size: 32, malignant: 0, seed: 1 }), []);
  });
});
