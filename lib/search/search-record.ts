import { nameOf } from "../space/describe";
import { macroOperations, microOperations } from "../space/operations";
import type { Architecture, Cell } from "../space/architecture";
import type { Space } from "../space/sample";

/**
 * How often each choice was made, among the architectures of an epoch, by what is chosen: "normal cell, operation", "reduction
 * cell, input", "operation" or "skip from". Plain data.
 */
export type ChoiceCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What is recorded after an epoch of a search. */
export interface SearchEpoch {
  /** Which record. */
  readonly event: "epoch";
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The learning rate of its last step. */
  readonly rate: number;
  /** Mean loss of the shared weights on the training images, in nats, over the architectures that were drawn. */
  readonly trainingLoss: number;
  /** The share of training images whose class was right. */
  readonly trainingAccuracy: number;
  /** The mean norm of the steps' gradients, before it was bounded. */
  readonly gradientNorm: number;
  /** Mean reward of the architectures that were scored; null in epochs in which none was. */
  readonly meanReward: number | null;
  /** The best reward among them. */
  readonly bestReward: number | null;
  /** The moving mean of rewards; null for strategies without one. */
  readonly baseline: number | null;
  /** The entropy of the strategy's decisions, in nats; null for strategies without one. */
  readonly entropy: number | null;
  /** How often each choice was made among the architectures that were scored. */
  readonly choices: ChoiceCounts;
}

/** What is recorded of every architecture that was scored. */
export interface ScoredRecord {
  /** Which record. */
  readonly event: "scored";
  /** The epoch after whose training it was scored, from 1. */
  readonly epoch: number;
  /** The architecture, as `encode` writes it. */
  readonly architecture: readonly number[];
  /** What was measured. */
  readonly measured: number;
  /** What was learned from: the measure less the penalty. */
  readonly reward: number;
  /** On how many images. */
  readonly images: number;
  /** How it was scored: "shared weights, draw 12". */
  readonly how: string;
  /** Trainable parameters of its own network. */
  readonly parameters: number;
  /** Multiply-adds of its own network for one image. */
  readonly multiplyAdds: number;
}

/**
 * Counts the choices of architectures.
 *
 * @param space Their space.
 * @param architectures The architectures.
 * @returns How often each operation, and each input or skip, was chosen; 0 where it never was.
 */
export function countChoices(space: Space, architectures: readonly Architecture[]): ChoiceCounts {
  const counts: Record<string, Record<string, number>> = {};
  if (space.space === "micro") {
    const inputs = Array.from({ length: space.nodes + 1 }, (_, input) => nameOfInput(input));
    for (const cell of ["normal cell", "reduction cell"]) {
      counts[`${cell}, operation`] = zeros(microOperations);
      counts[`${cell}, input`] = zeros(inputs);
    }
  } else {
    counts.operation = zeros(macroOperations);
    counts["skip from"] = zeros(Array.from({ length: space.layers - 1 }, (_, from) => nameOfLayer(from)));
  }
  const add = (group: string, choice: string) => (counts[group]![choice]! += 1);
  const addCell = (name: string, cell: Cell) => {
    for (const edge of cell.flatMap(({ x, y }) => [x, y])) {
      add(`${name}, operation`, edge.operation);
      add(`${name}, input`, nameOfInput(edge.input));
    }
  };
  for (const architecture of architectures) {
    if (architecture.space === "micro") {
      addCell("normal cell", architecture.normal);
      addCell("reduction cell", architecture.reduction);
      continue;
    }
    for (const { operation, skips } of architecture.layers) {
      add("operation", operation);
      skips.forEach((skip, from) => {
        if (skip) add("skip from", nameOfLayer(from));
      });
    }
  }
  return counts;
}

function zeros(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}

function nameOfInput(input: number): string {
  return input === 0 ? "input 0 (older)" : input === 1 ? "input 1 (newer)" : nameOf(input);
}

function nameOfLayer(from: number): string {
  // As drawings number them: the first layer is 0.
  return from === 0 ? "stem" : `layer ${from - 1}`;
}
