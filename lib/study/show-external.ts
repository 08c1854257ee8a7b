import { showFigure } from "../display/figure";
import { showTable } from "../display/table";
import { externalCalibrationTable, externalTable, rankChanges, recalibrationTable } from "../external/external-tables";
import { drawExternal } from "../external/figures/draw-external";
import { drawRecalibration } from "../external/figures/draw-recalibration";
import type { ExternalTest } from "./external";

/** What of an external test can be shown. */
export const externalParts = {
  sets({ sets, title, notices }: ExternalTest) {
    showTable(sets, { caption: `${title}: ${notices.join(" ")}` });
  },
  loss({ results, dataset }: ExternalTest) {
    showTable(externalTable(results), { caption: `On ${dataset}` });
    for (const measure of ["areaUnderCurve", "sensitivity", "specificity"] as const)
      showFigure(drawExternal(results, dataset, measure));
  },
  order({ results, dataset }: ExternalTest) {
    const { rows, tau } = rankChanges(results);
    const agreement = tau === null ? "" : `; Kendall's τ of the areas on both sides: ${tau.toFixed(2)}`;
    showTable(rows, { caption: `On ${dataset}${agreement}` });
  },
  calibration({ results, dataset, recalibration }: ExternalTest) {
    showTable(externalCalibrationTable(results), { caption: `On ${dataset}, per patient` });
    if (recalibration === null) return;
    for (const measure of ["logLoss", "accuracy"] as const)
      showFigure(drawRecalibration(recalibration, results[0]!.model, measure));
    showTable(recalibrationTable(recalibration), {
      caption: `${results[0]!.model} after recalibration: what so many images of the other set mend`,
    });
  },
};

/**
 * Shows a part of external tests, one test below the other.
 *
 * @param part "sets": what differs between the sets; "loss": what networks lose; "order": how the order of models changes;
 *   "calibration": whether probabilities can be taken at their word, and what images of the other hospital would mend.
 */
export function showExternal(tests: readonly ExternalTest[], part: keyof typeof externalParts): void {
  for (const test of tests) externalParts[part](test);
}
