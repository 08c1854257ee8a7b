import { checkMacroSpace, type MacroSpace } from "./macro/architecture";
import type { MacroSettings } from "./macro/settings";
import { checkMicroSpace, type MicroSpace } from "./micro/architecture";
import type { MicroSettings } from "./micro/settings";
import { checkShapeSpace, type ShapeSpace } from "./shape/architecture";
import type { ShapeSettings } from "./shape/settings";

/** What is known of a preset in words and numbers. */
interface PresetFacts {
  /** Whom it is for, and what it is like. */
  readonly purpose: string;
  /** Where its numbers come from. */
  readonly source: string;
  /** How many architectures its space has, rounded: "2.6e+25". `countArchitectures` counts them. */
  readonly architectures: string;
  /**
   * Trainable parameters of its smallest and its largest network, for gray images and two classes, without the auxiliary
   * head. They do not depend on rows and columns.
   */
  readonly parameters: readonly [least: number, most: number];
}

/** A micro space and the settings of its networks. */
export interface MicroPreset extends PresetFacts {
  readonly space: MicroSpace;
  /** The settings that differ from the defaults. */
  readonly settings: Readonly<Partial<MicroSettings>>;
}

/** A macro space and the settings of its networks. */
export interface MacroPreset extends PresetFacts {
  readonly space: MacroSpace;
  /** The settings that differ from the defaults. */
  readonly settings: Readonly<Partial<MacroSettings>>;
}

/** A shape space and the settings of its networks. */
export interface ShapePreset extends PresetFacts {
  readonly space: ShapeSpace;
  /** The settings that differ from the defaults. */
  readonly settings: Readonly<Partial<ShapeSettings>>;
}

/** A space and the settings of its networks. */
export type SpacePreset = MicroPreset | MacroPreset | ShapePreset;

const published = "Pham et al. 2018";
const micro = (nodes: number) => checkMicroSpace({ kind: "micro", nodes });
const macro = (layers: number) => checkMacroSpace({ kind: "macro", layers });
const micro5 = { space: micro(5), architectures: "2.6e+25" };

/**
 * Spaces with the settings of their networks. Each is plain data: change a setting by
 * `{ ...presets.small.settings, channels: 16 }`. All stems are for images of up to about 96 × 96; with larger ones
 * take `stem: "reducing"`.
 *
 * - `enas-released`: the search in cells as its authors released it.
 * - `enas-released-final`: what they train in the end; 17 layers of the cells that were found.
 * - `enas7` and `enas17`: as deep as the networks of the follow-up studies on breast ultrasound.
 * - `small` and `tiny`: for hundreds of images, and a processor without a graphics card.
 * - `macro-released` and `macro-small`: the search for whole networks, as released and for hundreds of images.
 * - `shape`: widths, depths and kinds of blocks around the plain CNN, which is one of its networks; for hundreds of images.
 */
export const presets: {
  readonly "enas-released": MicroPreset;
  readonly "enas-released-final": MicroPreset;
  readonly enas7: MicroPreset;
  readonly enas17: MicroPreset;
  readonly small: MicroPreset;
  readonly tiny: MicroPreset;
  readonly "macro-released": MacroPreset;
  readonly "macro-small": MacroPreset;
  readonly shape: ShapePreset;
} = {
  "enas-released": {
    ...micro5,
    settings: { cells: 6, channels: 20, dropout: 0.1, auxiliary: true },
    purpose: "To repeat the published search, on tens of thousands of images of 32 × 32.",
    source: `${published}; script micro_search of the authors' code.`,
    parameters: [38_620, 874_620],
  },
  "enas-released-final": {
    ...micro5,
    settings: { cells: 15, channels: 36, dropout: 0.2, dropPath: 0.4, auxiliary: true },
    purpose: "To train a found architecture as published, on tens of thousands of images and a graphics card.",
    source: `${published}; script micro_final of the authors' code, with reduction layers as in the search.`,
    parameters: [205_092, 5_052_132],
  },
  enas7: {
    ...micro5,
    settings: { cells: 5, channels: 20, dropout: 0.2 },
    purpose: "For the study: 5 layers and 2 reductions, on thousands of images or few.",
    source: "The depth is that of the follow-up studies on breast ultrasound; channels and dropout are ours.",
    parameters: [41_820, 998_620],
  },
  enas17: {
    ...micro5,
    settings: { cells: 15, channels: 20, dropout: 0.2, dropPath: 0.2 },
    purpose: "For the study: 15 layers and 2 reductions, on thousands of images and a graphics card.",
    source: "The depth is that of the follow-up studies on breast ultrasound; the other numbers are ours.",
    parameters: [64_660, 1_757_460],
  },
  small: {
    space: micro(4),
    architectures: "3.2e+19",
    settings: { cells: 4, channels: 12, dropout: 0.2 },
    purpose: "For hundreds of images of 64 × 64, on a processor without a graphics card.",
    source: "Ours.",
    parameters: [13_188, 265_476],
  },
  tiny: {
    space: micro(3),
    architectures: "8.1e+13",
    settings: { cells: 2, channels: 8, dropout: 0.2 },
    purpose: "For a try within minutes, on a hundred images or some hundreds, without a graphics card.",
    source: "Ours.",
    parameters: [5_864, 92_072],
  },
  "macro-released": {
    space: macro(12),
    architectures: "1.6e+29",
    settings: { layers: 12, channels: 36, dropout: 0.1 },
    purpose: "To repeat the published search for whole networks, on tens of thousands of images of 32 × 32.",
    source: `${published}; script macro_search of the authors' code, with the operations applied.`,
    parameters: [20_412, 426_492],
  },
  "macro-small": {
    space: macro(6),
    architectures: "1.5e+9",
    settings: { layers: 6, channels: 16, dropout: 0.2 },
    purpose: "For hundreds of images of 64 × 64, on a processor without a graphics card.",
    source: "Ours.",
    parameters: [2_672, 42_992],
  },
  shape: {
    space: checkShapeSpace({ kind: "shape" }),
    architectures: "5.7e+8",
    settings: {},
    purpose:
      "For hundreds of images of 64 × 64 on a processor without a graphics card; the plain CNN is one of its networks.",
    source: "Ours; stages as in Radosavovic et al. 2019.",
    parameters: [1_258, 790_064],
  },
};
