import { deepEqual, equal, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readCommandLine } from "../../lib/runtime/command-line";
import { readStudyOptions, studyOptions, writeStudyOptions } from "../../lib/study/study-options";
import { temporaryFolder } from "../helpers/temporary";

describe("readStudyOptions(given)", () => {
  const folder = temporaryFolder();
  const changesOf = (...set: string[]) => readStudyOptions({ set })!.changes;
  const write = (text: string) => {
    const file = join(folder.path, "changes.json");
    writeFileSync(file, text);
    return file;
  };

  it("chooses nothing where nothing is said, and has defaults where one thing is", () => {
    equal(readStudyOptions({}), null);
    deepEqual(readStudyOptions({ dataset: "busi" }), { profile: "smoke", dataset: "busi" });
    deepEqual(readStudyOptions({ profile: "paper" }), { profile: "paper", dataset: "phantom" });
  });

  it("reads values as JSON where they are JSON, else as texts", () => {
    deepEqual(changesOf("search.options.epochs=40", "seeds=[1,2]", "folds=null", "learnFromValidation=true"), {
      ...{ search: { options: { epochs: 40 } }, seeds: [1, 2] },
      ...{ folds: null, learnFromValidation: true },
    });
    deepEqual(changesOf("search.options.strategy.kind=evolution", 'allowGroupsAcrossParts=as published, "a = b"'), {
      ...{ search: { options: { strategy: { kind: "evolution" } } } },
      allowGroupsAcrossParts: 'as published, "a = b"',
    });
    deepEqual(changesOf('handCrafted=["CNN3"]', "training.epochs=2", "training.batchSize=8"), {
      ...{ handCrafted: ["CNN3"], training: { epochs: 2, batchSize: 8 } },
    });
  });

  it("takes what is said last, and single settings after the file", () => {
    const changes = write('{"seeds": [1], "training": {"epochs": 9, "batchSize": 8}}');
    deepEqual(readStudyOptions({ changes, set: ["training.epochs=3", "training.epochs=4"] })!.changes, {
      ...{ seeds: [1], training: { epochs: 4, batchSize: 8 } },
    });
  });

  it("are written as a command from which the same is read again", () => {
    const changes = {
      ...{ search: { options: { epochs: 40, strategy: { kind: "evolution", name: "it's mine" } } } },
      ...{ seeds: [1, 2], network: null, allowGroupsAcrossParts: "as published" },
    };
    const text = writeStudyOptions({ profile: "quick", dataset: "my set", changes });
    const { stdout } = spawnSync("sh", ["-c", `printf '%s\\n' ${text}`], { encoding: "utf8" });
    const { values } = readCommandLine("npm run study", studyOptions, stdout.trimEnd().split("\n"));
    deepEqual(readStudyOptions(values), { profile: "quick", dataset: "my set", changes });
    equal(writeStudyOptions({ profile: "smoke", dataset: "phantom" }), "--profile smoke --dataset phantom");
  });

  it("refuses what is no setting, in a sentence", () => {
    for (const text of ["seeds", "=3", "a..b=3", ".a=3", "a b=3", "__proto__.x=1", "training.__proto__=1"])
      throws(() => changesOf(text), /--set has ".*", expected the path of a setting, "=" and its value/, text);
    equal(({} as { x?: number }).x, undefined);
  });

  it("refuses a file that is not there, and one that holds something else", () => {
    throws(() => readStudyOptions({ changes: join(folder.path, "none.json") }), /none\.json/);
    for (const text of ["", "{", "[1]", "3", '{"__proto__": {}}'])
      throws(() => readStudyOptions({ changes: write(text) }), /changes\.json is no JSON object/, text);
    for (const option of ["profile", "dataset", "changes"])
      throws(() => readStudyOptions({ [option]: "" }), new RegExp(`--${option} has no value`));
  });
});
