import { closeSync, openSync, readSync } from "node:fs";

import { bytesToRecognise, recogniseDicom } from "../../dicom/recognise";
import type { FoundFile } from "./walk-files";

/** What a file is, before anything is known of the files around it. */
export type FileKind =
  /** An image or a mask, to be decoded. */
  | { readonly kind: "picture" }
  /** A table that may say what the images show. */
  | { readonly kind: "table" }
  /** Nothing of a study: `rule` says what it is, as the middle of a sentence. */
  | { readonly kind: "ignored"; readonly rule: string }
  /** Not known, or not to be read: `reason` ends the sentence that begins with the file's name. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Why DICOM is not read as it is. */
export const dicomReason = "is DICOM, which import turns into pictures";

/** Bytes that stand at a place of a file. */
type Mark = readonly [bytes: string, at: number];

/**
 * How files begin that hold pictures: what counts is what a file holds, and not how it is called. **A new kind of image is
 * added here**, and read in `records/read-pixels`.
 */
const pictureBeginnings: readonly (readonly Mark[])[] = [
  [["\x89PNG\r\n\x1a\n", 0]],
  [["\xff\xd8\xff", 0]],
  [["II*\0", 0]],
  [["MM\0*", 0]],
  [["II+\0", 0]],
  [["MM\0+", 0]],
  // A table may begin with "BMI"; bitmaps have zeros behind their length.
  [
    ["BM", 0],
    ["\0\0\0\0", 6],
  ],
  [["GIF8", 0]],
  [["WEBP", 8]],
];

/** Names of files that hold pictures, so that a damaged one is told of as such. */
const pictureEnding = /\.(png|jpe?g|jfif|jpe|tiff?|bmp|webp|gif)$/i;

/** Files that other programs leave behind, and papers that people put beside images. */
const ignoredNames: readonly (readonly [name: RegExp, rule: string])[] = [
  [/^(\..*|thumbs\.db|desktop\.ini|ehthumbs\.db|icon\r?|~\$.*|.*~)$/i, "left behind by another program"],
  [/^(readme|licen[cs]e|copying|changelog|citation|lies ?mich|leggimi|lisez ?moi|leeme)([._ -].*)?$/i, "a readme"],
  [/\.(pdf|docx?|odt|rtf|md|html?|pptx?)$/i, "a document"],
  [/^dicomdir$/i, "a list of DICOM files"],
  [/^(source|sononas-set)\.json$/i, "this program's own"],
];

/**
 * Says what a file is: by known names first, then by how it begins, then by its ending.
 *
 * @throws What the system says where it cannot be opened.
 */
export function kindOfFile({ path, parts, refused }: FoundFile): FileKind {
  const name = parts.at(-1)!;
  const hidden = parts.some((part) => part === "__MACOSX" || (part.startsWith(".") && part !== name));
  const rule = hidden ? "left behind by another program" : ignoredNames.find(([known]) => known.test(name))?.[1];
  if (rule !== undefined) return { kind: "ignored", rule };
  if (refused !== null) return { kind: "unknown", reason: refused };
  const head = readHead(path);
  const begins = (...marks: readonly Mark[]) => marks.every(([bytes, at]) => head.startsWith(bytes, at));
  if (pictureBeginnings.some((marks) => begins(...marks))) return { kind: "picture" };
  if (recogniseDicom(Buffer.from(head, "latin1")) !== null) return { kind: "unknown", reason: dicomReason };
  if (/\.(csv|tsv|xlsx)$/i.test(name)) return { kind: "table" };
  if (pictureEnding.test(name)) return { kind: "picture" };
  if (/\.(xls|ods|numbers)$/i.test(name))
    return { kind: "unknown", reason: "is a table that is neither CSV nor .xlsx" };
  if (begins(["PK\x03\x04", 0])) return { kind: "unknown", reason: "is an archive: unpack it" };
  return { kind: "unknown", reason: "is neither a picture nor a table" };
}

function readHead(path: string): string {
  const bytes = Buffer.alloc(bytesToRecognise);
  const file = openSync(path, "r");
  try {
    return bytes.toString("latin1", 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
