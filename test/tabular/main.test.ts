import { equal, match } from "node:assert/strict";

import { runBenchmark } from "../../lib/tabular/main";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { writeProtocol } from "./helpers";

describe("npm run search-benchmark", () => {
  const root = temporaryFolder();

  it("says which steps the protocol has and how much of each is measured", async () => {
    const folder = writeProtocol(root.path);
    const said = await captureOutput(async () => {
      equal(await runBenchmark(["--folder", folder]), 0);
    });
    match(said, /Two tiny sets/);
    match(said, /first +0 of 3 +– +– +– +whether it runs/);
    match(said, /second +0 of 3 +– +– +– +whether it goes on/);
    match(await captureOutput(() => runBenchmark(["--help"])), /--step NAME/);
  });

  it("ends with a sentence where there is no protocol, no such step, or an option that it does not know", async () => {
    const complaints = await captureOutput(async () => {
      equal(await runBenchmark(["--folder", root.path]), 1);
      const folder = writeProtocol(root.path);
      equal(await runBenchmark(["--folder", folder, "--step", "third"]), 1);
      equal(await runBenchmark(["--steps", "third"]), 1);
    }, process.stderr);
    match(complaints, /protocol\.json/);
    match(complaints, /no step "third"/);
    match(complaints, /--steps.*--step/s);
  });
});
