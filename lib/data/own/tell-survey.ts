import { showTable, type TableCell } from "../../display/table";
import { labels } from "../records/record";
import type { Description } from "./description";
import { surveyFolder, type Survey } from "./survey";

type Rows = Record<string, TableCell>[];

/**
 * Makes a table of what becomes of the files of a folder: the sum of its counts is the number of files.
 *
 * @returns One row a fate and reason.
 */
export function tableOfFates({ files, records, masks, table }: Survey): Rows {
  const order = ["image", "mask", "table", "ignored", "left out", "refused"] as const;
  return order.flatMap((kind) => {
    const own = files.filter(({ fate }) => fate.kind === kind);
    const reasons = [...new Set(own.map(({ fate }) => ("why" in fate ? fate.why : "")))];
    return reasons.map((reason) => {
      const some = own.filter(({ fate }) => ("why" in fate ? fate.why : "") === reason);
      const withMask = records.filter((record) => record.masks.length > 0).length;
      const what =
        kind === "image"
          ? labels
              .flatMap((label) => countOf(records.filter((record) => record.label === label).length, label))
              .join(", ")
          : kind === "mask"
            ? `${masks ?? ""}; ${withMask} of ${records.length} images have one`
            : kind === "table"
              ? `${table!.rows.length} rows, ${table!.form}`
              : reason;
      return { fate: kind, files: some.length, what, "for example": some[0]!.file };
    });
  });
}

const countOf = (count: number, label: string) => (count === 0 ? [] : [`${count} ${label}`]);

/**
 * Makes a table of how a folder was read: which word was taken for which class, which column for what.
 *
 * @returns One row a word, a column, and a source of what is known.
 */
export function tableOfReading({ classes, table, patients, records }: Survey): Rows {
  const known = new Set(records.flatMap(({ patient }) => patient ?? []));
  const boxes = records.filter(({ box }) => box !== undefined).length;
  return [
    ...classes.map(({ said, meaning, images }) => ({ read: said, as: meaning, detail: `${images} images` })),
    ...Object.entries(table?.columns ?? {}).map(([field, column]) => ({
      read: `column "${column}" of ${table!.name}`,
      as: field,
      detail: field === "width" || field === "height" || /^[xy][12]?$/.test(field) ? `${boxes} boxes` : "",
    })),
    ...(table?.unused ?? []).map((column) => ({
      read: `column "${column}" of ${table!.name}`,
      as: "nothing",
      detail: "",
    })),
    { read: patients ?? "nothing", as: "patient", detail: known.size === 0 ? "unknown" : `${known.size} patients` },
  ];
}

/**
 * Shows what becomes of the files of a folder, and how it was read: below the running cell, or in a terminal.
 *
 * @param name How the folder is called; default: its path.
 */
export function tellSurvey(survey: Survey, name: string = survey.folder): void {
  showTable(tableOfFates(survey), { caption: `The ${survey.files.length} files of ${name}`, rows: 60 });
  showTable(tableOfReading(survey), { caption: "How they were read", rows: 60 });
}

/**
 * Looks through a folder of one's own and shows what every file is and how it is read, before anything is brought in.
 *
 * @param said What is said of the folder, as `npm run data -- import` takes it; default: nothing.
 * @throws {Problem} Where something must be said first.
 */
export async function tellFolder(folder: string, said: Partial<Description> = {}): Promise<Survey> {
  const survey = await surveyFolder(folder, said);
  tellSurvey(survey);
  return survey;
}
