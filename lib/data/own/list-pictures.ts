import { basename } from "node:path";

import type { Box } from "../../pictures/picture";
import { explainFailure } from "../../files/explain-failure";
import { Problem } from "../../runtime/problem";
import { dicomReason } from "./file-kind";
import type { Field } from "./columns";
import { describeImages } from "./describe-images";
import { mergeDescriptions, readDescription, type Description } from "./description";
import { findMasks } from "./find-masks";
import { matchMasks, namedMasks } from "./match-masks";
import { chooseTable, readOwnTable, type OwnTable } from "./own-table";
import type { PlacedImage } from "./place-images";
import { pathOf, sortFiles, type Fate, type Fates } from "./sort-files";
import { walkFiles, type FoundFile } from "./walk-files";

/** An image of a folder of which no class is known. */
export interface ListedPicture {
  /** Its path in the folder, with "/". */
  readonly id: string;
  readonly file: FoundFile;
  /** Whether it is DICOM, which can hold several images. */
  readonly dicom: boolean;
  /** Its masks; empty where it has none. */
  readonly masks: readonly string[];
  /** The lesion's box, in pixels of the file's own picture, as the table states it. */
  readonly box?: Box;
  /** The device, as the table states it. */
  readonly device?: string;
  /** Millimetres from one pixel to the next, as the table states them. */
  readonly pixelSize?: number;
  /** What was noticed about it, as sentences. */
  readonly remarks: readonly string[];
}

/** The images of a folder, and what becomes of all of its files. */
export interface PictureList {
  readonly images: readonly ListedPicture[];
  /** Every file below the folder, by its path with "/", with its fate. */
  readonly files: readonly { readonly file: string; readonly fate: Fate }[];
  /** What was noticed about no image in particular, as sentences. */
  readonly remarks: readonly string[];
  /** How many of 16 bits hold the gray levels, as was said. */
  readonly bits: number | undefined;
}

/** What of a table is used: whose row it is, where the lesion is, and how long a pixel is. */
const wanted: ReadonlySet<Field> = new Set([
  ...(["image", "mask", "device", "pixelSize"] as const),
  ...(["x", "y", "width", "height", "x1", "y1", "x2", "y2"] as const),
]);

/**
 * Lists the images of a folder that nobody has labelled, by the rules by which a set of one's own is read: what every file
 * is, which picture is the mask of which, and where lesions are. DICOM is an image like others.
 *
 * @param said What is said of the folder, beside what its own description says.
 * @param boxes A table with boxes; null takes that of the folder, if there is one.
 * @throws {Problem} Where something must be said first: which table, which masks; or the table cannot be read.
 */
export async function listPictures(
  folder: string,
  said: Partial<Description>,
  boxes: string | null,
): Promise<PictureList> {
  const description = mergeDescriptions(readDescription(folder), said);
  const { pictures, dicom, tables, fates } = sortAll(walkFiles(folder), description.leaveOut);
  const table = readTable(tables, boxes, description, fates);
  const named = namedMasks(pictures, table);
  const search = await findMasks(
    pictures.filter((picture) => !named.has(picture)),
    description.masks,
  );
  const placed = [...search.images, ...dicom].map((file): PlacedImage => ({
    ...file,
    id: pathOf(file),
    meaning: null,
    said: null,
    levels: [],
  }));
  const { images, findings } = describeImages(placed, table, { values: {}, patientOf: () => undefined });
  const found = [...findings];
  const masks = matchMasks(images, search.masks, named, fates, found);
  const remarksOf = new Map<string, string[]>();
  for (const { check, file, images: ids, message } of found) {
    // Whether a mask is wanted, the model says.
    if (check === "missing mask" && ids.some((id) => id === file)) continue;
    const remark = check === "image without a row" ? `${table!.name} has no row of it.` : message;
    for (const id of ids) remarksOf.set(id, [...(remarksOf.get(id) ?? []), remark]);
  }
  const isDicom = new Set(dicom.map(({ path }) => path));
  const files = new Map<string, FoundFile>([...pictures, ...dicom].map((file) => [file.path, file]));
  return {
    images: images.map(({ placed: image, said: own }) => {
      fates.set(image.id, { kind: "image", id: image.id });
      return {
        id: image.id,
        file: files.get(image.path)!,
        dicom: isDicom.has(image.path),
        masks: masks.get(image) ?? [],
        ...(own.box !== undefined && { box: own.box }),
        ...(own.device !== undefined && { device: own.device }),
        ...(own.pixelSize !== undefined && { pixelSize: own.pixelSize }),
        remarks: remarksOf.get(image.id) ?? [],
      };
    }),
    files: [...fates].map(([file, fate]) => ({ file, fate })),
    remarks: found.filter(({ images: ids }) => ids.length === 0).map(({ message }) => message),
    bits: description.bits,
  };
}

// File by file: one that cannot be opened is refused, and the others go on.
function sortAll(files: readonly FoundFile[], leaveOut: Description["leaveOut"]) {
  const pictures: FoundFile[] = [];
  const dicom: FoundFile[] = [];
  const tables: FoundFile[] = [];
  const fates: Fates = new Map();
  for (const file of files) {
    try {
      const sorted = sortFiles([file], leaveOut);
      for (const [path, fate] of sorted.fates) fates.set(path, fate);
      pictures.push(...sorted.pictures);
      tables.push(...sorted.tables);
      const fate = fates.get(pathOf(file))!;
      if (fate.kind === "refused" && fate.why === dicomReason) dicom.push(file);
    } catch (error) {
      if (error instanceof Problem) throw error;
      fates.set(pathOf(file), { kind: "refused", why: `cannot be opened: ${explainFailure(error).reason}` });
    }
  }
  return { pictures, dicom, tables, fates };
}

function readTable(
  tables: readonly FoundFile[],
  boxes: string | null,
  { table: said, columns }: Description,
  fates: Fates,
): OwnTable | null {
  const given = boxes === null ? null : { path: boxes, parts: [basename(boxes)], refused: null };
  const chosen = given ?? chooseTable(tables, said);
  for (const table of tables) {
    const own = table.path === chosen?.path;
    fates.set(pathOf(table), own ? { kind: "table" } : { kind: "left out", why: "another table, or none, was chosen" });
  }
  if (chosen === null) return null;
  const read = readOwnTable(chosen, columns);
  if (read.columns.image === undefined) {
    if (given === null) {
      fates.set(pathOf(chosen), { kind: "left out", why: "is a table that names no images" });
      return null;
    }
    throw new Problem(
      `${read.name} has no column that names images. It has ${Object.values(read.columns).concat(read.unused).join(", ")}.`,
      "Say which it is: --map image=COLUMN",
    );
  }
  const of = (field: Field) => wanted.has(field);
  return {
    ...read,
    columns: Object.fromEntries(Object.entries(read.columns).filter(([field]) => of(field as Field))),
    rows: read.rows.map((row) => ({ place: row.place, cell: (field) => (of(field) ? row.cell(field) : "") })),
  };
}
