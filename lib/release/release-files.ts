import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { hashOf } from "../files/checksum";
import { fileProblem } from "../files/explain-failure";
import { checksumsFile, readChecked } from "../networks/model/model-files";
import { parseJson } from "../runs/json";
import { Problem } from "../runtime/problem";

/** The names of a release's own files; the model's are those of `saveModel`. */
export const releaseFiles = {
  /** All that is known of it: `ReleaseCard`. */
  card: "sononas.json",
  network: "network.json",
  architecture: "architecture.json",
  drawing: "architecture.svg",
  /** The network that finds the lesion, and its weights, where the release has one. */
  finderNetwork: "finder.json",
  finderWeights: "finder.bin",
  /** The card for people. */
  modelCard: "MODEL_CARD.md",
} as const;

/** The files that change what a release computes or claims, beside the model's. */
const summed: readonly string[] = [
  ...[releaseFiles.card, releaseFiles.network, releaseFiles.architecture],
  ...[releaseFiles.finderNetwork, releaseFiles.finderWeights],
];

/** What a reader of a damaged release is told to do. */
const again = "get the release again";

/**
 * Writes the files of a release beside its model, and adds their checksums to the model's.
 *
 * @param folder The folder, with a model that `saveModel` saved.
 * @throws {Problem} Where one cannot be written.
 */
export function writeReleaseFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  const path = join(folder, checksumsFile);
  try {
    const sums = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    for (const [name, contents] of Object.entries(files)) {
      writeFileSync(join(folder, name), contents);
      if (summed.includes(name)) sums[name] = hashOf(contents);
    }
    writeFileSync(path, `${JSON.stringify(sums, null, 2)}\n`);
  } catch (error) {
    throw fileProblem(folder, "written", error);
  }
}

/**
 * Reads a JSON file of a release, and checks that it is as it was written.
 *
 * @throws {Problem} Where it is missing, is not as its checksum says, or no JSON.
 */
export function readReleaseFile(folder: string, name: string): unknown {
  const bytes = readReleaseBytes(folder, name);
  try {
    return parseJson(bytes.toString("utf8"));
  } catch {
    throw new Problem(`${join(folder, name)} is not JSON of a release.`, `It is damaged or cut off: ${again}.`);
  }
}

/**
 * Reads a file of a release, and checks that it is as it was written.
 *
 * @throws {Problem} Where it is missing, or is not as its checksum says.
 */
export function readReleaseBytes(folder: string, name: string): Buffer {
  return readChecked(folder, name, "released", again);
}
