import { Problem } from "../../runtime/problem";
import { meanings } from "../own/class-words";
import { fields } from "../own/columns";
import { checkDescription, nothingSaid, type Description } from "../own/description";

/** The options of a command line that say how a folder of one's own is read, as `parseArgs` takes them. */
export const saidOptions = {
  map: { type: "string", multiple: true },
  value: { type: "string", multiple: true },
  masks: { type: "string" },
  table: { type: "string" },
  bits: { type: "string" },
  "leave-out": { type: "string", multiple: true },
} as const;

/** What a command line says of a folder; undefined where an option is not there. */
export interface GivenWords {
  readonly map?: readonly string[] | undefined;
  readonly value?: readonly string[] | undefined;
  readonly masks?: string | undefined;
  readonly table?: string | undefined;
  readonly bits?: string | undefined;
  readonly "leave-out"?: readonly string[] | undefined;
}

/** The lines of a command's help that say how a folder is described. */
export const saidUsage = `  --map FIELD=COLUMN       which column of the table says what: --map patient=PatientID --map label=Befund; fields are
                           ${fields.slice(0, 9).join(", ")},
                           ${fields.slice(9).join(", ")};
                           --map patient=folder:1 takes the first folder below the classes, --map patient=none nobody
  --value MEANING=WORD     what a word in the column of labels, or a folder's name, means: --value malignant=M;
                           meanings are ${meanings.join(", ")}
  --masks HOW              which pictures are masks: suffix=_seg, prefix=mask_, folder=outlines, or none
  --table FILE             the table that says what the images show; none leaves all tables out
  --bits N                 of images of 16 bits: how many of them hold the gray levels, 12 for example
  --leave-out PATTERN      files that are left out, and counted: --leave-out "*.dcm", --leave-out old`;

/**
 * Makes of a command line what is said of a folder.
 *
 * @returns What is said; nothing that is not.
 * @throws {Problem} Where a word of it is not understood.
 */
export function readWords(given: GivenWords): Partial<Description> {
  const { map = [], value = [], masks, table, bits, "leave-out": leaveOut = [] } = given;
  const columns: Record<string, string> = {};
  const values: Record<string, string> = {};
  let patients: unknown;
  for (const text of map) {
    const [field, column] = halves("map", text, "patient=PatientID");
    const known = fields.find((one) => one.toLowerCase() === field.toLowerCase().replaceAll(/[_\s-]/g, ""));
    if (known === undefined) {
      throw new Problem(`--map has "${text}", but there is no field "${field}".`, `Fields are ${fields.join(", ")}.`);
    }
    const level = /^folder(?::(\d+))?$/.exec(column);
    if (known === "patient" && level !== null) patients = { folder: Number(level[1] ?? 1) };
    else if (known === "patient" && column === "none") patients = "none";
    else {
      columns[known] = column;
      if (known === "patient") patients = "table";
    }
  }
  for (const text of value) {
    const [meaning, word] = halves("value", text, "malignant=M");
    if (!meanings.some((one) => one === meaning))
      throw new Problem(`--value has "${text}", but there is no "${meaning}".`, `Meanings are ${meanings.join(", ")}.`);
    values[word] = meaning;
  }
  const said = {
    columns,
    values,
    leaveOut,
    ...(patients !== undefined && { patients }),
    ...(masks !== undefined && { masks: readMasks(masks) }),
    ...(table !== undefined && { table }),
    ...(bits !== undefined && { bits: /^\d+$/.test(bits) ? Number(bits) : bits }),
  };
  return checkDescription(said, "The description of the folder");
}

/** Says whether anything was said. */
export function saysAnything(said: Partial<Description>): boolean {
  return JSON.stringify({ ...nothingSaid, ...said }) !== JSON.stringify(nothingSaid);
}

function halves(option: string, text: string, example: string): [before: string, after: string] {
  const place = text.indexOf("=");
  const [before, after] = [text.slice(0, Math.max(0, place)).trim(), text.slice(place + 1).trim()];
  if (before === "" || after === "")
    throw new Problem(
      `--${option} has "${text}", expected two words with "=" between.`,
      `For example: --${option} ${example}`,
    );
  return [before, after];
}

function readMasks(text: string): unknown {
  if (text === "none") return text;
  const [key, value] = halves("masks", text, "suffix=_seg");
  return { [key]: value };
}
