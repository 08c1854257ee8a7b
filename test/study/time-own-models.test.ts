import { equal, rejects } from "node:assert/strict";

import type { Clock } from "../../lib/runtime/environment";
import { Problem } from "../../lib/runtime/problem";
import { tf } from "../../lib/runtime/tensorflow";
import { costsOfUnits } from "../../lib/study/estimate-work";
import { measureStudySpeed } from "../../lib/study/measure-speed";
import { settingsOf } from "../../lib/study/settings-of";
import type { StudySettings } from "../../lib/study/study-settings";
import { timeOwnModels } from "../../lib/study/time-own-models";
import { temporaryFolder } from "../helpers/temporary";
import { savePretrained } from "../train/layers-model/helpers";

describe("timeOwnModels(settings, clock)", () => {
  const folder = temporaryFolder();
  const smoke = settingsOf({ profile: "smoke", dataset: "phantom" });
  const settings = (): StudySettings => ({
    ...smoke,
    ownModels: [{ name: "mine", folder: folder.path, channels: ["gray", "gray", "gray"] }],
  });
  const clockOf = (tick: number): Clock => {
    let now = 0;
    return { now: () => new Date(0), seconds: () => (now += tick) };
  };

  it("is the clock's time by the images of a step, and leaves no tensor behind", async () => {
    await savePretrained(folder.path);
    await timeOwnModels(settings()); // what kernels make once for all
    const { numTensors } = tf.memory();
    const times = await timeOwnModels(settings(), clockOf(64));
    equal(times.get("mine"), 64 / (smoke.training.batchSize ?? 32));
    equal(tf.memory().numTensors, numTensors);
    equal((await timeOwnModels(smoke)).size, 0);
  });

  it("becomes the pace at which units of the model are counted, which have the multiply-adds of a found network", async () => {
    await savePretrained(folder.path);
    const { own } = await measureStudySpeed(settings(), clockOf(1));
    const { found } = costsOfUnits(settings(), { images: 100, folds: 5 });
    equal(own.get("mine"), 3 * found * (smoke.training.batchSize ?? 32));
  });

  it("refuses a model whose files are not there, before anything is trained", async () => {
    await rejects(
      timeOwnModels(settings()),
      (error: Problem) => error instanceof Problem && error.what.includes("model.json"),
    );
  });
});
