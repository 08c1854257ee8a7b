import { createRandom } from "../../lib/runtime/random";
import type { Benchmark } from "../../lib/tabular/benchmark";
import { makeRow, tinyProtocol } from "./helpers";

/** A table of 24 networks of `shape` and `macro`, of which the larger are better; what was not asked for is not measured. */
export function exampleBenchmark(parts: Partial<Benchmark> = {}): Benchmark {
  const random = createRandom(3);
  const networks = ["shape", "macro"].flatMap((set) =>
    Array.from({ length: 24 }, (_, place) => ({
      ...{ set, place, network: `${set} ${place}`, code: [place % 2, 0, 0, 0, 0, 0] },
      ...{ parameters: 1000 * (place + 1), multiplyAdds: 100_000 * (place + 1) },
    })),
  );
  const worth = new Map(
    networks.map(({ network, place }) => [network, 0.85 + 0.002 * place + 0.002 * random.normal()]),
  );
  const rows = networks.flatMap(({ set, place, network }) =>
    [1, 2, 3, 4, 5].flatMap((fold) =>
      (set === "shape" ? [1, 2] : [1]).map((repeat) =>
        makeRow({
          ...{ set, place, network, fold, repeat, cpuSeconds: 20 },
          area: worth.get(network)! + 0.01 * fold + 0.003 * random.normal() - (set === "macro" ? 0.05 : 0),
        }),
      ),
    ),
  );
  return {
    ...{ folder: "none", networks, rows, shared: [], replay: null, nested: [], trainingFree: [] },
    protocol: {
      ...tinyProtocol,
      sets: { shape: tinyProtocol.sets.one, macro: tinyProtocol.sets.one },
    } as unknown as Benchmark["protocol"],
    putAside() {
      throw new Error("Nothing that is shown may read what is put aside.");
    },
    ...parts,
  };
}
