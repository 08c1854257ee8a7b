import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { writeFolder } from "../files/write-folder";
import type { Graph } from "../graph/graph";
import type { WeightBank } from "../networks/weights/weight-bank";
import { writeOnnx } from "../onnx/write-onnx";
import type { ReleaseCard } from "./card";
import { researchOnly, writeModelCard } from "./model-card";
import type { Finder } from "./finder-files";
import { findingInPython, predictingInPython, preparingInPython } from "./python-files";
import { releaseFiles } from "./release-files";

/** What is released, as ONNX needs it. */
export interface OnnxContents {
  readonly card: ReleaseCard;
  readonly graph: Graph;
  readonly weights: WeightBank;
  /** The network that finds the lesion; null for none. */
  readonly finder: Pick<Finder, "graph" | "weights"> | null;
}

/**
 * Writes a released network for whoever has no TensorFlow.js: `model.onnx`, in which are normalisation, temperature, softmax
 * and the card; `prepare.py`, which prepares an image as this library does; where there is a finder, `finder.onnx` and `find.py`, which
 * finds lesions as this library does; and the cards, with some lines of Python.
 *
 * @param folder The folder; it must not exist yet, or be empty.
 * @throws {Problem} Where it cannot be written. Nothing is then left.
 */
export async function writeOnnxFiles(folder: string, { card, graph, weights, finder }: OnnxContents): Promise<void> {
  const numbersOf = (bank: WeightBank) => (node: string, weight: string) => bank.of(node, weight).dataSync<"float32">();
  const model = writeOnnx(graph, numbersOf(weights), {
    normalisation: card.normalisation,
    temperature: card.temperature,
    documentation: `${researchOnly} ${card.name} ${card.version}: ${card.intendedUse}`,
    metadata: { sononas: JSON.stringify(card) },
  });
  const finding: Readonly<Record<string, string | Uint8Array>> =
    finder === null
      ? {}
      : {
          "finder.onnx": writeOnnx(finder.graph, numbersOf(finder.weights), {
            normalisation: card.finder!.normalisation,
            temperature: 1,
            documentation: `${researchOnly} It finds the lesion for ${card.name} ${card.version}.`,
            metadata: { sononas: JSON.stringify(card.finder) },
          }),
          "find.py": findingInPython,
        };
  const predicting = predictingInPython(card);
  const howTo = [
    "## How to use it from Python",
    `\`pip install onnxruntime numpy pillow${finder === null ? "" : " scipy"}\`, and in this folder (predict.py):`,
    `\`\`\`python\n${predicting}\`\`\``,
    "`image` is [batch, channels, height, width], each number 0 to 1, as prepare.py gives it; normalisation, temperature and softmax are in the model. `probabilities` are those of the classes in their order, `logits` what they are computed from, before the temperature.",
    ...(finder === null
      ? []
      : [
          "`finder.onnx` takes the whole picture in gray, as prepare.py gives it by the card's `finder`, and gives of each pixel the `logits` and `probabilities` of being lesion; find.py makes the outline of them. Where it is wrong, give prepare() the lesion's box or mask.",
        ]),
    "There is no SavedModel and no Keras file: TensorFlow's converter of TensorFlow.js models is not kept up any more, and Keras 3 does not read such models. From this file onnx2torch makes a model of PyTorch; onnx2tf says that it makes one of TensorFlow, which was not tried.\n",
  ].join("\n\n");
  const files: Readonly<Record<string, string | Uint8Array>> = {
    "model.onnx": model,
    "prepare.py": preparingInPython,
    "predict.py": predicting,
    ...finding,
    [releaseFiles.card]: `${JSON.stringify(card, null, 2)}\n`,
    [releaseFiles.modelCard]: `${writeModelCard(card, null)}\n${howTo}`,
  };
  const bytes = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  await writeFolder(folder, bytes + 2 ** 20, (staging) => {
    for (const [name, contents] of Object.entries(files)) writeAtomically(join(staging, name), contents);
    return Promise.resolve();
  });
}
