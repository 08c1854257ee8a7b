import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

import { Interrupted } from "../../../lib/runs/exit-codes";
import { readOutcome } from "../../../lib/runs/outcome";
import { tf } from "../../../lib/runtime/tensorflow";
import type { LayersNetwork } from "../../../lib/train/layers-model/layers-specification";
import { trainLayersInRun, type LayersTask } from "../../../lib/train/layers-model/train-layers";
import type { TrainingImages } from "../../../lib/train/learner";
import type { TrainingWatch } from "../../../lib/train/watch-training";
import { temporaryFolder } from "../../helpers/temporary";
import { quickly, tinyImages } from "../helpers";
import { savePretrained } from "./helpers";

describe("trainLayersInRun(folder, task)", () => {
  const folder = temporaryFolder();
  const place = (name: string) => join(folder.path, name);
  let images: TrainingImages;
  before(async () => {
    images = await tinyImages();
  });
  beforeEach(async () => {
    await savePretrained(place("mine"));
  });
  const network = (other: Partial<LayersNetwork> = {}): LayersNetwork => ({
    ...{
      kind: "layers model",
      folder: place("mine"),
      channels: ["gray", "gray", "gray"],
      frozenEpochs: 1,
      dropout: 0.3,
    },
    ...other,
  });
  const task = (other: Partial<LayersTask> = {}): LayersTask => ({
    ...{ network: network(), images, watch: null },
    options: { ...quickly, weightAverage: 0.5, mixup: 0.2, augment: { flipHorizontal: 0.5 } },
    ...other,
  });

  it("learns, predicts what it was given, and reads what is done to the bit", async () => {
    const options = { ...quickly, epochs: 25, schedule: { kind: "constant", rate: 0.1 } } as const;
    const first = await trainLayersInRun(place("run"), task({ options }));
    equal(first.history.length, 25);
    const [begin, end] = [first.history[0]!, first.history.at(-1)!];
    ok(end.trainingLoss < begin.trainingLoss - 0.05, `${begin.trainingLoss} to ${end.trainingLoss}`);
    const said = first.predict(images.validation);
    equal(said.values.length, 2 * images.validation.length);
    const right = said.ids.filter(
      (_, index) => Number(said.values[2 * index + 1]! > said.values[2 * index]!) === said.labels[index],
    );
    equal(right.length / said.ids.length, end.validationAccuracy);
    const written = statSync(place("run/weights.bin")).mtimeMs;
    const again = await trainLayersInRun(place("run"), task({ options }));
    deepEqual(again.predict(images.validation), said);
    deepEqual([again.history, again.seconds], [first.history, first.seconds]);
    equal(statSync(place("run/weights.bin")).mtimeMs, written);
    first.dispose();
    again.dispose();
  });

  it("goes on where it was stopped, to the same weights, frozen epochs and dropout included", async () => {
    (await trainLayersInRun(place("whole"), task())).dispose();
    let steps = 0;
    const watch: TrainingWatch = {
      begin: () => undefined,
      step: () => {
        steps += 1;
        if (steps === 5) process.kill(process.pid, "SIGTERM");
        return new Promise((resolve) => setTimeout(resolve, 5));
      },
      epoch: () => undefined,
      end: () => undefined,
    };
    await rejects(trainLayersInRun(place("cut"), task({ watch })), Interrupted);
    equal(existsSync(place("cut/weights.bin")), false);
    (await trainLayersInRun(place("cut"), task())).dispose();
    equal(readOutcome(place("cut"))!.hash, readOutcome(place("whole"))!.hash);
  });

  it("refuses a model whose files have changed since, and one that does not fit, and leaves no tensors", async () => {
    (await trainLayersInRun(place("run"), task())).dispose();
    const { numTensors } = tf.memory();
    await savePretrained(place("other"), { seed: 8 });
    await rejects(
      trainLayersInRun(place("run"), task({ network: network({ folder: place("other") }) })),
      /another|other|folder/i,
    );
    await rejects(trainLayersInRun(place("new"), task({ network: network({ channels: null }) })), /takes 3 channels/);
    await rejects(
      trainLayersInRun(place("new"), task({ network: network({ channels: ["mask", "mask", "mask"] }) })),
      /channel mask/,
    );
    const schedule = { kind: "constant", rate: 1e30 } as const;
    const optimiser = { kind: "momentum", bound: 0 } as const;
    await rejects(trainLayersInRun(place("far"), task({ options: { ...quickly, schedule, optimiser } })), /became/);
    equal(tf.memory().numTensors, numTensors);
  });
});
