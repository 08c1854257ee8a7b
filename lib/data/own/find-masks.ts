import { Problem } from "../../runtime/problem";
import { hasTwoLevels } from "../inspect/mask-faults";
import { readSource } from "../records/read-pixels";
import type { Description } from "./description";

/** A picture of a folder: an image or a mask. */
export interface OwnPicture {
  readonly path: string;
  /** The folders from the start to it, and its name last. */
  readonly parts: readonly string[];
}

/** A picture that is a mask, and what its image may be called. */
export interface FoundMask extends OwnPicture {
  /** Names that its image may have, without folders and ending, the likeliest first; in small letters. */
  readonly stems: readonly string[];
  /** The folders from the start to its image, as far as the mask's own folders tell; in small letters. */
  readonly folders: readonly string[];
}

/** The pictures of a folder, told apart. */
export interface MaskSearch {
  readonly images: readonly OwnPicture[];
  readonly masks: readonly FoundMask[];
  /** By what masks were told from images, in words; null where there are none. */
  readonly rule: string | null;
  /** What is to be kept of it, so that it is not looked for again. */
  readonly kept: Description["masks"];
}

/** Names of folders that hold masks. */
const maskFolder =
  /^(masks?|gt|ground[ _-]?truths?|labels?(tr|ts)?|seg|segs|segmentations?|segmentation[ _-]?masks?|rois?|annotations?|masken|m[aá]scaras?|masques?|maschere)$/i;

/** Endings and beginnings of names that say what the file is, beyond doubt. */
const sureEnding = /[ _.-](masks?|seg|segmentation|segmask|gt|ground[ _-]?truth)([ _-]?\d+)?$/i;
const sureBeginning = /^(mask|seg|segmentation|gt)[ _.-]/i;

/** How many of the files that are called alike are looked into. */
const looked = 6;

/** Takes folder and ending off, as far as names of images have one. */
export function stemOfName(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, "");
}

/**
 * Tells masks from images: as was said; else by folders and endings that say so beyond doubt ("masks", "_mask", "_seg"); else
 * by what the pictures show. Of pictures that are named like another one with something behind ("img1_tumor" beside "img1"),
 * some are looked into: they are masks where all have two levels alone, and images where none has.
 *
 * @param said What was said of masks.
 * @throws {Problem} Where some of those that are called alike look like masks and others do not.
 */
export async function findMasks(pictures: readonly OwnPicture[], said: Description["masks"]): Promise<MaskSearch> {
  if (said === "none") return { images: pictures, masks: [], rule: null, kept: said };
  if (said !== undefined) return bySaid(pictures, said);
  const sure = pictures.map((picture) => ({ picture, mask: sureMask(picture) }));
  const rest = sure.filter(({ mask }) => mask === null).map(({ picture }) => picture);
  const masks = sure.flatMap(({ mask }) => mask ?? []);
  const suffix = await maskEnding(rest);
  if (suffix === null) {
    const rule = masks.length === 0 ? null : "by folders and names that say so";
    return { images: rest, masks, rule, kept: undefined };
  }
  const more = bySaid(rest, { suffix });
  const both = masks.length === 0 ? "" : "by folders and names that say so, and ";
  return { ...more, masks: [...masks, ...more.masks], rule: `${both}${more.rule!}: they have two levels alone` };
}

function bySaid(pictures: readonly OwnPicture[], said: Exclude<Description["masks"], undefined | "none">): MaskSearch {
  const rule =
    "suffix" in said
      ? `named like their image with "${said.suffix}"`
      : "prefix" in said
        ? `named like their image with "${said.prefix}" before it`
        : `in folders called "${said.folder}"`;
  const sides = pictures.map((picture) => ({ picture, mask: saidMask(picture, said) }));
  const masks = sides.flatMap(({ mask }) => mask ?? []);
  if (masks.length === 0 && pictures.length > 0) {
    throw new Problem(`Masks were said to be ${rule}, but no picture is.`, 'Say it otherwise, or "none": --masks none');
  }
  return { images: sides.flatMap(({ picture, mask }) => (mask === null ? picture : [])), masks, rule, kept: said };
}

