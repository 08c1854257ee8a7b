import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { readArguments, runSegment } from "../../lib/segment/main";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { quickly, writeMaskedSet } from "./helpers";

describe("readArguments(parameters)", () => {
  it("reads set, folder, fold, options and root", () => {
    const { dataset, folder, fold, segmentation, root, list } = readArguments([
      ...["--dataset", "bus-bra", "--folder", "a", "--fold", "2", "--options", '{ "epochs": 3 }', "--root", "b"],
    ]);
    deepEqual(
      [dataset, folder, fold, segmentation, root, list],
      ["bus-bra", resolve("a"), 2, { epochs: 3 }, resolve("b"), false],
    );
    equal(readArguments(["--help"]).help, true);
    const named = readArguments(["--dataset", "x", "--folder", "a", "--learn-from", "training part"]);
    deepEqual([named.learnFrom, readArguments(["--help"]).learnFrom], ["training part", "all but test"]);
  });

  it("refuses what it does not know as a wrong configuration", () => {
    for (const parameters of [
      [],
      ["--dataset", "bus-bra"],
      ["--folder", "a"],
      ["--dataset", "x", "--folder", "a", "--fold", "0"],
      ["--dataset", "x", "--folder", "a", "--learn-from", "everything"],
      ["--dataset", "x", "--folder", "a", "--options", "epochs"],
      ["--dataset", "x", "--folder", "a", "--options", '{ "epoch": 3 }'],
    ])
      throws(() => readArguments(parameters), WrongConfiguration, parameters.join(" "));
  });
});

describe("npm run segment", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  it("outlines a set fold by fold, and writes table and evaluation", async () => {
    writeMaskedSet(join(folder.path, "data"));
    const options = { ...quickly, epochs: 1, network: { channels: 2, stages: 2 }, preparation: { size: 16 } };
    const place = join(folder.path, "outlines");
    const common = ["--dataset", "tiny", "--root", join(folder.path, "data"), "--folder", place];
    let code = -1;
    const text = await captureOutput(async () => {
      code = await runSegment([...common, "--options", JSON.stringify(options), "--fold", "1"]);
    });
    equal(code, 0);
    match(text, /Dice/);
    ok(readFileSync(join(place, "outlines.csv"), "utf8").split("\n").length > 4);
    const groups = JSON.parse(readFileSync(join(place, "evaluation.json"), "utf8")) as { group: string }[];
    equal(groups[0]!.group, "all");
    equal(existsSync(join(place, "fold-2")), false);
    equal(await runSegmentQuietly([...common, "--list"]), 0);
    equal(await runSegmentQuietly([...common, "--fold", "9"]), 1);
  });
});

async function runSegmentQuietly(parameters: readonly string[]): Promise<number> {
  let code = -1;
  await captureOutput(async () => {
    code = await runSegment(parameters);
  });
  return code;
}
