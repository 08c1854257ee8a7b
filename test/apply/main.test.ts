import { deepEqual, equal, match, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";

import { readArguments, runApply } from "../../lib/apply/main";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { fillFolder, put, releaseExample } from "./helpers";

describe("readArguments(parameters)", () => {
  it("reads folders, the table, and how the images are read", () => {
    const read = readArguments([
      ...["--model", "m", "--images", "i", "--out", "o", "--boxes", "b.csv", "--frames", "3", "--finder", "f"],
      ...["--area", "1,2,3,4", "--masks", "suffix=_roi", "--leave-out", "*.xyz"],
    ])!;
    deepEqual([read.model, read.images], [resolve("m"), resolve("i")]);
    const { said, ...options } = read.options;
    const area = { left: 1, top: 2, width: 3, height: 4 };
    deepEqual(options, { out: resolve("o"), boxes: resolve("b.csv"), finder: resolve("f"), frames: 3, area });
    deepEqual([said!.masks, said!.leaveOut], [{ suffix: "_roi" }, ["*.xyz"]]);
    equal(readArguments(["--help"]), null);
  });

  it("refuses what it does not know as a wrong configuration", () => {
    for (const parameters of [
      [],
      ["--model", "m"],
      ["--images", "i"],
      ["--model", "m", "--images"],
      ["--model", "m", "--images", "i", "--frames", "0"],
      ["--model", "m", "--images", "i", "--area", "all"],
      ["--model", "m", "--images", "i", "--value", "benign=B"],
      ["--model", "m", "--images", "i", "--imges", "i"],
      ["m", "i"],
    ])
      throws(() => readArguments(parameters), WrongConfiguration, parameters.join(" "));
  });
});

describe("npm run apply", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const run = async () => {
    let code = -1;
    const said = await captureOutput(async () => {
      code = await runApply(["--model", at("model"), "--images", at("images"), "--out", at("out")]);
    });
    return { code, said };
  };

  it("ends with 0 and one line on what was done, and with 1 where no image could be predicted", async () => {
    await releaseExample(at("model"), "whole");
    fillFolder(at("images"), ["a.png"]);
    put(join(at("images"), "b.png"), "broken");
    const { code, said } = await run();
    equal(code, 0);
    match(said, /\n1 image predicted by Example 1\.0\.0: .* other files: 1 refused; table and heat maps in .*out\.\n$/);
    rmSync(join(at("images"), "a.png"));
    equal((await run()).code, 1);
  });

  it("ends with 64 and a sentence where there is no release", () => {
    fillFolder(at("images"), ["a.png"]);
    const command = [
      ...["--require", "tsx/cjs", "--require", "./lib/runtime/prepare-tensorflow.ts"],
      "lib/apply/main.ts",
    ];
    const { status, stderr } = spawnSync(
      process.execPath,
      [...command, "--model", at("none"), "--images", at("images"), "--out", at("out")],
      { cwd: resolve(__dirname, "..", ".."), encoding: "utf8" },
    );
    equal(status, 64, stderr);
    match(stderr, /sononas\.json.*\n/);
    equal(stderr.includes("    at "), false);
  });
});
