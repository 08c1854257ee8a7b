import * as v from "valibot";

import { number, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { costsOfLayers, type LayerCost } from "./cost";
import type { Graph } from "./graph";

/** How well a table has to do on networks that it was not fitted to: Kendall's τ, and the median relative error. */
const acceptedLatency = { tau: 0.9, error: 0.1 } as const;

const latencySchema = v.strictObject({
  /** The version of its form. */
  version: v.literal(2),
  /** What it was measured on: processor, threads, kernels. */
  machine: text("what it was measured on"),
  /** Images at once. */
  batch: wholeNumber({ from: 1 }),
  /** Milliseconds for each of what networks have: `convolution 3×3, million multiply-adds`. */
  milliseconds: v.record(v.string(), number({ from: 0 })),
  /** How it did on networks that it was not fitted to. */
  agreement: v.strictObject({
    networks: wholeNumber({ from: 2 }),
    /** Kendall's τ of what it says and what was measured. */
    tau: number(),
    /** The median of the relative errors. */
    error: number({ from: 0 }),
  }),
});

/**
 * How long layers take on a machine: what whole networks take follows, without running them. Plain data; only of this machine, this
 * back end and this number of threads.
 *
 * @interface
 */
export type LatencyTable = Readonly<v.InferOutput<typeof latencySchema>>;

/**
 * Checks that a table of latencies is one, and that it may be believed.
 *
 * @param table The table, of a file for example.
 * @returns The same.
 * @throws {Problem} Where it is none, or did not do well enough on networks that it was not fitted to.
 */
export function checkLatency(table: LatencyTable): LatencyTable {
  const checked = checkOptions("A table of latencies", latencySchema, table);
  const { tau, error, networks } = checked.agreement;
  if (tau >= acceptedLatency.tau && error <= acceptedLatency.error) return checked;
  throw new Problem(
    `The table of latencies of ${checked.machine} orders ${networks} other networks with τ ${tau.toFixed(2)} and is off by ${(100 * error).toFixed(0)} %, expected τ ${acceptedLatency.tau} or more and ${100 * acceptedLatency.error} % or less.`,
    "Measure it again while the machine does nothing else, with more networks, or set a budget in multiply-adds.",
  );
}

/**
 * Says how long a network takes by a table.
 *
 * @returns Milliseconds for a batch of the table.
 * @throws {Problem} Where the network has a layer that the table does not know.
 */
export function latencyOf({ milliseconds, machine }: LatencyTable, graph: Graph): number {
  return Object.entries(latencyColumns(graph)).reduce((sum, [column, amount]) => {
    const each = milliseconds[column];
    if (each !== undefined) return sum + amount * each;
    throw new Problem(
      `${graph.name} has "${column}", which the table of latencies of ${machine} does not know.`,
      "Measure a table with networks of its space.",
    );
  }, 0);
}

/** How many numbers a processor's widest instruction takes: outputs that do not fill the last one take as long as if they did. */
const lanes = 16;

/**
 * Counts what a network's time is made of: for each kind of layer how many there are, the numbers that they give, their weights and their
 * multiply-adds, the last ones also with outputs filled up to sixteens, one image; and 1 for what each pass takes. Normalisations
 * and activations are computed with the layer before them.
 *
 * @returns The amounts, by name.
 */
export function latencyColumns(graph: Graph): Record<string, number> {
  const columns: Record<string, number> = { "a pass": 1 };
  for (const cost of costsOfLayers(graph)) {
    const kind = nameOf(cost);
    if (kind === null) continue;
    const add = (what: string, amount: number) => {
      const name = `${kind}, ${what}`;
      columns[name] = (columns[name] ?? 0) + amount;
    };
    add("layers", 1);
    add("thousand numbers", cost.largestOutput / 1e3);
    if (cost.multiplyAdds === 0) continue;
    add("thousand weights", cost.trainable / 1e3);
    add("million multiply-adds", cost.multiplyAdds / 1e6);
    const outputs = cost.node.shape.at(-1)!;
    add("million multiply-adds in sixteens", (cost.multiplyAdds * lanes * Math.ceil(outputs / lanes)) / outputs / 1e6);
  }
  return columns;
}

function nameOf({ node: { layer } }: LayerCost): string | null {
  switch (layer.kind) {
    case "convolution":
    case "depthwise convolution":
      return `${layer.kind} ${layer.size}×${layer.size}${layer.stride > 1 ? ` stride ${layer.stride}` : ""}`;
    case "batch normalisation":
    case "dropout":
    case "input":
    case "reshape":
    case "flatten":
      return null;
    case "activation":
      return layer.function === "relu" ? null : `activation ${layer.function}`;
    case "add":
    case "average pool":
    case "concatenate":
    case "dense":
    case "global average pool":
    case "global max pool":
    case "layer normalisation":
    case "max pool":
    case "multiply":
    case "shift":
    case "upsample":
      return layer.kind;
  }
}
