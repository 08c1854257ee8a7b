import { showTable } from "../display/table";
import { showText } from "../display/text";
import { visibleText } from "../runtime/visible-text";
import { footOf } from "./applied-table";
import { appliedFates, type AppliedRow } from "./applied-row";
import type { Applied } from "./apply-release";

/**
 * Says in one line what was done.
 *
 * @returns "34 images predicted by …: 12 malignant, 22 benign; 5 with warnings; 6 refused, 3 mask; in …".
 */
export function summariseApplied({
  card,
  folder,
  rows,
  before,
}: Pick<Applied, "card" | "folder" | "rows" | "before">): string {
  const predicted = rows.filter(({ fate }) => fate === "predicted");
  const count = (label: string) => predicted.filter((row) => row.label === label).length;
  const warned = predicted.filter(({ warnings }) => warnings.length > 0).length;
  const others = appliedFates.slice(1).flatMap((fate) => {
    const own = rows.filter((row) => row.fate === fate).length;
    return own === 0 ? [] : [`${own} ${fate}`];
  });
  const images = predicted.length === 1 ? "1 image" : `${predicted.length} images`;
  const parts = [
    `${images} predicted by ${card.name} ${card.version}: ${count("malignant")} malignant, ${count("benign")} benign`,
    `${warned} with warnings`,
    ...tellLesions(rows),
    ...(others.length === 0 ? [] : [`other files: ${others.join(", ")}`]),
    ...(before === 0 ? [] : [`${before} files were done before`]),
    predicted.length === 0 ? `table in ${folder}` : `table and heat maps in ${folder}`,
  ];
  return visibleText(`${parts.join("; ")}.`);
}

/** Says how many lesions were found, of how many the network is not sure, and in how many images there are several or none. */
function tellLesions(rows: readonly AppliedRow[]): string[] {
  const count = (...origins: AppliedRow["lesion"][]) => rows.filter(({ lesion }) => origins.includes(lesion)).length;
  const [found, unsure, nothing] = [count("found", "unsure"), count("unsure"), count("nothing found")];
  if (found + nothing === 0) return [];
  const several = rows.filter(({ others }) => others > 0).length;
  const given = count("given");
  return [
    `lesions: ${given === 0 ? "" : `${given} given, `}${found} found by the finder (unsure of ${unsure}, several parts in ${several}), nothing found in ${nothing}`,
  ];
}

/**
 * Shows what a release said of a folder: the predictions with their warnings, what was refused and why, and what all other files
 * are; below the running cell, or in a terminal.
 *
 * @param most How many rows a table shows; default: 50. `predictions.csv` has all.
 */
export function tellApplied(applied: Applied, most = 50): void {
  const { rows, remarks, card } = applied;
  const of = (...fates: AppliedRow["fate"][]) => rows.filter(({ fate }) => fates.includes(fate));
  const name = ({ file, part }: AppliedRow) => visibleText(part === "" ? file : `${file}, ${part}`);
  const predicted = of("predicted");
  const finds = predicted.some(({ outline }) => outline !== "");
  if (predicted.length > 0)
    showTable(
      predicted.map((row) => ({
        image: name(row),
        "P(malignant)": row.probability,
        label: row.label,
        ...(finds && {
          lesion:
            row.expectedDice === null ? row.lesion : `${row.lesion}, Dice expected ${row.expectedDice.toFixed(2)}`,
        }),
        warnings: visibleText(row.warnings.join(" ")),
      })),
      { caption: `${predicted.length} predictions`, rows: most },
    );
  const without = of("refused", "left out");
  if (without.length > 0)
    showTable(
      without.map((row) => ({
        file: name(row),
        fate: row.fate,
        reason: visibleText([row.reason, ...row.warnings].join(" ")),
      })),
      { caption: `${without.length} without a prediction`, rows: most },
    );
  const others = of("mask", "table", "ignored");
  if (others.length > 0)
    showTable(
      others.map((row) => ({ file: name(row), fate: row.fate, what: visibleText(row.reason) })),
      { caption: `${others.length} other files`, rows: Math.min(most, 10) },
    );
  showText([...remarks, footOf(card)].map((line) => visibleText(line)));
}
