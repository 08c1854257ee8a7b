import { Problem } from "../../runtime/problem";

/** What a column of a table can say of an image. */
export const fields = [
  ...(["image", "patient", "label", "mask", "birads", "device", "side", "view", "age"] as const),
  ...(["histology", "verification", "pixelSize"] as const),
  ...(["x", "y", "width", "height", "x1", "y1", "x2", "y2"] as const),
] as const;

/** What a column of a table can say of an image. */
export type Field = (typeof fields)[number];

/** Which column says what, by the columns' names. */
export type Columns = Readonly<Partial<Record<Field, string>>>;

/** How columns are called, in small letters and without anything but letters and digits. */
const names: Readonly<Record<Field, readonly string[]>> = {
  image: [
    ...[
      "image",
      "images",
      "imageid",
      "imagename",
      "imagefile",
      "imagefilename",
      "filename",
      "file",
      "imagepath",
      "path",
    ],
    ...["img", "imgname", "picture", "bild", "bildname", "bilddatei", "datei", "dateiname", "imagen", "archivo"],
    ...["fichier", "immagine"],
  ],
  patient: [
    ...["patient", "patientid", "patientno", "patientnumber", "patientnr", "patientcode", "patid", "pid", "pat"],
    ...["subject", "subjectid", "paciente", "paziente", "pacient", "patientin", "patientennummer", "patientenid"],
  ],
  label: [
    ...["label", "labels", "class", "classification", "malignancy", "pathology", "target", "groundtruth", "klasse"],
    ...["dignitat", "dignität", "clase", "classe", "tumortype"],
  ],
  mask: ["mask", "maskfile", "maskfilename", "maskname", "segmentation", "maske"],
  birads: ["birads", "biradscategory", "biradsklasse"],
  device: ["device", "scanner", "machine", "manufacturer", "equipment", "ultrasounddevice", "gerat", "gerät", "geraet"],
  side: ["side", "laterality", "breast", "seite", "lado", "côté", "cote", "lato"],
  view: ["view", "viewnumber"],
  age: ["age", "patientage", "ageyears", "ageinyears", "alter", "edad", "âge", "eta", "età", "idade"],
  histology: ["histology", "histopathology", "histologie", "histologia", "histología"],
  verification: ["verification", "verifiedby", "reference", "referencestandard"],
  pixelSize: [
    ...["pixelsize", "pixelspacing", "pixelsizemm", "mmperpixel", "pixelspacingmm", "pixelgrosse", "pixelgröße"],
    ...["pixelgroesse", "spacing"],
  ],
  x: ["x", "left", "boxx", "bboxx", "boxleft", "bboxleft"],
  y: ["y", "top", "boxy", "bboxy", "boxtop", "bboxtop"],
  width: ["w", "boxwidth", "bboxwidth", "boxw", "bboxw"],
  height: ["h", "boxheight", "bboxheight", "boxh", "bboxh"],
  x1: ["x1", "xmin", "minx", "boxx1", "bboxx1", "boxxmin", "bboxxmin"],
  y1: ["y1", "ymin", "miny", "boxy1", "bboxy1", "boxymin", "bboxymin"],
  x2: ["x2", "xmax", "maxx", "boxx2", "bboxx2", "boxxmax", "bboxxmax"],
  y2: ["y2", "ymax", "maxy", "boxy2", "bboxy2", "boxymax", "bboxymax"],
};

/**
 * Makes names of columns alike that people write differently.
 *
 * @returns "pixelsize" of "Pixel_Size", " pixel size" and "PixelSize".
 */
export function plainColumn(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Finds out which column of a table says what: as was said, and else by the columns' names, upper and lower case, spaces and
 * dashes being the same.
 *
 * @param header The columns' names.
 * @param said Which columns were named, and what they say.
 * @param table How messages name the table.
 * @returns The columns, by their names as they stand in the table.
 * @throws {Problem} Where a column that was named is not there, or two columns could say the same.
 */
export function findColumns(header: readonly string[], said: Columns, table: string): Columns {
  const found: Partial<Record<Field, string>> = {};
  for (const field of fields) {
    const wanted = said[field];
    if (wanted !== undefined) found[field] = namedColumn(header, field, wanted, table);
  }
  const taken = new Set(Object.values(found));
  for (const field of fields) {
    if (found[field] !== undefined) continue;
    const free = header.filter((name) => !taken.has(name) && names[field].includes(plainColumn(name)));
    // A column that is called as this program calls it is meant.
    const plain = free.filter((name) => plainColumn(name) === field.toLowerCase());
    const own = plain.length === 1 ? plain : free;
    if (own.length > 1) {
      throw new Problem(
        `${table} has ${own.length} columns that can be the ${field}: ${own.map((name) => `"${name}"`).join(", ")}.`,
        `Say which it is: --map ${field}=${own[0]!}`,
      );
    }
    if (own.length === 1) found[field] = own[0]!;
  }
  // A width and a height beside an x and a y are those of a box, and else those of the image.
  if (found.x !== undefined && found.y !== undefined) {
    for (const field of ["width", "height"] as const) {
      const own = header.find((name) => !taken.has(name) && plainColumn(name) === field);
      if (found[field] === undefined && own !== undefined) found[field] = own;
    }
  }
  return found;
}

function namedColumn(header: readonly string[], field: Field, wanted: string, table: string): string {
  const exact = header.find((name) => name === wanted);
  const alike = header.filter((name) => plainColumn(name) === plainColumn(wanted));
  const name = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (name !== undefined) return name;
  throw new Problem(
    `${table} has no column "${wanted}", which was to be the ${field}. It has ${header.slice(0, 30).join(", ")}.`,
    `Say which it is: --map ${field}=COLUMN`,
  );
}
