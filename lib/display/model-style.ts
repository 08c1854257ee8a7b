/**
 * How models are drawn: the same model in the same colour everywhere, whichever others stand beside it. None has the colour of a
 * class.
 *
 * @module
 */

/** Where a model comes from: a search, chance in the same space, people, a file that the user brings along, several networks together, or no
 * network at all; or a person who read the images. */
export type ModelKind = "found" | "control" | "hand-crafted" | "own" | "ensemble" | "trivial" | "reader";

/** How a model is drawn beside others. */
export interface ModelStyle {
  /** Its colour, as CSS. */
  readonly color: string;
  /** The same colour, nearly transparent, for a band. */
  readonly band: string;
  /** Its line, as plotly names it: it tells models apart in black and white. */
  readonly dash: "solid" | "dash" | "dot" | "dashdot" | "longdash";
  /** Its marker, as plotly names it: it tells kinds apart in black and white. */
  readonly symbol: string;
}

/** The marker of each kind. */
export const kindSymbols: Readonly<Record<ModelKind, string>> = {
  found: "star",
  control: "diamond",
  "hand-crafted": "circle",
  own: "triangle-up",
  ensemble: "square",
  trivial: "x",
  reader: "cross",
};

type Drawn = readonly [color: string, dash: ModelStyle["dash"]];

/** Found networks are green, random ones pink, what is no network gray; of hand-crafted ones, those of a family have one hue. */
const known: Readonly<Record<ModelKind, Readonly<Record<string, Drawn>>>> = {
  found: { ENAS: ["#009E73", "solid"], evolution: ["#44AA99", "solid"], "uniform policy": ["#117733", "solid"] },
  control: { "random 1": ["#CC79A7", "dash"], "random 2": ["#AA4C80", "dot"], "random 3": ["#E3A6C8", "dashdot"] },
  "hand-crafted": {
    "plain CNN": ["#E69F00", "dashdot"],
    CNN3: ["#B07800", "dash"],
    AlexNet: ["#000000", "longdash"],
    "VGG-11": ["#56B4E9", "dash"],
    "VGG-16": ["#2E8BC0", "dot"],
    "VGG-19": ["#7FC8F0", "dashdot"],
    GoogLeNet: ["#882255", "dash"],
    "ResNet-18": ["#332288", "dot"],
    "ResNet-34": ["#5B4FC0", "dashdot"],
    "ResNet-50": ["#8B83DA", "dash"],
    SqueezeNet: ["#AA4499", "dot"],
    "DenseNet-121": ["#661100", "dashdot"],
    MobileNetV2: ["#999933", "dot"],
    "EfficientNet-B0": ["#CC6677", "dash"],
    "ConvNeXt-tiny": ["#DDAA33", "longdash"],
  },
  own: {},
  ensemble: {},
  trivial: {
    "majority class": ["#BBBBBB", "dot"],
    "box geometry": ["#888888", "dash"],
    "box and gray levels": ["#555555", "dashdot"],
  },
  reader: {},
};

/** For names that nobody knows beforehand: a strategy's own, a model of one's own. */
const others: Readonly<Record<ModelKind, readonly Drawn[]>> = {
  found: [
    ["#1B9E4B", "dash"],
    ["#66C2A5", "dot"],
    ["#004D40", "dashdot"],
    ["#7CB342", "longdash"],
  ],
  control: [
    ["#CC79A7", "longdash"],
    ["#AA4C80", "dashdot"],
    ["#E3A6C8", "dot"],
  ],
  "hand-crafted": [
    ["#6699CC", "longdash"],
    ["#994455", "dot"],
    ["#997700", "dashdot"],
    ["#004488", "dash"],
    ["#A0522D", "longdash"],
  ],
  own: [
    ["#6699CC", "solid"],
    ["#004488", "dashdot"],
    ["#99BBDD", "dot"],
  ],
  ensemble: [
    ["#D55E00", "solid"],
    ["#A63D00", "dash"],
    ["#E58A4A", "dot"],
    ["#7A2E00", "dashdot"],
    ["#F0A070", "longdash"],
  ],
  trivial: [
    ["#777777", "longdash"],
    ["#999999", "dashdot"],
  ],
  reader: [["#7A4B00", "longdash"]],
};

/**
 * Chooses how a model is drawn, by its name and kind alone.
 *
 * @param name The model's name: "ResNet-18".
 * @param kind Where it comes from; default: where models of that name come from, and a model of one's own counts as
 *   hand-crafted.
 * @returns The style. Models whose names are known beforehand all differ; others may share a style.
 */
export function styleOfModel(name: string, kind: ModelKind = kindOfName(name)): ModelStyle {
  const [color, dash] = ownOf(known[kind], name) ?? others[kind][sumOf(name) % others[kind].length]!;
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
  return { color, band: `rgba(${red},${green},${blue},0.18)`, dash, symbol: kindSymbols[kind] };
}

/**
 * Gives the colour of a model, by its name and kind alone.
 *
 * @param kind Where it comes from; default as for {@link styleOfModel}.
 * @returns The colour, as CSS.
 */
export function colorOfModel(name: string, kind?: ModelKind): string {
  return styleOfModel(name, kind).color;
}

function kindOfName(name: string): ModelKind {
  const kinds = Object.keys(known) as ModelKind[];
  return (
    kinds.find((kind) => ownOf(known[kind], name) !== undefined) ??
    (/^random \d+$/.test(name) ? "control" : "hand-crafted")
  );
}

const ownOf = (styles: Readonly<Record<string, Drawn>>, name: string) =>
  Object.hasOwn(styles, name) ? styles[name] : undefined;

// The same on every machine, and different for names that differ by a digit.
const sumOf = (name: string) => Array.from(name).reduce((sum, letter) => (31 * sum + letter.codePointAt(0)!) % 9973, 7);
