import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readCost, writeCost, type UnitCost } from "../../lib/validate/unit-cost";
import { temporaryFolder } from "../helpers/temporary";

const cost: UnitCost = {
  ...{
    trainingSeconds: 1.5,
    epochs: 3,
    parameters: 72_146,
    multiplyAdds: 2e6,
    peakMegabytes: 500,
    threads: 1,
    device: "CPU",
  },
};

describe("writeCost(folder, cost) and readCost(folder)", () => {
  const folder = temporaryFolder();

  it("are each other's inverse, and give null where there is no file", () => {
    equal(readCost(folder.path), null);
    writeCost(folder.path, cost);
    deepEqual(readCost(folder.path), cost);
    writeCost(folder.path, { ...cost, processorSeconds: 2.5 });
    equal(readCost(folder.path)?.processorSeconds, 2.5, "older files lack it");
  });

  it("refuse what is no cost", () => {
    for (const [text, message] of [
      ["", /cost\.json does not say what a unit has cost: it is no JSON\. Remove it/],
      ["{", /it is no JSON/],
      ["null", /cost\.json is null, expected an object with trainingSeconds, processorSeconds, epochs/],
      ["{}", /cost\.json lacks trainingSeconds, expected a number\. Remove it/],
      [JSON.stringify({ ...cost, epochs: "3" }), /cost\.json has epochs: "3", expected a number\. Remove it/],
    ] as const) {
      writeFileSync(join(folder.path, "cost.json"), text);
      throws(() => readCost(folder.path), message, text);
    }
  });
});
