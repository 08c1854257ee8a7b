import { deepEqual, throws } from "node:assert/strict";
import { rmSync } from "node:fs";

import { readCrossValidation } from "../../lib/study/read-cross-validation";
import { filledStudy } from "./helpers";

describe("readCrossValidation(study, part)", () => {
  const made = filledStudy();

  it("reads the models of a part, and names the notebook where it is missing", () => {
    const names = ({ models }: ReturnType<typeof readCrossValidation>) => models.map(({ model }) => model.name);
    deepEqual(names(readCrossValidation(made.study, "found")), ["ENAS", "random 1"]);
    deepEqual(names(readCrossValidation(made.study, "handCrafted")), ["plain CNN", "CNN3"]);
    rmSync(made.study.path("validation", "hand-crafted"), { recursive: true });
    throws(() => readCrossValidation(made.study, "handCrafted"), {
      name: "Problem",
      message: /no cross-validation of its hand-crafted networks\. Run 06_hand_crafted_networks/,
    });
  });
});
