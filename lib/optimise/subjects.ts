import { handCraftedNetworks } from "../graph/hand-crafted/registry";
import { Problem } from "../runtime/problem";
import type { ShapeArchitecture, ShapeStage } from "../space/shape/architecture";
import { deepest, widest } from "../space/shape/choices";
import type { FoundNetwork, NetworkSpecification } from "../train/specification";
import type { TrainingOptions } from "../train/training-options";
import { checkDimensions, type Dimensions, type Point } from "./dimension";
import { variationOf } from "./variation";

/** What settings are optimised of: a network whose size can change, and how it learns. */
export interface Subject {
  /** What it is called: "ENAS", "plain CNN". */
  readonly name: string;
  /** What may be set otherwise. */
  readonly dimensions: Dimensions;
  /** Makes a network and its training of a point. */
  readonly make: (point: Point) => Candidate;
}

/** A network, and how it is trained apart from epochs and seed. */
export interface Candidate {
  readonly network: NetworkSpecification;
  readonly training: Omit<TrainingOptions, "epochs" | "seed"> | Partial<TrainingOptions>;
}

/** What every subject has in common. */
export interface SubjectOptions {
  /** What it is called. */
  readonly name: string;
  /** How it is trained where nothing is optimised; rate, decay, smoothing and variation are. */
  readonly training: Partial<TrainingOptions>;
  /** Rows and columns of the images, in pixels. */
  readonly size: number;
}

/** How training may be set otherwise, around what the study's recipes have: .05, .0005, .3, 0 and flips with shifts of 4 of 64 pixels. */
const learning = {
  rate: { kind: "number", from: 0.005, to: 0.2, scale: "logarithmic" },
  decay: { kind: "number", from: 1e-5, to: 1e-2, scale: "logarithmic" },
  dropout: { kind: "number", from: 0, to: 0.6 },
  smoothing: { kind: "number", from: 0, to: 0.2 },
  variation: { kind: "number", from: 0, to: 1 },
} as const;

/** The plain CNN as a member of the space `shape`, so that its widths and depths can change. */
const plainStage = (width: number, depth: number): ShapeStage => ({
  ...{ width, depth, operation: "convolution", kernel: 3, residual: false, excitation: false },
});
const plainShape: ShapeArchitecture = {
  ...{ kind: "shape", stem: "3×3", stages: [plainStage(16, 1), plainStage(32, 2), plainStage(64, 2)] },
  ...{ downsampling: ["max pool", "max pool"], head: "max pool then mean" },
};

/**
 * Makes a subject of a network that was found, or drawn by chance: its operations and wiring stay. Of cells depth and channels can change,
 * of a macro network channels, and whether they double where rows and columns halve; of a network of the space `shape` all widths by one
 * factor, and the blocks of each stage.
 */
export function aroundFound(network: FoundNetwork, options: SubjectOptions): Subject {
  const { architecture, settings } = network;
  if (architecture.kind === "shape") return aroundShape(architecture, settings, options);
  const channels = { kind: "whole", from: 3, to: 16, scale: "logarithmic" } as const;
  const dimensions: OfNetwork =
    architecture.kind === "micro"
      ? { cells: { kind: "whole", from: 2, to: 8 }, channels }
      : { channels, doubling: { kind: "choice", of: [true, false] } };
  return subjectOf(options, dimensions, (point) => ({
    ...network,
    settings: {
      ...settings,
      dropout: point.dropout as number,
      // Both spaces halve channels somewhere: they are even.
      channels: 2 * (point.channels as number),
      ...(architecture.kind === "micro"
        ? { cells: point.cells as number }
        : { doubleChannels: point.doubling as boolean }),
    },
  }));
}

/**
 * Makes a subject of a hand-crafted network. Widths and depths of the plain CNN can change; of others, which are published as they are,
 * dropout and training alone.
 *
 * @throws {Problem} Where there is no network of that name.
 */
export function aroundHandCrafted(hand: string, options: SubjectOptions): Subject {
  if (!handCraftedNetworks.some(({ name }) => name === hand)) {
    throw new Problem(
      `There is no hand-crafted network "${hand}" to optimise.`,
      `There are ${handCraftedNetworks.map(({ name }) => name).join(", ")}.`,
    );
  }
  if (hand === "plain CNN") return aroundShape(plainShape, {}, options);
  return subjectOf(options, {}, ({ dropout }) => ({
    ...{ kind: "hand-crafted", name: hand, options: { dropout: dropout as number } },
  }));
}

function aroundShape(
  architecture: ShapeArchitecture,
  settings: FoundNetwork["settings"],
  options: SubjectOptions,
): Subject {
  const dimensions = {
    width: { kind: "number", from: 0.5, to: 2, scale: "logarithmic" },
    depth: { kind: "whole", from: -1, to: 1 },
  } as const;
  return subjectOf(options, dimensions, ({ width, depth, dropout }) => {
    const change = (stage: ShapeStage): ShapeStage => {
      const blocks = Math.min(deepest, Math.max(1, stage.depth + (depth as number)));
      const { blocks: given, ...rest } = stage;
      return {
        ...rest,
        width: Math.min(widest, Math.max(1, Math.round(stage.width * (width as number)))),
        depth: blocks,
        // Where each block has its own operation, further ones are as the last.
        ...(given === undefined
          ? {}
          : { blocks: Array.from({ length: blocks }, (_, index) => given[index] ?? given.at(-1)!) }),
      };
    };
    const [first, second, third] = architecture.stages;
    return {
      kind: "found",
      architecture: { ...architecture, stages: [change(first), change(second), change(third)] },
      settings: { ...settings, dropout: dropout as number },
    };
  });
}

type OfNetwork = Parameters<typeof checkDimensions>[0];

function subjectOf(
  { name, training, size }: SubjectOptions,
  ofNetwork: OfNetwork,
  networkAt: (point: Point) => NetworkSpecification,
): Subject {
  return {
    name,
    dimensions: checkDimensions({ ...ofNetwork, ...learning }),
    make: (point) => ({
      network: networkAt(point),
      training: {
        ...training,
        schedule: { kind: "one-cycle", rate: point.rate as number },
        optimiser: { kind: "momentum", bound: 5, decay: point.decay as number },
        labelSmoothing: point.smoothing as number,
        augment: variationOf(point.variation as number, size),
      },
    }),
  };
}
