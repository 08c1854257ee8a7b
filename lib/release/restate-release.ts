import { existsSync } from "node:fs";
import { join } from "node:path";

import { hashOf } from "../files/checksum";
import { writeAtomically } from "../files/write-atomically";
import { checksumsFile } from "../networks/model/model-files";
import { parseJson } from "../runs/json";
import { readWhole } from "../files/read-whole";
import { checkCard, type ReleaseCard } from "./card";
import { writeModelCard } from "./model-card";
import { readReleaseFile, releaseFiles } from "./release-files";

/**
 * Writes on the cards of a release what is known of it only later: the result on images of another centre. What it computes stays as it is.
 *
 * @param folder The release's folder.
 * @param said The result, as a sentence.
 * @throws {Problem} Where the folder holds no release, it is damaged, or it cannot be written.
 */
export function restateRelease(folder: string, { externalResult }: Pick<ReleaseCard, "externalResult">): void {
  const before = checkCard(readReleaseFile(folder, releaseFiles.card), join(folder, releaseFiles.card));
  if (before.externalResult === externalResult) return;
  const card = { ...before, externalResult };
  const drawing = existsSync(join(folder, releaseFiles.drawing)) ? releaseFiles.drawing : null;
  const text = `${JSON.stringify(card, null, 2)}\n`;
  const path = join(folder, checksumsFile);
  const sums = parseJson(readWhole(path, 2 ** 20).toString("utf8")) as Record<string, string>;
  writeAtomically(join(folder, releaseFiles.modelCard), writeModelCard(card, drawing));
  writeAtomically(join(folder, releaseFiles.card), text);
  writeAtomically(path, `${JSON.stringify({ ...sums, [releaseFiles.card]: hashOf(text) }, null, 2)}\n`);
}
