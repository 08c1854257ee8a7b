import { showFigure } from "../display/figure";
import { showTable, type TableCell } from "../display/table";
import { armsTable } from "../optimise/arms-table";
import { explainOptimisation } from "../optimise/explain-optimisation";
import { drawHistory } from "../optimise/figures/draw-history";
import { drawImportance } from "../optimise/figures/draw-importance";
import { drawSlice } from "../optimise/figures/draw-slice";
import { createRandom } from "../runtime/random";
import { explainedArm, type OptimisedNetworks } from "./optimise-networks";

const parts = {
  arms({ results }: OptimisedNetworks) {
    showTable(armsTable(results), {
      caption: "What was chosen by, and what it is worth on folds whose labels chose nothing",
      rows: results.length,
    });
  },
  history({ results }: OptimisedNetworks) {
    showFigure(drawHistory(results));
  },
  settings({ results }: OptimisedNetworks) {
    const chosen = results.flatMap(({ arm, seed, optimisation }) =>
      optimisation === null ? [] : [{ arm, seed, ...optimisation.best.point }],
    );
    // Subjects differ in what can be set of them; a column that one lacks is empty there.
    const columns = [...new Set(chosen.flatMap((row) => Object.keys(row)))];
    const rows = chosen.map((row: Readonly<Record<string, TableCell>>) =>
      Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
    );
    showTable(rows, { caption: "The settings that were chosen", rows: rows.length });
  },
  importance(optimised: OptimisedNetworks) {
    const { arm, dimensions, trials } = explainedArm(optimised);
    const { importances, slices } = explainOptimisation(dimensions, trials, createRandom(1));
    showFigure(drawImportance(importances, `What matters: ${arm}`));
    // The settings that matter most; the others lie flat.
    const first = importances.slice(0, 4).map(({ name }) => slices.find((slice) => slice.name === name)!);
    for (const slice of first) showFigure(drawSlice(slice, dimensions[slice.name]!, first));
  },
};

/**
 * Shows a part of an optimisation.
 *
 * @param part "arms": what each arm is worth beside the others; "history": how it got there; "settings": what was chosen; "importance":
 *   which settings matter, and what the four foremost do.
 */
export function showOptimised(optimised: OptimisedNetworks, part: keyof typeof parts): void {
  parts[part](optimised);
}
