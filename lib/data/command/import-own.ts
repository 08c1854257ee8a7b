import { rmSync } from "node:fs";
import { join } from "node:path";

import { copyFile } from "../../files/copy-file";
import { explainFailure } from "../../files/explain-failure";
import { Problem } from "../../runtime/problem";
import { pseudonymKeyFile } from "../../runtime/environment";
import { writeDescription, type Description } from "../own/description";
import { surveyFolder, type Survey } from "../own/survey";
import { developDicom, type DevelopOptions } from "./develop-dicom";

/** What is said of a folder of one's own, and who is told of it before anything is copied. */
export interface OwnOptions {
  /** What is said of the folder; default: nothing. */
  readonly said?: Partial<Description>;
  /** Told what was found in the folder; default: nobody. */
  readonly onSurvey?: (survey: Survey) => void;
  /** How DICOM is brought in; default: the middle frame of each loop, and only pictures that say where the tissue is. */
  readonly dicom?: Partial<DevelopOptions>;
}

/**
 * Makes pictures of the DICOM files of a folder, where there are any.
 *
 * @param developed Where to.
 * @returns The folder to be looked through, and what is said of it.
 */
export async function developOwn(
  folder: string,
  developed: string,
  { said = {}, dicom = {}, ...rest }: OwnOptions,
): Promise<{ readonly folder: string; readonly options: OwnOptions }> {
  const settings = { frames: 1, area: null, keyFile: pseudonymKeyFile(), ...dicom };
  const saidOfIt = await developDicom(folder, developed, said, settings);
  return saidOfIt === null
    ? { folder, options: { said, ...rest } }
    : { folder: developed, options: { said: saidOfIt, ...rest } };
}

/** What stops an import: the files themselves, and not what a table says of them. */
const stopping = ["file of unknown kind", "label that is none", "mask of several images"];

/**
 * Looks through a folder of one's own, and tells of it, before it is brought in.
 *
 * @throws {Problem} Where something must be said first, there are no images, or a file is of no known kind or class.
 */
export async function surveyOwn(folder: string, { said = {}, onSurvey }: OwnOptions): Promise<Survey> {
  const survey = await surveyFolder(folder, said);
  onSurvey?.(survey);
  const stops = survey.findings.filter(
    ({ severity, check, images }) => severity === "error" && stopping.includes(check) && images.length === 0,
  );
  const [first] = stops;
  if (first !== undefined) {
    const more = stops.length > 1 ? ` There are ${stops.length - 1} more such findings.` : "";
    throw new Problem(`${first.message}${more}`, "Nothing was copied.");
  }
  if (survey.records.length === 0)
    throw new Problem(`${folder} holds no images among its ${survey.files.length} files.`, "Nothing was copied.");
  return survey;
}

/**
 * Copies the files of a folder that belong to the set, and its description. What is left out or nothing of a study stays
 * where it is.
 *
 * @throws {Problem} Where the disk is full, or a file cannot be read.
 */
export function copyOwn({ folder, files, description }: Survey, target: string): void {
  for (const { file, fate } of files) {
    if (fate.kind === "ignored" || fate.kind === "left out") continue;
    const [from, to] = [join(folder, file), join(target, file)];
    try {
      copyFile(from, to);
    } catch (error) {
      const { reason, fix } = explainFailure(error);
      throw new Problem(`${from} could not be copied to ${to}: ${reason}.`, fix);
    }
  }
  writeDescription(target, description);
}

/** Takes what does not belong to the set out of a folder that was unpacked or put together, and describes it. */
export function keepOwn({ folder, files, description }: Survey): void {
  for (const { file, fate } of files)
    if (fate.kind === "ignored" || fate.kind === "left out") rmSync(join(folder, file), { force: true });
  writeDescription(folder, description);
}
