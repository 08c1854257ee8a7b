/**
 * Names the layer of TensorFlow.js that a node becomes. TensorFlow.js takes a slash as the end of a layer's name when it
 * loads weights, and Keras refuses it: dots take its place. Node names hold no dots, so that no two become one.
 *
 * @param nodeName The node's name, "layer2/node3/x/norm".
 * @returns The layer's name, "layer2.node3.x.norm".
 */
export function layerNameOf(nodeName: string): string {
  return nodeName.replaceAll("/", ".");
}
