import type { Finding } from "../records/finding";
import type { ImageRecord, PixelSource } from "../records/record";
import { acceptImages, requireClasses } from "./accept-images";
import type { Meaning } from "./class-words";
import { describeImages, labelOf, type DescribedImage, type WordCounts } from "./describe-images";
import { mergeDescriptions, readDescription, type Description } from "./description";
import { findMasks } from "./find-masks";
import { matchMasks, namedMasks } from "./match-masks";
import { chooseTable, readOwnTable, type OwnTable } from "./own-table";
import { numberFolders, placeImages, type PlacedImage } from "./place-images";
import { pathOf, sortFiles, type Fate } from "./sort-files";
import { walkFiles } from "./walk-files";
import { whoIsWho } from "./who-is-who";

/** A folder of one's own, looked through: nothing was copied, and of most pictures only the name was read. */
export interface Survey {
  readonly folder: string;
  /** Every file below the folder, by its path with "/", with its fate. */
  readonly files: readonly { readonly file: string; readonly fate: Fate }[];
  readonly records: readonly ImageRecord[];
  readonly findings: readonly Finding[];
  /** What says which class an image is of: folders and cells, with what they were taken for and how many images. */
  readonly classes: readonly { readonly said: string; readonly meaning: Meaning; readonly images: number }[];
  /** By what masks were told from images, in words; null where there are none. */
  readonly masks: string | null;
  /** What says who the patients are, in words; null where nothing does. */
  readonly patients: string | null;
  readonly table: OwnTable | null;
  /** How the folder was read: with this, it is read so again without a word. */
  readonly description: Description;
}

/**
 * Looks through a folder of one's own: what every file is, which picture is the mask of which, which class and which patient
 * an image is of. Nothing is guessed in silence: what is proposed is told, and what is not clear is asked.
 *
 * @param said What is said of the folder, beside what its own description says.
 * @throws {Problem} Where something must be said first: which table, which masks, what a folder's name means.
 */
export async function surveyFolder(folder: string, said: Partial<Description> = {}): Promise<Survey> {
  const description = mergeDescriptions(readDescription(folder), said);
  const { pictures, tables, fates, findings: unknown } = sortFiles(walkFiles(folder), description.leaveOut);
  const findings = [...unknown];
  const chosen = chooseTable(tables, description.table);
  for (const table of tables) {
    if (table === chosen) fates.set(pathOf(table), { kind: "table" });
    else
      fates.set(pathOf(table), {
        kind: "left out",
        why: chosen === null ? "no table was wanted" : "another table was chosen",
      });
  }
  const table = chosen === null ? null : readOwnTable(chosen, description.columns);

  const named = namedMasks(pictures, table);
  const others = pictures.filter((picture) => !named.has(picture));
  const search = await findMasks(others, description.masks);
  const placed = placeImages(search.images, description.values);
  const patients = whoIsWho(placed, table, description);
  const described = describeImages(placed, table, { values: description.values, patientOf: patients.of });
  findings.push(...described.findings);
  const images = acceptImages(
    described.images,
    new Set(described.findings.flatMap((one) => one.images)),
    fates,
    findings,
  );
  requireClasses(folder, images, placed, table);
  const masks = matchMasks(images, search.masks, named, fates, findings);
  findings.push(...numbersAsClasses(placed, description.values), ...patients.findings);
  const bits = description.bits;
  const records = images.map(({ placed: image, said: own, meaning }): ImageRecord => {
    const ofImage = (masks.get(image) ?? []).map((path): PixelSource => ({ kind: "file", path }));
    const source: PixelSource = { kind: "file", path: image.path, ...(bits !== undefined && { bits }) };
    return {
      id: image.id,
      image: source,
      masks: ofImage,
      label: labelOf({ meaning })!,
      ...own,
    };
  });
  return {
    folder,
    files: [...fates].map(([file, fate]) => ({ file, fate })),
    records,
    findings,
    classes: classesOf(images, described.words, table),
    masks: search.rule ?? (named.size > 0 ? `named in the column "${table!.columns.mask!}"` : null),
    patients: records.some(({ patient }) => patient !== undefined) ? patients.told : null,
    table,
    description: {
      ...description,
      ...(table !== null && { table: table.name, columns: table.columns }),
      ...(search.kept !== undefined && { masks: search.kept }),
      ...(patients.kept !== undefined && { patients: patients.kept }),
    },
  };
}

function numbersAsClasses(placed: readonly PlacedImage[], values: Description["values"]): Finding[] {
  const numbers = numberFolders(placed, values);
  if (numbers.length === 0) return [];
  const message = `The folders ${numbers.join(" and ")} were taken for classes, 0 for benign and 1 for malignant, as most do. If so, say it: --value benign=0 --value malignant=1; else the other way round.`;
  return [{ severity: "warning", check: "classes as numbers", images: [], message }];
}

function classesOf(images: readonly DescribedImage[], words: WordCounts, table: OwnTable | null): Survey["classes"] {
  const folders = new Map<string, { said: string; meaning: Meaning; images: number }>();
  for (const { placed, meaning } of images) {
    if (placed.said === null || meaning === null) continue;
    const key = `${placed.said} ${meaning}`;
    const before = folders.get(key)?.images ?? 0;
    folders.set(key, { said: `folder "${placed.said}"`, meaning, images: before + 1 });
  }
  const ofTable = [...words].map(([word, { meaning, count }]) => ({
    said: `"${word}" in the column "${table!.columns.label!}"`,
    meaning,
    images: count,
  }));
  return [...folders.values(), ...ofTable];
}
