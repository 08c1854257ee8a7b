import type { Benchmark } from "../../lib/tabular/benchmark";
import { exampleBenchmark } from "./example";

/** How strategies are replayed on the example. */
export const exampleReplay = {
  set: "shape",
  sharing: true,
  minutes: [5, 10],
  decides: 10,
  pools: 4,
  replays: 2,
  seed: 1,
};

/**
 * The example with scores by two ways of sharing, of which "worth" says what networks are worth and "chance" nothing, and with images put
 * aside of which better networks see more.
 */
export function wholeBenchmark(parts: Partial<Benchmark> = {}): Benchmark {
  const { protocol, rows, networks, ...others } = exampleBenchmark();
  const folds = [1, 2, 3];
  const step = { ...protocol.steps[0]!, name: "supernets", runs: [] };
  const asked = (variant: string) => ({ variant, seed: 1, folds, size: 32, set: "shape" });
  const labels = Array.from({ length: 100 }, (_, image) => (image % 2) as 0 | 1);
  return {
    ...{ ...others, rows, networks },
    protocol: {
      ...protocol,
      folds: { ...protocol.folds, inner: 5 },
      sets: { ...protocol.sets, shape: { ...protocol.sets.shape!, count: 24 } },
      steps: [{ ...step, supernets: [asked("worth"), asked("chance")] }],
    },
    shared: ["worth", "chance"].flatMap((variant) =>
      folds.flatMap((fold) =>
        networks
          .filter(({ set }) => set === "shape")
          .map(({ set, place }) => ({
            ...{ variant, seed: 1, fold, set, place, loss: 1, cpuSeconds: 0.5, supernetSeconds: 60, protocol: "def" },
            area: variant === "worth" ? worthOf(rows, place, fold) : 0.5 + ((place * 7 + fold) % 24) / 100,
          })),
      ),
    ),
    // The further a network's area lies above .8, the more of the malignant images are above all others.
    putAside: () => ({
      labels,
      logits: rows.map(({ area }) =>
        labels.map((label, image) => (label === 1 && image < 1000 * (area - 0.8) ? 1 : 0)),
      ),
    }),
    ...parts,
  };
}

// From other folds than the score's: what networks are worth, not what is odd about a fold.
function worthOf(rows: Benchmark["rows"], place: number, fold: number): number {
  return (
    rows.find((row) => row.set === "shape" && row.place === place && row.fold === 5 && row.repeat === 2)!.area + fold
  );
}
