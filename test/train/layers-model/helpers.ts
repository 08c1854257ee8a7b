import { saveModel } from "../../../lib/networks/model/saving";
import { tf } from "../../../lib/runtime/tensorflow";

/** What a saved model differs in. */
interface SavedOptions {
  readonly channels?: number;
  readonly size?: number;
  readonly seed?: number;
}

/** Saves a layers model as somebody has pretrained it: convolution, batch normalisation, dropout, and a head of five classes. */
export async function savePretrained(
  folder: string,
  { channels = 3, size = 12, seed = 7 }: SavedOptions = {},
): Promise<void> {
  const kernelInitializer = () => tf.initializers.glorotUniform({ seed });
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...{ name: "first", filters: 4, kernelSize: 3, strides: 2, padding: "same" },
        ...{ kernelInitializer: kernelInitializer(), inputShape: [size, size, channels] },
      }),
      tf.layers.batchNormalization({ name: "norm" }),
      tf.layers.activation({ name: "relu", activation: "relu" }),
      tf.layers.dropout({ name: "dropped", rate: 0.25 }),
      tf.layers.globalAveragePooling2d({ name: "pooled", dataFormat: "channelsLast" }),
      tf.layers.dense({ name: "own_head", units: 5, activation: "softmax", kernelInitializer: kernelInitializer() }),
    ],
  });
  await saveModel(folder, model);
  model.dispose();
}
