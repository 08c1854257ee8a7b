import { installFastLayers } from "./fast-layers";

let asked: "fast" | "stock" | null = null;
let modelMade = false;
let remove: (() => void) | null = null;

/**
 * Chooses what computes TensorFlow.js's layers in this process from now on: fast kernels, or what TensorFlow.js comes with,
 * to compare them. Without a choice it is what TensorFlow.js comes with until this library makes or loads a model, and
 * fast kernels from then on: importing the library alone changes nothing. A model of the user's own that is made by
 * `tf.sequential` or `tf.model` is served by them, too, once they are there: `useLayers("fast")` puts them there.
 *
 * @param kind Which; null for no choice.
 * @returns Goes back to the choice before.
 */
export function useLayers(kind: "fast" | "stock" | null): () => void {
  const before = asked;
  asked = kind;
  apply();
  return () => {
    asked = before;
    apply();
  };
}

/** Puts fast kernels behind TensorFlow.js's layers, unless the user has chosen otherwise: a model is about to be made. */
export function prepareLayers(): void {
  modelMade = true;
  apply();
}

/** Says whether fast kernels compute TensorFlow.js's layers in this process, or what TensorFlow.js comes with. */
export function fastLayers(): boolean {
  return asked === "fast" || (asked === null && modelMade);
}

function apply(): void {
  if (fastLayers()) remove = installFastLayers();
  else remove?.();
}
