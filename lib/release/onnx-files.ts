import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { writeFolder } from "../files/write-folder";
import type { Graph } from "../graph/graph";
import type { WeightBank } from "../networks/weights/weight-bank";
import { writeOnnx } from "../onnx/write-onnx";
import type { ReleaseCard } from "./card";
import { researchOnly, writeModelCard } from "./model-card";
import { predictingInPython, preparingInPython } from "./python-files";
import { releaseFiles } from "./release-files";

/** What is released, as ONNX needs it. */
export interface OnnxContents {
  readonly card: ReleaseCard;
  readonly graph: Graph;
  readonly weights: WeightBank;
}

/**
 * Writes a released network for whoever has no TensorFlow.js: `model.onnx`, in which are normalisation, temperature, softmax
 * and the card; `prepare.py`, which prepares an image as this library does; and the cards, with five lines of Python.
 *
 * @param folder The folder; it must not exist yet, or be empty.
 * @throws {Problem} Where it cannot be written. Nothing is then left.
 */
export async function writeOnnxFiles(folder: string, { card, graph, weights }: OnnxContents): Promise<void> {
  const model = writeOnnx(graph, (node, weight) => weights.of(node, weight).dataSync<"float32">(), {
    normalisation: card.normalisation,
    temperature: card.temperature,
    documentation: `${researchOnly} ${card.name} ${card.version}: ${card.intendedUse}`,
    metadata: { sononas: JSON.stringify(card) },
  });
  const predicting = predictingInPython(card);
  const howTo = [
    "## How to use it from Python",
    "`pip install onnxruntime numpy pillow`, and in this folder (predict.py):",
    `\`\`\`python\n${predicting}\`\`\``,
    "`image` is [batch, channels, height, width], each number 0 to 1, as prepare.py gives it; normalisation, temperature and softmax are in the model. `probabilities` are those of the classes in their order, `logits` what they are computed from, before the temperature.",
    "There is no SavedModel and no Keras file: TensorFlow's converter of TensorFlow.js models is not kept up any more, and Keras 3 does not read such models. From this file onnx2torch makes a model of PyTorch; onnx2tf says that it makes one of TensorFlow, which was not tried.\n",
  ].join("\n\n");
  const files = {
    "model.onnx": model,
    "prepare.py": preparingInPython,
    "predict.py": predicting,
    [releaseFiles.card]: `${JSON.stringify(card, null, 2)}\n`,
    [releaseFiles.modelCard]: `${writeModelCard(card, null)}\n${howTo}`,
  };
  await writeFolder(folder, model.length + 2 ** 20, (staging) => {
    for (const [name, contents] of Object.entries(files)) writeAtomically(join(staging, name), contents);
    return Promise.resolve();
  });
}
