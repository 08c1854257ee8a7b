/**
 * How models are drawn: the same model in the same colour everywhere, whichever others stand beside it. What was found stands out, in
 * colour and with the widest line; what people made is grayish and thin; what is no network is light. None has the colour of a class.
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
  /** The width of its line, in pixels, by its kind. */
  readonly width: number;
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

/** How wide the lines of each kind are, in pixels. */
const kindWidths: Readonly<Record<ModelKind, number>> = {
  ...{ found: 2.8, control: 1.6, "hand-crafted": 1.3, own: 1.6, ensemble: 2.2, trivial: 1.3, reader: 1.3 },
};

type Drawn = readonly [color: string, dash: ModelStyle["dash"]];

/** Found networks are green, random ones pink, what is no network gray; hand-crafted ones are grayish, those of a family of one hue. */
const known: Readonly<Record<ModelKind, Readonly<Record<string, Drawn>>>> = {
  found: { ENAS: ["#009E73", "solid"], evolution: ["#44AA99", "solid"], "uniform policy": ["#117733", "solid"] },
  control: { "random 1": ["#CC79A7", "dash"], "random 2": ["#AA4C80", "dot"], "random 3": ["#E3A6C8", "dashdot"] },
  "hand-crafted": {
    "plain CNN": ["#9A8148", "dashdot"],
    CNN3: ["#746340", "dash"],
    AlexNet: ["#333333", "longdash"],
    "VGG-11": ["#7AA0B8", "dash"],
    "VGG-16": ["#557C92", "dot"],
    "VGG-19": ["#94B2C2", "dashdot"],
    GoogLeNet: ["#80596A", "dash"],
    "ResNet-18": ["#504B78", "dot"],
    "ResNet-34": ["#716C9A", "dashdot"],
    "ResNet-50": ["#9490B8", "dash"],
    SqueezeNet: ["#8C688A", "dot"],
    "DenseNet-121": ["#66463E", "dashdot"],
    MobileNetV2: ["#7F7F55", "dot"],
    "EfficientNet-B0": ["#A5787F", "dash"],
    "ConvNeXt-tiny": ["#AE996A", "longdash"],
  },
  own: {},
  ensemble: {},
  trivial: {
    "majority class": ["#BBBBBB", "dot"],
    "box geometry": ["#888888", "dash"],
    "box and gray levels": ["#555555", "dashdot"],
    "outline shape": ["#6E6E6E", "longdash"],
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
    ["#8096AE", "longdash"],
    ["#8E6A70", "dot"],
    ["#8A7B50", "dashdot"],
    ["#4F6178", "dash"],
    ["#8C6F62", "longdash"],
    ["#6E7F70", "dashdot"],
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
  const band = `rgba(${red},${green},${blue},0.18)`;
  return { color, band, width: kindWidths[kind], dash, symbol: kindSymbols[kind] };
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
