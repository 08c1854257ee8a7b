import { join, relative } from "node:path";

import { byName } from "../../files/by-name";
import { labelOfWord } from "../own/class-words";
import type { Finding } from "../records/finding";
import { labels, type ImageRecord, type Label, type PixelSource } from "../records/record";
import { listFolder, pictureName } from "./find-folder";
import { missingMask, unusedFile } from "./list-findings";

/** Names of folders that hold masks, and of folders that hold images. */
const maskFolder = /^(masks?|gt|ground[ _-]?truths?|labels?|segmentations?)$/i;
const imageFolder = /^(images?|originals?)$/i;

/** What is asked of class folders. */
export interface ClassFolderOptions {
  /** How an image is named: by its file's name, or with its class before it, where names repeat in the classes. */
  readonly ids: "name" | "class and name";
  /** Whether a lesion without a mask is worth a word. */
  readonly expectsMasks: boolean;
}

/**
 * Finds the folders of the classes in a folder.
 *
 * @returns Each class's folder, upper and lower case being the same.
 */
export function classFoldersOf(folders: readonly string[]): Map<Label, string> {
  const found = new Map<Label, string>();
  for (const label of labels) {
    const name = folders.find((folder) => folder.toLowerCase() === label);
    if (name !== undefined) found.set(label, name);
  }
  return found;
}

/**
 * Lists images that lie in a folder for each class. Images lie in the class's folder itself or in a folder `images` in it.
 * Masks lie beside them, named like their image with `_mask`, `_mask_1` and so on, or in a folder `mask` or `masks`: in the
 * class's folder, or beside the class folders with or without classes of its own, named like their image with or without
 * `_mask`.
 */
export function listClassFolders(
  folder: string,
  options: ClassFolderOptions,
): { records: ImageRecord[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const content = listFolder(folder);
  const classes = classFoldersOf(content.folders);
  const records: ImageRecord[] = [];
  const sharedMasks = content.folders.filter((name) => maskFolder.test(name)).map((name) => join(folder, name));
  const usedShared = new Set<string>();

  for (const [label, className] of classes) {
    const own = join(folder, className);
    const { images, masks, others } = listClass(own, folder);
    for (const file of others) findings.push(otherFile(relative(folder, file)));
    const maskFiles = [...masks];
    for (const shared of sharedMasks) {
      const inClass = classFoldersOf(listFolder(shared).folders).get(label);
      const where = inClass === undefined ? shared : join(shared, inClass);
      maskFiles.push(
        ...listFolder(where)
          .files.filter((name) => pictureName.test(name))
          .map((name) => join(where, name)),
      );
    }
    const byStem = new Map<string, string[]>();
    for (const file of maskFiles) {
      const stem = stemOf(file).replace(/[ _-]?(mask|gt)([ _-]?\d+)?$/i, "");
      byStem.set(stem, [...(byStem.get(stem) ?? []), file]);
    }
    const stems = new Map<string, string>();
    for (const image of images) {
      const stem = stemOf(image);
      const id = options.ids === "name" ? stem : `${label}/${stem}`;
      const twin = stems.get(stem);
      if (twin !== undefined) {
        const message = `${relative(folder, image)} and ${relative(folder, twin)} would have one name, "${id}".`;
        findings.push({
          severity: "error",
          check: "two images of one name",
          file: relative(folder, image),
          images: [id],
          message,
        });
        continue;
      }
      stems.set(stem, image);
      const own = (byStem.get(stem) ?? []).sort((a, b) => byName(stemOf(a), stemOf(b)));
      for (const file of own) usedShared.add(file);
      const sources: PixelSource[] = own.map((path) => ({ kind: "file", path }));
      records.push({ id, image: { kind: "file", path: image }, masks: sources, label });
      if (own.length === 0 && options.expectsMasks && label !== "normal")
        findings.push(missingMask(`the mask of ${relative(folder, image)}`, id));
    }
    for (const file of masks) {
      if (!usedShared.has(file))
        findings.push(unusedFile("mask without an image", relative(folder, file), "has no image"));
    }
  }
  for (const shared of sharedMasks) {
    for (const file of picturesBelow(shared)) {
      if (!usedShared.has(file))
        findings.push(unusedFile("mask without an image", relative(folder, file), "has no image"));
    }
  }
  findings.push(...foreignFolders(folder, content.folders, classes));
  return { records, findings };
}

// The pictures of a class's folder: in it, or in its folders for images and masks.
function listClass(own: string, root: string): { images: string[]; masks: string[]; others: string[] } {
  const images: string[] = [];
  const masks: string[] = [];
  const others: string[] = [];
  const take = (folder: string, kind: "image" | "mask" | "either") => {
    for (const name of listFolder(folder).files) {
      const file = join(folder, name);
      if (!pictureName.test(name)) others.push(file);
      else if (kind === "mask" || (kind === "either" && /[ _-]mask([ _-]?\d+)?$/i.test(stemOf(file)))) masks.push(file);
      else images.push(file);
    }
  };
  take(own, "either");
  for (const name of listFolder(own).folders) {
    const below = join(own, name);
    if (maskFolder.test(name)) take(below, "mask");
    else if (imageFolder.test(name)) take(below, "either");
    else others.push(...picturesBelow(below).map((file) => join(root, relative(root, file))));
  }
  return { images, masks, others };
}

function picturesBelow(folder: string): string[] {
  const { files, folders } = listFolder(folder);
  const own = files.filter((name) => pictureName.test(name)).map((name) => join(folder, name));
  return [...own, ...folders.flatMap((name) => picturesBelow(join(folder, name)))];
}

function otherFile(file: string): Finding {
  const reason = pictureName.test(file) ? "lies in a folder that is none for images or masks" : "is no picture";
  return unusedFile("file that is not used", file, reason, "note");
}

// Folders with pictures that are no class: misspelt, or a class that the study does not know.
function foreignFolders(folder: string, folders: readonly string[], classes: Map<Label, string>): Finding[] {
  const known = new Set(classes.values());
  return folders
    .filter((name) => !known.has(name) && !maskFolder.test(name) && !imageFolder.test(name))
    .map((name) => ({ name, count: picturesBelow(join(folder, name)).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => ({
      severity: "error" as const,
      check: "label that is none",
      file: name,
      images: [],
      message: `The folder "${name}" holds ${count} pictures, but is no class: expected ${labels.join(", ")}.${meant(name)}`,
    }));
}

// A word of another language, and never the nearest by its letters: "malign" is nearer to "benign" than to "malignant".
function meant(word: string): string {
  const label = labelOfWord(word);
  return label === null ? "" : ` Did you mean "${label}"?`;
}

/**
 * Takes folder and ending off a path.
 *
 * @returns "benign (1)" of "…/benign (1).png".
 */
export function stemOf(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.[^.]+$/, "");
}
