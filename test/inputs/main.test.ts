import { deepEqual, equal, match, throws } from "node:assert/strict";
import { resolve } from "node:path";

import { readArguments, runInputsCommand } from "../../lib/inputs/main";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { captureOutput } from "../helpers/capture";

const needed = ["--dataset", "bus-bra", "--outlines", "o", "--folder", "f"];

describe("readArguments(parameters) of npm run inputs", () => {
  it("reads folders, networks, inputs, seeds and folds, with defaults", () => {
    const plain = readArguments([...needed, "--root", "r"])!;
    deepEqual(plain.request, {
      ...{ dataset: "bus-bra", outlines: resolve("o"), profile: "overnight", root: resolve("r") },
      models: [{ name: "plain CNN", kind: "hand-crafted", network: { kind: "hand-crafted", name: "plain CNN" } }],
      ...{ seeds: null, folds: null },
    });
    deepEqual(plain.options, { inputs: null, list: false, workers: 1 });
    const more = readArguments([
      ...[...needed, "--network", "CNN3", "--network", "ResNet-18", "--input", "found box", "--profile", "smoke"],
      ...["--seed", "1", "--seed", "2", "--fold", "3", "--workers", "2", "--list"],
    ])!;
    deepEqual(
      more.request.models.map(({ name }) => name),
      ["CNN3", "ResNet-18"],
    );
    deepEqual([more.request.seeds, more.request.folds, more.request.profile], [[1, 2], [3], "smoke"]);
    deepEqual(more.options, { inputs: ["found box"], list: true, workers: 2 });
    equal(readArguments(["--help"]), null);
  });

  it("refuses what it does not know as a wrong configuration", () => {
    for (const parameters of [
      [],
      needed.slice(2),
      [...needed, "--input", "expert box"],
      [...needed, "--profile", "overnite"],
      [...needed, "--network", "ResNet-19"],
      [...needed, "--seed", "x"],
      [...needed, "--found", "nowhere"],
    ])
      throws(() => readArguments(parameters), WrongConfiguration, parameters.join(" "));
  });
});

describe("npm run inputs", () => {
  it("says how it is used, and ends with 64 where something is missing", async () => {
    const codes: number[] = [];
    const said = await captureOutput(async () => {
      codes.push(await runInputsCommand(["--help"]));
      codes.push(await runInputsCommand(["--dataset", "bus-bra"]));
    });
    deepEqual(codes, [0, 64]);
    match(said, /found outline, disturbed;.*\n +mixed box/);
  });
});
