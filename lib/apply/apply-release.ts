import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";

import * as v from "valibot";

import type { Box } from "../pictures/picture";
import { startProgress } from "../display/progress";
import { listPictures, type ListedPicture, type PictureList } from "../data/own/list-pictures";
import type { DicomSettings } from "../data/command/look-at-dicom";
import { needsLesion } from "../data/prepare/configuration";
import { checkDescription, type Description } from "../data/own/description";
import { byName } from "../files/by-name";
import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import { fileProblem } from "../files/explain-failure";
import { folderNameOf } from "../files/folder-name";
import { makeFolder, writeAtomically } from "../files/write-atomically";
import type { ReleaseCard } from "../release/card";
import { loadRelease, type LoadedRelease } from "../release/load-release";
import { asConfigurationError, WrongConfiguration } from "../runs/exit-codes";
import { readOutcome } from "../runs/outcome";
import { takeLock } from "../runs/lock";
import { hearSignals, listenForStop } from "../runs/stop";
import { resultsRoot, systemClock } from "../runtime/environment";
import { nullable, passed, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { loadSegmentation, type TrainedSegmentation } from "../segment/train-segmentation";
import { rowOf, type AppliedRow } from "./applied-row";
import { tableFile, writeTable } from "./applied-table";
import { doneFile, openDone } from "./done-images";
import { judgeImage, mapsFolder, outlinesFolder } from "./judge-image";

const applyOptions = v.strictObject({
  /** Where results go; default: null, `apply-` and the name of the images' folder in the folder of results. */
  out: v.optional(nullable(text()), null),
  /** A table with the lesions' boxes: columns image, and x, y, width, height or x1, y1, x2, y2. Default: null, the folder's own. */
  boxes: v.optional(nullable(text()), null),
  /**
   * The folder of a segmentation that finds the lesions of images without box and mask, as `segment.trainSegmentation` leaves it;
   * default: null, the release's own, where it has one.
   */
  finder: v.optional(nullable(text()), null),
  /** What is said of the folder, as `npm run data -- import` takes it; default: nothing. */
  said: v.optional(passed<Partial<Description>>("a description"), {}),
  /** How many frames are taken of a DICOM loop, from 1; default: 1, its middle one. */
  frames: v.optional(wholeNumber({ from: 1 }), 1),
  /** What is kept of DICOM that does not say where the tissue is: "whole" or a box; default: null, such files are refused. */
  area: v.optional(nullable(passed<"whole" | Box>("whole or a box")), null),
});

/** How a release is applied. @interface */
export type ApplyOptions = v.InferInput<typeof applyOptions>;

/** What came of it. */
export interface Applied {
  readonly card: ReleaseCard;
  /** The folder with the results. */
  readonly folder: string;
  /** A row for each image and each other file, in the order of names. */
  readonly rows: readonly AppliedRow[];
  /** What was noticed about no image in particular. */
  readonly remarks: readonly string[];
  /** How many image files were done before, by a run that this one carried on. */
  readonly before: number;
}

/**
 * Applies a released model to a folder of images: writes `predictions.csv` and heat maps beside the plain images, in full
 * resolution. Where nobody has drawn the lesion and the release has a finder, the lesion is found, and its outline is written too. Every file gets a row; one that is damaged stops no other. What was interrupted goes on where it was, and what was
 * changed or added since is done anew. For research only, not for the care of a patient.
 *
 * @param model The folder of the release.
 * @param images The folder with the images; it stays as it is.
 * @throws {WrongConfiguration} Where there is no release or it is damaged, there are no images, or the folder for the results is
 *   in use for others.
 * @throws {Interrupted} Where it was stopped; what is done is kept.
 */
export async function applyRelease(model: string, images: string, options: ApplyOptions = {}): Promise<Applied> {
  const settings = checkOptions("applyRelease", applyOptions, options);
  const said = checkDescription({ columns: {}, values: {}, leaveOut: [], ...settings.said }, "said");
  const source = requireFolder(images);
  const boxes = settings.boxes === null ? null : resolve(settings.boxes);
  const out = resolve(settings.out ?? join(resultsRoot, `apply-${folderNameOf(basename(source))}`));
  requireApart(source, out);
  const release = await asConfiguration(() => loadRelease(model));
  let other: TrainedSegmentation | null = null;
  try {
    other = settings.finder === null ? null : await asConfiguration(() => openFinder(settings.finder!, release));
    const list = await asConfiguration(() => listPictures(source, said, boxes));
    if (list.images.length === 0) {
      const files = list.files.length === 0 ? "is empty" : `holds no images among its ${list.files.length} files`;
      throw new WrongConfiguration(
        `${images} ${files}.`,
        "Name the folder with the images: PNG, JPEG, TIFF, BMP, WebP, GIF or DICOM.",
      );
    }
    const { frames, area } = settings;
    const finder = other === null ? null : readOutcome(resolve(settings.finder!))!.hash;
    const used = other === null ? release : withFinder(release, other);
    return await applyTo(used, source, out, list, { dicom: { frames, area }, finder });
  } finally {
    other?.weights.dispose();
    release.dispose();
  }
}

async function applyTo(
  release: LoadedRelease,
  source: string,
  out: string,
  list: PictureList,
  { dicom, finder }: { readonly dicom: DicomSettings; readonly finder: string | null },
): Promise<Applied> {
  const { card } = release;
  const hash = hashOf(canonicalJson(card));
  try {
    makeFolder(out);
  } catch (error) {
    throw fileProblem(out, "written", error);
  }
  const lock = takeLock(out, { clock: systemClock });
  const stop = listenForStop();
  try {
    const done = openDone(out, { release: hash, images: source }, lock.check);
    try {
      const keyed = list.images.map((image) => ({
        image,
        key: keyOf(image, { bits: list.bits, dicom, ...(finder !== null && { finder }) }),
      }));
      const before = keyed.filter(({ key }) => done.rowsOf(key) !== undefined).length;
      const progress = startProgress({ title: "apply", total: keyed.length, before });
      const rows: AppliedRow[] = [];
      for (const { image, key } of keyed) {
        const known = done.rowsOf(key);
        if (known !== undefined) {
          rows.push(...known);
          continue;
        }
        await hearSignals();
        stop.check();
        lock.check();
        const own = await judgeImage(release, image, out, { bits: list.bits, dicom });
        done.add(key, own);
        rows.push(...own);
        await progress.advance();
      }
      progress.finish();
      const all = [...rows, ...otherRows(list)].sort((a, b) => byName(a.file, b.file));
      lock.check();
      writeAtomically(join(out, tableFile), writeTable(all, card));
      return { card, folder: out, rows: all, remarks: list.remarks, before };
    } finally {
      done.close();
    }
  } finally {
    lock.release();
    stop.end();
  }
}

async function openFinder(folder: string, { card }: LoadedRelease): Promise<TrainedSegmentation> {
  if (!needsLesion(card.preparation))
    throw new Problem(
      `${card.name} looks at the whole picture: it has no use for lesions that ${folder} would find.`,
      "Leave out --finder.",
    );
  return Promise.resolve(loadSegmentation(folder));
}

// What a release says of itself stays: its own finder is not the one that is used.
function withFinder(release: LoadedRelease, finder: TrainedSegmentation): LoadedRelease {
  return {
    ...release,
    finder,
    prepareInput: (image, lesion = {}) => release.prepareInput(image, { finder, ...lesion }),
    predict: (image, lesion = {}) => release.predict(image, { finder, ...lesion }),
  };
}

// All that the result of an image depends on, beside the release.
function keyOf({ id, file, masks, box, device, pixelSize, remarks }: ListedPicture, settings: object): string {
  const identify = (path: string) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? null : [stat.size, stat.mtimeMs];
  };
  const lesion = { box: box ?? null, masks: masks.map((path) => [path, identify(path)]) };
  const scale = pixelSize === undefined ? {} : { pixelSize };
  const given = { ...lesion, ...scale, device: device ?? "", remarks, settings };
  return hashOf(canonicalJson({ id, file: identify(file.path), ...given }));
}

