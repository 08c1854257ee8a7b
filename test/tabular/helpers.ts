import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { protocolFile } from "../../lib/tabular/protocol";
import type { Row } from "../../lib/tabular/row";

/** A protocol of two tiny sets, on the set that `writeTinySet` writes. */
export const tinyProtocol = {
  ...{ version: 1, title: "Two tiny sets", date: "2026-01-01", dataset: "tiny" },
  preparation: { channels: ["gray"], region: { kind: "whole" } },
  folds: { outer: 2, inner: 2, seed: 1, tested: 1 },
  training: { batchSize: 4, schedule: { kind: "constant", rate: 0.01 } },
  bin: { size: 16, multiplyAdds: [0, 1e9] },
  seed: 1,
  sets: {
    one: { space: { kind: "macro", layers: 3 }, settings: { layers: 3, channels: 4 }, count: 3 },
    other: { space: { kind: "micro", nodes: 1 }, settings: { cells: 2, channels: 4 }, count: 2 },
  },
  supernets: { plain: { space: { kind: "shape" }, epochs: 1, sampling: "uniform" } },
  endpoints: ["none"],
  steps: [
    {
      ...{ name: "first", asks: "whether it runs", passes: "always", otherwise: "never" },
      runs: [
        { set: "one", networks: [0, 2], folds: [1], repeat: 1, size: 16, epochs: 1 },
        { set: "other", networks: [1, 2], folds: [2], repeat: 1, size: 16, epochs: 2 },
      ],
    },
    {
      ...{ name: "second", asks: "whether it goes on", passes: "always", otherwise: "never" },
      runs: [{ set: "one", networks: [0, 3], folds: [1], repeat: 1, size: 16, epochs: 1 }],
    },
  ],
};

/** Writes a protocol as a benchmark's folder has it; returns the folder. */
export function writeProtocol(folder: string, protocol: object = tinyProtocol): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, protocolFile), JSON.stringify(protocol));
  return folder;
}

/** A row of a table. */
export function makeRow(other: Partial<Row>): Row {
  return {
    ...{ set: "shape", place: 0, network: "abc", fold: 1, repeat: 1, seed: 11, size: 32, epochs: 15 },
    ...{ cpuSeconds: 3.5, trainingSeconds: 3, area: 0.75, loss: 0.5, accuracy: 0.7 },
    curve: { area: [0.75], loss: [0.5], accuracy: [0.7] },
    ...{ logits: { from: 0, count: 1 }, protocol: "def", version: "1.0.0" },
    ...other,
  };
}
