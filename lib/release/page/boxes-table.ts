import { parse } from "papaparse";

import { tableText, restoreCell } from "../../files/table-text";
import type { Box } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";

/** What is known of one image of a set. */
export interface BoxedImage {
  /** Its path in the folder, with "/". */
  readonly image: string;
  /** Empty where it is not said. */
  readonly label: "" | "benign" | "malignant" | "normal";
  /** Who is shown; empty where it is not said. */
  readonly patient: string;
  /** The lesion's box in pixels of the file's picture; null for none. */
  readonly box: Box | null;
}

const columns = ["image", "patient", "label", "x", "y", "width", "height"] as const;

/**
 * Writes what is known of images as the `images.csv` that `npm run data -- import` reads. Images of which nothing was said are left
 * out; a column is left out where no image has it.
 */
export function writeBoxes(images: readonly BoxedImage[]): string {
  const rows: Readonly<Record<(typeof columns)[number], string | number | null>>[] = images
    .filter(({ label, patient, box }) => label !== "" || patient !== "" || box !== null)
    .map(({ image, patient, label, box }) => ({
      ...{ image, patient, label },
      ...{ x: box?.left ?? null, y: box?.top ?? null, width: box?.width ?? null, height: box?.height ?? null },
    }));
  const used = columns.filter((column) => column === "image" || rows.some((row) => (row[column] ?? "") !== ""));
  return tableText(
    used,
    rows.map((row) => used.map((column) => row[column])),
  );
}

/**
 * Reads what {@link writeBoxes} has written, to carry on.
 *
 * @throws {Problem} Where it is another table.
 */
export function readBoxes(text: string): BoxedImage[] {
  const [header = [], ...rows] = parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: true }).data;
  if (!header.includes("image"))
    throw new Problem("This is no images.csv: it has no column image.", "Choose the one that this page has written.");
  return rows.map((cells, index) => {
    const cell = (column: (typeof columns)[number]) => restoreCell(cells[header.indexOf(column)] ?? "");
    const [left, top, width, height] = (["x", "y", "width", "height"] as const).map((side) => cell(side));
    const numbers = [left, top, width, height].map(Number) as [number, number, number, number];
    const isBoxed = left !== "";
    const label = cell("label");
    const isGood =
      (!isBoxed || (numbers.every(Number.isInteger) && numbers[2] > 0 && numbers[3] > 0)) && isLabel(label);
    if (!isGood)
      throw new Problem(
        `Row ${index + 2} of the table has the label "${label}" and the box ${[left, top, width, height].join(", ")}.`,
        "Expected benign, malignant, normal or nothing, and whole pixels.",
      );
    const box = isBoxed ? { left: numbers[0], top: numbers[1], width: numbers[2], height: numbers[3] } : null;
    return { image: cell("image"), patient: cell("patient"), label, box };
  });
}

const isLabel = (text: string): text is BoxedImage["label"] => ["", "benign", "malignant", "normal"].includes(text);
