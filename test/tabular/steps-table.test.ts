import { deepEqual } from "node:assert/strict";
import { join } from "node:path";

import { tableOfSteps } from "../../lib/tabular/steps-table";
import { temporaryFolder } from "../helpers/temporary";
import { writeProtocol } from "./helpers";

describe("tableOfSteps(folder)", () => {
  const folder = temporaryFolder();

  it("has a row a step, with what is measured of it", () => {
    const rows = tableOfSteps(writeProtocol(join(folder.path, "benchmark")));
    deepEqual(
      rows.map(({ step, trainings, supernets }) => [step, trainings, supernets]),
      [
        ["first", "0 of 3", "–"],
        ["second", "0 of 3", "–"],
      ],
    );
  });
});
