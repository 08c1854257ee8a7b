import type { Layer, Window } from "./layer";

/**
 * Describes a layer in a few words. How many channels it gives is not said: that stands in the shape of its output.
 *
 * @returns "convolution 3×3, stride 2", "batch normalisation", "relu", "dropout 0.3".
 */
export function describeLayer(layer: Layer): string {
  switch (layer.kind) {
    case "convolution":
    case "depthwise convolution":
      return `${layer.kind} ${describeWindow(layer, 1)}`;
    case "max pool":
    case "average pool":
      return `${layer.kind} ${describeWindow(layer, layer.size)}`;
    case "activation":
      return layer.function;
    case "dropout":
      return `${layer.unit === "image" ? "drop-path" : "dropout"} ${Number(layer.rate.toPrecision(3))}`;
    case "upsample":
      return `upsample ×${layer.factor}`;
    case "add":
    case "batch normalisation":
    case "concatenate":
    case "dense":
    case "flatten":
    case "global average pool":
    case "global max pool":
    case "input":
    case "layer normalisation":
    case "multiply":
    case "reshape":
    case "shift":
      return layer.kind;
  }
}

function describeWindow({ size, stride }: Window, usual: number): string {
  return `${size}×${size}${stride === usual ? "" : `, stride ${stride}`}`;
}

/**
 * Describes what is in a part of a network, in the order in which it first comes: "2 × convolution 3×3; add". Layers that
 * only follow others (normalisations, activations, dropouts, changes of shape) are left out where there is anything else.
 *
 * @returns The descriptions.
 */
export function describeContents(layers: readonly Layer[]): string {
  const working = layers.filter((layer) => !isFollower(layer));
  const counts = new Map<string, number>();
  for (const layer of working.length > 0 ? working : layers) {
    const text = describeLayer(layer);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count === 1 ? text : `${count} × ${text}`)).join("; ");
}

/**
 * Says whether a layer only follows others: it has one input, and changes neither places nor channels by a window or a
 * sum.
 *
 * @returns True for normalisations, activations, dropouts and changes of shape.
 */
export function isFollower(layer: Layer): boolean {
  return [
    "batch normalisation",
    "layer normalisation",
    "activation",
    "dropout",
    "flatten",
    "reshape",
    "input",
  ].includes(layer.kind);
}
