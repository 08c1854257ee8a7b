import { deepEqual, equal, match, throws } from "node:assert/strict";
import { resolve } from "node:path";

import { readArguments, runRemediesCommand } from "../../lib/remedies/main";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { captureOutput } from "../helpers/capture";

const needed = ["--dataset", "bus-bra", "--folder", "f"];

describe("readArguments(parameters) of npm run remedies", () => {
  it("reads the split as JSON, and remedies by their names", () => {
    const plain = readArguments([...needed, "--root", "r"])!;
    deepEqual([plain.folder, plain.request.split], [resolve("f"), {}]);
    deepEqual(plain.options, { remedies: null, list: false, workers: 1 });
    const more = readArguments([
      ...[...needed, "--split", '{"leaveOut":"device","seed":3}', "--remedy", "plain", "--remedy", "one scale"],
      ...["--network", "CNN3", "--list"],
    ])!;
    deepEqual([more.request.split.leaveOut, more.request.split.seed], ["device", 3]);
    deepEqual([more.options.remedies, more.options.list], [["plain", "one scale"], true]);
    equal(readArguments(["--help"]), null);
  });

  it("refuses what it does not know as a wrong configuration", () => {
    for (const parameters of [
      [],
      needed.slice(2),
      [...needed, "--remedy", "prayer"],
      [...needed, "--split", "device"],
      [...needed, "--split", '["device"]'],
      [...needed, "--split", '{"leaveOut":"devize"}'],
      [...needed, "--split", '{"leaveout":"device"}'],
      [...needed, "--outlines", "o"],
    ])
      throws(() => readArguments(parameters), WrongConfiguration, parameters.join(" "));
  });
});

describe("npm run remedies", () => {
  it("says how it is used, and ends with 64 where something is missing", async () => {
    const codes: number[] = [];
    const said = await captureOutput(async () => {
      codes.push(await runRemediesCommand(["--help"]));
      codes.push(await runRemediesCommand(["--dataset", "bus-bra"]));
    });
    deepEqual(codes, [0, 64]);
    match(said, /matched gray levels; varied gray levels/);
  });
});