function saidMask(picture: OwnPicture, said: Exclude<Description["masks"], undefined | "none">): FoundMask | null {
  const stem = stemOfName(picture.parts.at(-1)!).toLowerCase();
  const folders = picture.parts.slice(0, -1).map((name) => name.toLowerCase());
  if ("folder" in said) {
    const wanted = said.folder.toLowerCase();
    if (!folders.includes(wanted)) return null;
    return { ...picture, stems: stemsInMaskFolder(stem), folders: folders.filter((name) => name !== wanted) };
  }
  if ("prefix" in said) {
    const wanted = said.prefix.toLowerCase();
    if (!stem.startsWith(wanted) || stem.length === wanted.length) return null;
    return { ...picture, stems: [stem.slice(wanted.length)], folders: withoutMaskFolders(folders) };
  }
  const plain = stem.replace(/[ _-]?\d+$/, "");
  const wanted = said.suffix.toLowerCase();
  const whole = [stem, plain].find((name) => name.endsWith(wanted) && name.length > wanted.length);
  if (whole === undefined) return null;
  return { ...picture, stems: [whole.slice(0, -wanted.length)], folders: withoutMaskFolders(folders) };
}

function sureMask(picture: OwnPicture): FoundMask | null {
  const stem = stemOfName(picture.parts.at(-1)!).toLowerCase();
  const folders = picture.parts.slice(0, -1).map((name) => name.toLowerCase());
  const without = withoutMaskFolders(folders);
  if (without.length < folders.length) return { ...picture, stems: stemsInMaskFolder(stem), folders: without };
  if (sureEnding.test(stem)) return { ...picture, stems: [stem.replace(sureEnding, "")], folders };
  if (sureBeginning.test(stem)) return { ...picture, stems: [stem.replace(sureBeginning, "")], folders };
  return null;
}

const withoutMaskFolders = (folders: readonly string[]) => folders.filter((name) => !maskFolder.test(name));

// A mask in a folder of masks may be called as its image is, or with "_mask" behind it, or anything before a mark.
function stemsInMaskFolder(stem: string): string[] {
  const shorter = [
    stem.replace(sureEnding, ""),
    stem.replace(sureBeginning, ""),
    stem.replace(/[ _-]?(mask|gt)([ _-]?\d+)?$/, ""),
  ];
  return [...new Set([stem, ...shorter, stem.replace(/^(.*)[ _.-][^ _.-]+$/, "$1")])];
}

// The ending by which pictures are masks of those that are called the same without it; null where there is none.
async function maskEnding(pictures: readonly OwnPicture[]): Promise<string | null> {
  const place = ({ parts }: OwnPicture) => parts.slice(0, -1).join("/");
  const stems = new Set(pictures.map((one) => `${place(one)}/${stemOfName(one.parts.at(-1)!).toLowerCase()}`));
  const groups = new Map<string, OwnPicture[]>();
  for (const picture of pictures) {
    const stem = stemOfName(picture.parts.at(-1)!).toLowerCase();
    for (const { index } of stem.matchAll(/[ _.-](?=\p{L})/gu)) {
      if (!stems.has(`${place(picture)}/${stem.slice(0, index)}`)) continue;
      const ending = stem.slice(index).replace(/[ _-]?\d+$/, "");
      groups.set(ending, [...(groups.get(ending) ?? []), picture]);
      break;
    }
  }
  for (const [ending, group] of groups) {
    const step = Math.max(1, Math.floor(group.length / looked));
    const some = group.filter((_, index) => index % step === 0).slice(0, looked);
    const verdicts = await Promise.all(some.map(looksLikeMask));
    const masks = verdicts.filter((verdict) => verdict).length;
    if (masks === 0) continue;
    if (masks === some.length) return ending;
    const example = some[verdicts.indexOf(false)]!.parts.join("/");
    throw new Problem(
      `${group.length} pictures are called like another with "${ending}" behind; some look like masks, and ${example} does not.`,
      `Say what they are: --masks suffix=${ending}, or --masks none.`,
    );
  }
  return null;
}

async function looksLikeMask({ path }: OwnPicture): Promise<boolean> {
  try {
    return hasTwoLevels(await readSource({ kind: "file", path }));
  } catch (error) {
    // It will be told of as a picture that cannot be read.
    if (error instanceof Problem) return false;
    throw error;
  }
}
