import { deepEqual, equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { kFold } from "../../../lib/data/split/k-fold";
import { readSplit, writeSplit } from "../../../lib/data/split/split-file";
import { createRandom } from "../../../lib/runtime/random";
import { temporaryFolder } from "../../helpers/temporary";
import { randomRecords, source } from "./random-records";

const { dataHash } = source;
const split = kFold(randomRecords(createRandom(1), { patients: 40, malignant: 0.4, most: 2 }), source);

describe("writeSplit(path, split) and readSplit(path, options)", () => {
  const folder = temporaryFolder();
  const fileAfter = (change: (contents: Record<string, unknown>) => unknown) => {
    const path = join(folder.path, "split.json");
    writeSplit(path, split);
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>)));
    return path;
  };

  it("give back what was written, and leave nothing beside it", () => {
    const path = join(folder.path, "deep", "split.json");
    writeSplit(path, split);
    writeSplit(path, split);
    deepEqual(readSplit(path, { dataHash }), split);
    deepEqual(readdirSync(join(folder.path, "deep")), ["split.json"]);
  });

  it("write equal splits as equal files, whatever the order of keys", () => {
    const turned = Object.fromEntries(Object.entries(split).reverse()) as unknown as typeof split;
    const [one, other] = ["one.json", "other.json"].map((name) => join(folder.path, name));
    writeSplit(one!, split);
    writeSplit(other!, turned);
    equal(readFileSync(one!, "utf8"), readFileSync(other!, "utf8"));
  });

  it("read a file whose white space was changed", () => {
    deepEqual(
      readSplit(
        fileAfter((contents) => contents),
        { dataHash },
      ),
      split,
    );
  });

  it("read a file of an earlier version, whose hash is of the names that it had, and refuse it where it was changed", () => {
    const { groupsAcrossParts: groupsTorn, folds, ...others } = split;
    const stored = { ...others, groupsTorn, folds };
    const contentHash = createHash("sha256").update(JSON.stringify(stored)).digest("hex");
    const good = fileAfter((contents) => ({ ...contents, contentHash, split: stored }));
    deepEqual(readSplit(good, { dataHash }), split);
    const changed = fileAfter((contents) => ({ ...contents, contentHash, split: { ...stored, name: "other" } }));
    throws(() => readSplit(changed, { dataHash }), { name: "Problem", message: /was changed after it was written/ });
  });

  it("refuse a split of other data, say which, and what to do", () => {
    const other = "f".repeat(64);
    throws(
      () =>
        readSplit(
          fileAfter((contents) => contents),
          { dataHash: other },
        ),
      {
        name: "Problem",
        message: new RegExp(
          `split of other data: of made up with the hash ${dataHash}, and the data has ${other}\\. Load the`,
        ),
      },
    );
  });

  it("refuse a file that was changed after it was written", () => {
    const path = fileAfter((contents) => ({ ...contents, split: { ...(contents.split as object), seed: 2 } }));
    throws(() => readSplit(path, { dataHash }), { name: "Problem", message: /was changed after it was written/ });
  });

  it("refuse a file that ends too early", () => {
    const path = join(folder.path, "split.json");
    writeSplit(path, split);
    writeFileSync(path, readFileSync(path, "utf8").slice(0, 500));
    throws(() => readSplit(path, { dataHash }), { name: "Problem", message: /is damaged/ });
  });

  it("refuse a newer version, and say that it is one, whatever else it holds", () => {
    const path = fileAfter(() => ({ format: "sononas split", version: 2, more: true }));
    throws(
      () => readSplit(path, { dataHash }),
      /written by a newer SonoNAS, in version 2 .* reads up to 1\. Update SonoNAS/,
    );
  });

  it("refuse files that are no splits", () => {
    for (const contents of [
      {},
      [],
      null,
      7,
      { format: "other", version: 1 },
      { format: "sononas split", version: "1" },
    ]) {
      throws(
        () =>
          readSplit(
            fileAfter(() => contents),
            { dataHash },
          ),
        { name: "Problem", message: /is no split/ },
      );
    }
  });

  it("refuse unknown keys", () => {
    throws(
      () =>
        readSplit(
          fileAfter((contents) => ({ ...contents, note: "mine" })),
          { dataHash },
        ),
      /no key "note"/,
    );
    const path = fileAfter((contents) => ({ ...contents, split: { ...(contents.split as object), note: "mine" } }));
    throws(() => readSplit(path, { dataHash }), /no key "note"/);
  });

  it("refuse a file that is not there, and a split that is none", () => {
    throws(
      () => readSplit(join(folder.path, "none.json"), { dataHash }),
      /none\.json cannot be read: there is no such file/,
    );
    const path = join(folder.path, "wrong.json");
    throws(() => {
      writeSplit(path, { ...split, dataHash: "x" });
    }, /dataHash: "x"/);
    deepEqual(readdirSync(folder.path), []);
  });
});
