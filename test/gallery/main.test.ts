import { deepEqual, equal, match, throws } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { readArguments, runPage } from "../../lib/gallery/main";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { resultsRoot } from "../../lib/runtime/environment";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";

describe("readArguments(parameters) of npm run page", () => {
  it("reads a study and where its site goes, or a page for boxes", () => {
    const site = { kind: "site", study: "mine", folder: join(resultsRoot, "mine-site") };
    deepEqual(readArguments(["--study", "mine"]), site);
    deepEqual(readArguments(["--study", "some/where/mine", "--out", "o"]), {
      ...{ kind: "site", study: "some/where/mine", folder: resolve("o") },
    });
    deepEqual(readArguments(["--boxes", "b.html"]), { kind: "boxes", file: resolve("b.html") });
    equal(readArguments(["--help"]), null);
  });

  it("refuses what it does not know as a wrong configuration", () => {
    for (const parameters of [
      [],
      ["--study"],
      ["mine"],
      ["--study", "a", "--boxes", "b.html"],
      ["--boxes", "b.html", "--out", "o"],
    ])
      throws(() => readArguments(parameters), WrongConfiguration, parameters.join(" "));
  });
});

describe("npm run page", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("writes a page for boxes, and ends with 1 where there is no such study", async () => {
    const file = join(folder.path, "boxes.html");
    let code = -1;
    const said = await captureOutput(async () => {
      code = await runPage(["--boxes", file]);
    });
    deepEqual([code, existsSync(file)], [0, true]);
    match(said, /boxes\.html: \d+\.\d kB; open it in a browser\.\n$/);
    equal(await runPage(["--study", join(folder.path, "none")]), 1);
  });
});
