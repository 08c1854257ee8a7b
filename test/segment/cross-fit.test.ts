import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { readMask } from "../../lib/data/records/read-pixels";
import { splitSet } from "../../lib/data/sets/split-set";
import type { LoadedSet } from "../../lib/data/sets/load";
import type { Split } from "../../lib/data/split/split";
import { Problem } from "../../lib/runtime/problem";
import { crossFit } from "../../lib/segment/cross-fit";
import { agreementOf } from "../../lib/segment/mask-agreement";
import { loadSegmentation } from "../../lib/segment/train-segmentation";
import { readOutlines, withFoundOutlines } from "../../lib/segment/outlines-folder";
import { lastingFolder } from "../helpers/temporary";
import { phantomSet, quickly } from "./helpers";

describe("crossFit(folder, loaded, split, options)", function () {
  this.timeout(120_000);
  const folder = lastingFolder();
  let loaded: LoadedSet;
  let split: Split;
  before(async () => {
    loaded = await phantomSet();
    split = splitSet(loaded, { folds: 2, validation: 0.3 });
  });
  const options = { segmentation: { ...quickly, epochs: 10 }, watch: null };

  it("lets each image be outlined by a network that has not seen its patient, one fold or all, and does nothing twice", async () => {
    await crossFit(folder.path, loaded, split, { ...options, folds: [2] });
    deepEqual(readdirSync(folder.path), ["fold-2"]);
    const { rows: half } = readOutlines(folder.path, loaded);
    deepEqual(
      half.map(({ id }) => id),
      split.folds[1]!.test,
    );
    await crossFit(folder.path, loaded, split, options);
    const started = performance.now();
    await crossFit(folder.path, loaded, split, options);
    ok(performance.now() - started < 2000);
    const outlines = readOutlines(folder.path, loaded);
    deepEqual(outlines.rows.map(({ id }) => id).sort(), loaded.records.map(({ id }) => id).sort());
    deepEqual(
      outlines.rows.filter(({ fold }) => fold === "fold 2"),
      half,
    );
  });

  it("learns from all images but the test's, or leaves the validation images out to measure them", async () => {
    const [fold] = split.folds;
    const seenIn = async (place: string, learnFrom?: "training part") => {
      const short = { ...options.segmentation, epochs: 1 };
      await crossFit(join(folder.path, place), loaded, split, {
        ...{ ...options, segmentation: short, folds: [1] },
        ...(learnFrom === undefined ? {} : { learnFrom }),
      });
      const { weights, seen, history } = loadSegmentation(join(folder.path, place, "fold-1", "training"));
      weights.dispose();
      return { seen, dice: history.at(-1)!.validationDice };
    };
    const all = await seenIn("all");
    deepEqual([...all.seen].sort(), [...fold!.train, ...fold!.validation].sort());
    equal(all.dice, null);
    const part = await seenIn("part", "training part");
    deepEqual([...part.seen].sort(), [...all.seen].sort());
    ok(part.dice !== null && part.dice >= 0);
  });

  it("keeps masks that say what the rows say, to be prepared in the place of the expert's", async () => {
    const outlines = readOutlines(folder.path, loaded);
    const found = withFoundOutlines(loaded.records, outlines);
    for (const [index, record] of loaded.records.entries()) {
      const row = outlines.rows.find(({ id }) => id === record.id)!;
      const [mask, expert] = [await readMask(found[index]!), await readMask(record)];
      equal(mask !== null, row.found);
      const { dice, hausdorff95 } = agreementOf(mask, expert!);
      deepEqual([dice, hausdorff95], [row.agreement!.dice, row.agreement!.hausdorff95]);
    }
  });

  it("refuses folds that put images of a patient on both sides, whatever they were allowed", async () => {
    const patients = new Map(loaded.records.map(({ id, patient }) => [id, patient]));
    const [fold] = split.folds;
    const twice = fold!.test.find((id) =>
      fold!.test.some((other) => other !== id && patients.get(other) === patients.get(id)),
    )!;
    const leaking = {
      ...fold!,
      train: [...fold!.train, twice],
      test: fold!.test.filter((id) => id !== twice),
    };
    const across = { ...split, folds: [leaking, split.folds[1]!] };
    const place = join(folder.path, "leaking");
    await rejects(
      crossFit(place, loaded, across, options),
      (error: Problem) => error instanceof Problem && error.what.includes("would have seen"),
    );
    equal(existsSync(place), false);
  });

  it("refuses a split of other data, and a fold that is not there", async () => {
    await rejects(crossFit(folder.path, loaded, { ...split, dataHash: "0".repeat(64) }, options), /hash/);
    await rejects(crossFit(folder.path, loaded, split, { ...options, folds: [3] }), /Fold 3/);
  });
});
