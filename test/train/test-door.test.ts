import { deepEqual, ok, throws } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { openRun } from "../../lib/runs/open-run";
import { namesOfTested, predictTestPart, requireTestParts } from "../../lib/train/test-door";
import { temporaryFolder } from "../helpers/temporary";

const fold = { name: "fold 1", train: ["a"], validation: ["b"], test: ["c", "d"] };

describe("predictTestPart(fold, trainingFolder, predict)", () => {
  const folder = temporaryFolder();
  const open = () => openRun(folder.path, { kind: "training", configuration: null, inputs: {} });

  it("predicts the test images once the training is done, and none before", () => {
    const seen: string[][] = [];
    const predict = (ids: readonly string[]) => {
      seen.push([...ids]);
      return { ids, labels: Int32Array.of(0, 1), values: new Float32Array(4) };
    };
    const run = open();
    throws(() => predictTestPart(fold, folder.path, predict), /test part of fold 1 .* is not done/);
    deepEqual(seen, []);
    run.finish(null);
    run.close();
    predictTestPart(fold, folder.path, predict);
    deepEqual(seen, [["c", "d"]]);
  });
});

describe("namesOfTested(fold)", () => {
  it("gives the names in their order", () => {
    deepEqual(namesOfTested(fold), ["c", "d"]);
  });
});

describe("requireTestParts(split)", () => {
  it("refuses a split of which a fold tests nothing", () => {
    requireTestParts({ name: "s", folds: [fold] });
    throws(() => {
      requireTestParts({ name: "s", folds: [fold, { ...fold, name: "fold 2", test: [] }] });
    }, /fold 2 of the split "s" has no test images/);
  });
});

/** Whether a file can hold a fold, and takes something called test out of an object. */
function readsTestPart(text: string): boolean {
  const folds = /from "[^"]*\/(split\/[\w-]+|split-set|plan-folder|images|data)"/.test(text);
  // The method of regular expressions has brackets behind it; a key of a new object has a colon.
  const taken = /\.test\b(?!\()|\["test"\]|\{[^{}:]*\btest\b[^{}:]*\}(?=\s*=[^>]|\s*\)?\s*(=>|:))/.test(text);
  return folds && taken;
}

describe("the test part of a fold", () => {
  it("is read by the door alone, apart from where splits are made and checked", () => {
    const lib = join(projectRoot, "lib");
    const reads = readdirSync(lib, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !/^data[/\\]/.test(name))
      .filter((name) => readsTestPart(readFileSync(join(lib, name), "utf8")));
    deepEqual(reads, [join("train", "test-door.ts")]);
  });

  it("would be found by this test in every form", () => {
    const fold = 'import type { Fold } from "../data/split/split";\n';
    for (const code of [
      "predict(fold.test)",
      "const { train, test } = fold;",
      'fold["test"]',
      "({ name, test }) => test",
      "({ test }: Fold) => 1",
    ])
      ok(readsTestPart(fold + code), code);
    for (const code of ["/a/.test(text)", "const part = { test: 3 };", "const { train } = fold;"])
      ok(!readsTestPart(fold + code), code);
  });
});
