import { isNumberCode, labelOfCode, labelOfWord, plainWord, type Meaning } from "./class-words";
import type { Description } from "./description";
import { stemOfName, type OwnPicture } from "./find-masks";

/** What an image's folders say of it. */
export interface PlacedImage extends OwnPicture {
  /** Its name: its class where a folder says it, the folders that tell it from others, and its file's name. */
  readonly id: string;
  /** Its class; null where no folder says it, "several" where two folders say different ones. */
  readonly meaning: Meaning | "several" | null;
  /** The folder that says it. */
  readonly said: string | null;
  /** The folders that say neither a class nor a kind of file nor a part of a split: those of patients, if any. */
  readonly levels: readonly string[];
}

/** Folders that hold images, and folders that hold the parts of a split. */
const imageFolder = /^(images?(tr|ts)?|imgs?|originals?|pictures?|bilder|im[aá]genes)$/i;
const partFolder = /^(train|training|test|testing|val|valid|validation)$/i;

/**
 * Makes what says which class a folder of an image names: as was said, by any of its usual names, or by a code of one letter or
 * digit, where all folders beside it are such codes.
 *
 * @param images All images, whose folders stand beside each other.
 * @param values What words mean, as was said.
 * @returns The meaning of the folder at a depth, from 0, of one of these images; null where it names no class.
 */
export function folderMeanings(
  images: readonly Pick<OwnPicture, "parts">[],
  values: Description["values"],
): (parts: readonly string[], depth: number) => Meaning | null {
  const said = new Map(Object.entries(values).map(([word, meaning]) => [plainWord(word), meaning]));
  const beside = new Map<string, Set<string>>();
  for (const { parts } of images) {
    for (let depth = 0; depth < parts.length - 1; depth++) {
      const above = parts.slice(0, depth).join("/");
      beside.set(above, (beside.get(above) ?? new Set()).add(parts[depth]!));
    }
  }
  return (parts, depth) => {
    const word = parts[depth]!;
    const siblings = [...beside.get(parts.slice(0, depth).join("/"))!];
    return said.get(plainWord(word)) ?? labelOfWord(word) ?? labelOfCode(word, siblings);
  };
}

/**
 * Reads what the folders of images say: their class by any of its usual names, their patient where there are folders for
 * them. Folders that all images share say nothing.
 *
 * @param values What words mean, as was said.
 */
export function placeImages(images: readonly OwnPicture[], values: Description["values"]): PlacedImage[] {
  const meaningAt = folderMeanings(images, values);
  const read = images.map((image) => {
    const folders = image.parts.slice(0, -1);
    const classes = folders.map((_, depth) => meaningAt(image.parts, depth));
    const rest = folders.filter((name, depth) => classes[depth] === null && !imageFolder.test(name));
    const meanings = [...new Set(classes.filter((meaning) => meaning !== null))];
    const [meaning = null] = meanings;
    return {
      image,
      rest,
      meaning: meanings.length > 1 ? ("several" as const) : meaning,
      said: folders.find((_, depth) => classes[depth] !== null) ?? null,
    };
  });
  const shared = sharedLength(read.map(({ rest }) => rest));
  return read.map(({ image, rest, meaning, said: folder }) => {
    const own = rest.slice(shared);
    const label = meaning === null || meaning === "several" ? (folder === null ? [] : [folder]) : [meaning];
    return {
      ...image,
      id: [...label, ...own, stemOfName(image.parts.at(-1)!)].join("/"),
      meaning,
      said: folder,
      levels: own.filter((name) => !partFolder.test(name)),
    };
  });
}

function sharedLength(lists: readonly (readonly string[])[]): number {
  const [first = []] = lists;
  let length = 0;
  while (length < first.length && lists.every((list) => list[length] === first[length])) length++;
  return length;
}

/** Says which folders called 0 and 1 were taken for classes, though no word was said of them. */
export function numberFolders(placed: readonly PlacedImage[], values: Description["values"]): string[] {
  const said = new Set(Object.keys(values).map(plainWord));
  const folders = placed.flatMap(({ said: folder }) => folder ?? []);
  return [...new Set(folders)].filter((name) => isNumberCode(name) && !said.has(plainWord(name))).sort();
}

/** Who the patients are, as far as folders say it. */
export type FolderPatients =
  /** One folder a patient: the level, from 1. */
  | { readonly kind: "level"; readonly level: number }
  /** Folders that could be those of patients, and nothing that says so. */
  | { readonly kind: "unclear"; readonly example: string }
  | { readonly kind: "none" };

/**
 * Finds out whether folders are those of patients. They are taken for it where every image lies in one such folder, there are
 * three of them or more, and not too many images in each; else it is asked.
 */
export function findPatientFolders(placed: readonly PlacedImage[]): FolderPatients {
  const depths = new Set(placed.map(({ levels }) => levels.length));
  if (depths.size === 0 || depths.has(0)) return { kind: "none" };
  const deepest = placed.reduce((best, one) => (one.levels.length > best.levels.length ? one : best));
  const example = deepest.parts.slice(0, -1).join("/");
  const names = new Set(placed.map(({ levels }) => levels[0] ?? ""));
  const clear = depths.size === 1 && depths.has(1) && names.size >= 3 && placed.length / names.size <= 30;
  return clear ? { kind: "level", level: 1 } : { kind: "unclear", example };
}
