/** A layer in a model's description. */
interface LayerDescription {
  class_name: string;
  name?: string;
  config: {
    name?: string;
    activation?: unknown;
    layers?: LayerDescription[];
    output_layers?: unknown[];
    [key: string]: unknown;
  };
}

/** What became of a model's description. */
export interface TakenOff {
  /** The description without a softmax at the end. */
  readonly topology: object;
  /** The function that the last layer applied: "softmax", "linear"; null where it is a layer without one. */
  readonly activation: string | null;
}

/**
 * Takes the softmax off a model's end, so that it gives logits. It may be a layer of its own or the last layer's function,
 * also of a model within the model.
 *
 * @param topology The model's layers, as TensorFlow.js or Keras's converter writes them; it stays as it is.
 */
export function takeOffSoftmax(topology: object): TakenOff {
  const copy = structuredClone(topology) as { model_config?: LayerDescription } & LayerDescription;
  const last = lastLayerOf(copy.model_config ?? copy);
  const activation = last === null ? null : activationOf(last);
  if (last !== null && activation === "softmax") {
    if (last.class_name === "Softmax") {
      last.class_name = "Activation";
      last.config = { name: last.config.name, trainable: true };
    }
    last.config.activation = "linear";
  }
  return { topology: copy, activation };
}

function lastLayerOf(model: LayerDescription): LayerDescription | null {
  // Old sequential models are the list of their layers alone.
  const layers = Array.isArray(model.config) ? (model.config as LayerDescription[]) : model.config.layers;
  if (layers === undefined) return null;
  const output = model.config.output_layers?.flat(1)[0];
  const last =
    output === undefined ? layers.at(-1) : layers.find((layer) => (layer.name ?? layer.config.name) === output);
  if (last === undefined) return null;
  return ["Functional", "Model", "Sequential"].includes(last.class_name) ? lastLayerOf(last) : last;
}

function activationOf({ class_name: kind, config }: LayerDescription): string | null {
  if (kind === "Softmax") return "softmax";
  const { activation } = config;
  if (typeof activation === "string") return activation;
  // Written as an object by some versions of Keras.
  const { class_name: name, config: inner } = (activation ?? {}) as { class_name?: unknown; config?: unknown };
  const given = typeof inner === "string" ? inner : name;
  return typeof given === "string" ? given.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) : null;
}
