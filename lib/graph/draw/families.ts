import type { Layer } from "../layer";

/** What an operation is drawn as. */
export type Family =
  "convolution" | "separable convolution" | "max pool" | "average pool" | "dense" | "identity" | "joining" | "other";

/**
 * The colour of each family, as "#rrggbb": of Okabe and Ito's palette as all colours here, without those of the classes,
 * and light grays. Black text can be read on all of them.
 */
export const familyColors: Readonly<Record<Family, string>> = {
  convolution: "#56B4E9",
  "separable convolution": "#009E73",
  "max pool": "#CC79A7",
  "average pool": "#E69F00",
  dense: "#F0E442",
  identity: "#DDDDDD",
  joining: "#FFFFFF",
  other: "#F2F2F2",
};

/** Finds the family of a layer. */
export function familyOfLayer(layer: Layer): Family {
  switch (layer.kind) {
    case "convolution":
    case "max pool":
    case "average pool":
    case "dense":
      return layer.kind;
    case "depthwise convolution":
      return "separable convolution";
    case "global average pool":
      return "average pool";
    case "global max pool":
      return "max pool";
    case "add":
    case "multiply":
    case "concatenate":
      return "joining";
    case "activation":
    case "batch normalisation":
    case "dropout":
    case "flatten":
    case "input":
    case "layer normalisation":
    case "reshape":
    case "shift":
    case "upsample":
      return "other";
  }
}
