import { deepEqual, equal, match, throws } from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { readArguments, runRelease } from "../../lib/release/main";
import { releaseModel } from "../../lib/release/release-model";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { exampleContents } from "./example";

describe("readArguments(parameters) of npm run release", () => {
  it("reads the release and where ONNX and page go", () => {
    deepEqual(readArguments(["r", "--onnx", "o"]), {
      release: resolve("r"),
      onnx: resolve("o"),
      page: null,
      others: [],
    });
    const both = {
      release: resolve("r"),
      onnx: resolve("o"),
      page: resolve("p.html"),
      others: [resolve("s"), resolve("t")],
    };
    deepEqual(readArguments(["--page", "p.html", "r", "--onnx=o", "--with", "s", "--with", "t"]), both);
    equal(readArguments(["--help"]), null);
  });

  it("refuses what it does not know as a wrong configuration", () => {
    for (const parameters of [
      [],
      ["r"],
      ["--onnx", "o"],
      ["r", "--onnx"],
      ["r", "s", "--onnx", "o"],
      ["r", "--onx", "o"],
      ["r", "--onnx", "o", "--with", "s"],
    ])
      throws(() => readArguments(parameters), WrongConfiguration, parameters.join(" "));
  });
});

describe("npm run release", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  const run = async (...parameters: string[]) => {
    let code = -1;
    const ended = async () => {
      code = await runRelease(parameters);
    };
    const said = await captureOutput(ended, process.stdout, process.stderr);
    return { code, said };
  };
  beforeEach(async () => {
    const contents = exampleContents();
    await releaseModel(at("release"), contents);
    contents.weights.dispose();
  });

  it("writes ONNX and says in one line what and where", async () => {
    const { code, said } = await run(at("release"), "--onnx", at("onnx"));
    equal(code, 0, said);
    match(said, /^Example 1\.0\.0 was written to .*onnx: model\.onnx, predict\.py\.\n$/);
    equal(readdirSync(at("onnx")).length, 5);
  });

  it("writes a page, and an older one anew, but no other file", async () => {
    for (let time = 0; time < 2; time++) {
      const { code, said } = await run(at("release"), "--page", at("page.html"));
      equal(code, 0, said);
      match(said, /^Example 1\.0\.0 was written to .*page\.html: \d+(\.\d+)? [kM]B; open it in a browser\.\n$/);
    }
    writeFileSync(at("mine.html"), "mine");
    const taken = await run(at("release"), "--page", at("mine.html"));
    deepEqual([taken.code, readFileSync(at("mine.html"), "utf8")], [1, "mine"]);
    match(taken.said, /mine\.html is there already, and is no page of this program\./);
    match((await run(at("release"), "--page", at("page"))).said, /is not called as a page is/);
  });

  it("ends with 1 and one sentence where the target is taken, or the release is damaged or not there", async () => {
    mkdirSync(at("onnx"));
    writeFileSync(join(at("onnx"), "mine.txt"), "mine");
    const taken = await run(at("release"), "--onnx", at("onnx"));
    equal(taken.code, 1);
    match(taken.said, /^.*onnx is there already, with "mine\.txt" in it\. [^\n]*\n$/);
    const missing = await run(at("none"), "--onnx", at("other"));
    equal(missing.code, 1);
    match(missing.said, /none/);
    writeFileSync(join(at("release"), "weights.bin"), "cut");
    const damaged = await run(at("release"), "--onnx", at("other"));
    equal(damaged.code, 1);
    match(damaged.said, /weights\.bin is not the file that sononas\.json names/);
    deepEqual(readdirSync(folder.path).sort(), ["onnx", "release"]);
  });
});
