/**
 * A training in a folder, in a process of its own that may be killed at any moment: node … train-once.ts FOLDER. It tells its
 * parent when it begins, and at the end of each epoch, right before that is saved.
 *
 * @module
 */
import { trainInRun } from "../../lib/train/train-in-run";
import { plainCnn, tinyImages } from "../train/helpers";

async function main(): Promise<void> {
  const tell = (what: "begun" | "epoch") => process.send?.(what);
  const trained = await trainInRun(process.argv[2]!, {
    network: plainCnn,
    images: await tinyImages(),
    options: {
      ...{ epochs: 30, batchSize: 4, mixup: 0.2, weightAverage: 0.9, keep: "loss", augment: { shift: 2 } },
      optimiser: { kind: "adamw" },
      schedule: { kind: "one-cycle", rate: 0.003 },
    },
    watch: {
      begin: () => void tell("begun"),
      step: () => Promise.resolve(),
      epoch: () => void tell("epoch"),
      end: () => undefined,
    },
  });
  trained.weights.dispose();
  process.disconnect();
}

void main();
