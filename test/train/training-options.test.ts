import { deepEqual, equal, throws } from "node:assert/strict";

import { Problem } from "../../lib/runtime/problem";
import { checkTraining, trainingDefaults, type TrainingOptions } from "../../lib/train/training-options";

describe("checkTraining(given, validationImages)", () => {
  it("fills in the defaults, those of optimiser and schedule too", () => {
    const checked = checkTraining({}, 0);
    equal(checked.epochs, trainingDefaults.epochs);
    deepEqual(checked.schedule, { kind: "one-cycle", rate: 0.05, rise: 0.3, startDivisor: 25, endDivisor: 1e4 });
    deepEqual(checked.optimiser, { kind: "momentum", momentum: 0.9, nesterov: true, decay: 5e-4, bound: 5 });
  });

  it("gives the same for what it gave: a configuration can be read back", () => {
    const checked = checkTraining({ optimiser: { kind: "adamw" }, augment: { shift: 2 } }, 3);
    deepEqual(checkTraining(JSON.parse(JSON.stringify(checked)) as TrainingOptions, 3), checked);
  });

  it("leaves the share of benign images out where nothing is said of it, as earlier versions did", () => {
    equal("benignShare" in checkTraining({}, 0), false);
    equal(checkTraining({ benignShare: 0.8 }, 0).benignShare, 0.8);
  });

  it("refuses unknown keys and values out of range, naming them", () => {
    const refused: [unknown, RegExp][] = [
      [{ epoch: 3 }, /has no option "epoch".*"epochs"/],
      [{ epochs: 0 }, /epochs: 0, expected a whole number from 1/],
      [{ epochs: 2.5 }, /epochs: 2.5/],
      [{ batchSize: 1 }, /batchSize: 1, expected a whole number from 2/],
      [{ seed: -1 }, /seed: -1/],
      [{ benignShare: 1 }, /benignShare: 1, expected a number between 0 and 1/],
      [{ benignShare: 0.6, balancedBatches: true }, /benignShare: 0\.6 and balancedBatches: true/],
      [{ benignShare: 0.6, classWeights: "balanced" }, /benignShare: 0\.6 and classWeights: "balanced"/],
      [{ predictionBatch: 0 }, /predictionBatch: 0/],
      [{ labelSmoothing: 1 }, /labelSmoothing: 1/],
      [{ weightAverage: 1 }, /weightAverage: 1/],
      [{ mixup: -0.1 }, /mixup: -0.1/],
      [{ mixup: NaN }, /mixup: NaN/],
      [{ auxiliaryWeight: -1 }, /auxiliaryWeight: -1/],
      [{ classWeights: "equal" }, /classWeights: "equal"/],
      [{ keep: "best" }, /keep: "best", expected "last", "loss", "accuracy" or "area under the curve"/],
      [{ earlyStopping: { by: "AUC", patience: 2 } }, /earlyStopping.by: "AUC"/],
      [{ earlyStopping: { by: "loss", patience: 0 } }, /earlyStopping.patience: 0/],
      [{ earlyStopping: { by: "loss", patience: 1, delta: 0 } }, /has no option "earlyStopping.delta"/],
      [{ optimiser: { kind: "sgd" } }, /has optimiser.kind: "sgd"/],
      [{ schedule: { kind: "cosine", rate: 0 } }, /has schedule.rate: 0, expected a number above 0 for kind "cosine"/],
      [{ augment: { shifts: 3 } }, /"augment.shifts".*"augment.shift"/],
    ];
    for (const [given, message] of refused)
      throws(
        () => checkTraining(given as Partial<TrainingOptions>, 5),
        (error: unknown) => error instanceof Problem && message.test(error.message),
        JSON.stringify(given),
      );
  });

  it("refuses to stop early or to keep the best weights without validation images", () => {
    throws(() => checkTraining({ earlyStopping: { by: "loss", patience: 1 } }, 0), /no validation images/);
    throws(() => checkTraining({ keep: "accuracy" }, 0), /no validation images/);
    equal(checkTraining({ keep: "accuracy" }, 1).keep, "accuracy");
  });
});
