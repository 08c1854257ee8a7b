import { createRandom } from "../../lib/runtime/random";
import { encode, hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import type { Benchmark } from "../../lib/tabular/benchmark";
import type { NestedRow } from "../../lib/tabular/nested-rows";
import { exampleBenchmark } from "./example";

const [shape, macro] = [{ kind: "shape" } as const, { kind: "macro", layers: 3 } as const];

/** A row of searches on outer folds: its network is drawn by the seed. */
function nestedRow(arm: string, search: number | null, fold: number, seed: number): NestedRow {
  const space = search === null ? macro : shape;
  const architecture = sampleArchitecture(space, createRandom(seed));
  return {
    ...{ arm, search, fold, network: hashArchitecture(architecture), code: [...encode(space, architecture)] },
    ...{ parameters: 1000, multiplyAdds: 1e6, trainings: 1, cpuSeconds: 1, supernetSeconds: 0, areas: [0.8] },
    ...{ logits: { from: 0, count: 0 }, protocol: "def" },
  };
}

/** A table with an arm "race" that searched `shape` on two outer folds, and a network "plain" of a macro space beside its winners. */
export function nestedBenchmark(): Benchmark {
  const table = exampleBenchmark();
  const nested = {
    ...{ set: "shape", arms: { race: {} }, references: { plain: { set: "macro", place: 0 } } },
    winners: { size: 32, epochs: 1, seeds: [1] },
  };
  const steps = [...table.protocol.steps, { ...table.protocol.steps[0], name: "nested", nested }];
  const sets = {
    shape: { space: shape, settings: { dropout: 0 }, count: 1 },
    macro: { space: macro, settings: { layers: 3, channels: 4 }, count: 1 },
  };
  return {
    ...table,
    protocol: { ...table.protocol, sets, steps } as unknown as Benchmark["protocol"],
    nested: [
      nestedRow("race", 1, 1, 1),
      nestedRow("race", 2, 1, 2),
      nestedRow("plain", null, 1, 3),
      nestedRow("race", 1, 2, 1),
      nestedRow("plain", null, 2, 3),
    ],
  };
}
