/*
 * Writes a release with a finder as ONNX, with pictures and what the library finds in them, for record_finder.py to check:
 *
 *   npx tsx test/onnx/make-finder.ts FOLDER
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadRelease } from "../../lib/release/load-release";
import { releaseModel } from "../../lib/release/release-model";
import { exampleContents } from "../release/example";
import { finderOf, phantomPicture, writeMixedPictures } from "../release/trained";
import { learnedSegmentation } from "../segment/helpers";

const folder = process.argv[2]!;
mkdirSync(folder, { recursive: true });

async function main(): Promise<void> {
  const network = await learnedSegmentation(join(folder, "learned"));
  const rows = [];
  const pictures = await writeMixedPictures(folder, phantomPicture(151), "phantom");
  // As the network learned, and with regard to proportions.
  for (const padding of ["none", "black"] as const) {
    const contents = exampleContents();
    const options = { ...network.options, preparation: { ...network.options.preparation, padding } };
    const place = join(folder, `release-${padding}`);
    await releaseModel(place, { ...contents, finder: finderOf({ ...network, options }) });
    contents.weights.dispose();
    const release = await loadRelease(place);
    await release.toOnnx(join(folder, `onnx-${padding}`));
    for (const picture of pictures) {
      const { probability, outline } = await release.predict(join(folder, picture));
      const { mask, expectedDice, others } = outline!;
      const found = { width: mask!.width, mask: [...mask!.pixels], expectedDice, others };
      rows.push({ name: `${padding}, ${picture}`, folder: `onnx-${padding}`, picture, probability, ...found });
    }
    release.dispose();
  }
  network.weights.dispose();
  writeFileSync(join(folder, "found.json"), JSON.stringify(rows));
}

void main();