function otherRows({ files }: PictureList): AppliedRow[] {
  return files.flatMap(({ file, fate }) => {
    if (fate.kind === "image") return [];
    const reason = "why" in fate ? fate.why : fate.kind === "mask" ? `of ${fate.of}` : "";
    return [rowOf(file, { fate: fate.kind, reason })];
  });
}

function requireFolder(images: string): string {
  const isFolder = statSync(images, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder) return realpathSync(images);
  throw new WrongConfiguration(`There is no folder ${images}.`, "Name the folder with the images.");
}

// Results among the images would be taken for images the next time, and other files are nobody's to write over.
function requireApart(source: string, out: string): void {
  const real = existsSync(out) ? realpathSync(out) : out;
  if (real === source || real.startsWith(source + sep))
    throw new WrongConfiguration(`The results would go to ${out}, among the images.`, "Name another folder for them.");
  if (!existsSync(out)) return;
  if (!statSync(out).isDirectory())
    throw new WrongConfiguration(`The results would go to ${out}, which is a file.`, "Name a folder for them.");
  const others = readdirSync(out).filter(
    (name) => ![doneFile, tableFile, mapsFolder, outlinesFolder, "owner"].includes(name),
  );
  if (others.length > 0 && !existsSync(join(out, doneFile)))
    throw new WrongConfiguration(`${out} holds other files, such as ${others[0]!}.`, "Name an empty or a new folder.");
}

// What a release or a folder is wrong with stays so, however often it is tried.
async function asConfiguration<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw asConfigurationError(error);
  }
}
