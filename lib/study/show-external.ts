import { showFigure } from "../display/figure";
import { showTable } from "../display/table";
import { showText } from "../display/text";
import { externalCalibrationTable, externalTable, rankChanges, recalibrationTable } from "../external/external-tables";
import { drawExternal } from "../external/figures/draw-external";
import { drawRecalibration } from "../external/figures/draw-recalibration";
import { showHeatMaps } from "../explain/show-heat-maps";
import { Problem } from "../runtime/problem";
import { readExternalTests, type ExternalTest } from "./external";
import type { StudyPlace } from "./layout";
import type { Study } from "./open-study";
import { worstElsewhere } from "./worst-elsewhere";

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

/** How many of the worst errors are shown. */
const worstShown = 12;

/**
 * Shows a part of external tests, one test below the other.
 *
 * @param part "sets": what differs between the sets; "loss": what networks lose; "order": how the order of models changes;
 *   "calibration": whether probabilities can be taken at their word, and what images of the other hospital would mend; "worst": the
 *   images on which the found network was surest and wrong, plain and with heat maps, which live in the output alone.
 * @param study The study, which "worst" needs; default: null.
 * @throws {Problem} Where it is needed and not given, or the other set is not as it was.
 */
export async function showExternal(
  tests: readonly ExternalTest[],
  part: keyof typeof externalParts | "worst",
  study: Study | null = null,
): Promise<void> {
  for (const test of tests)
    if (part === "worst") await showWorst(test, study);
    else externalParts[part](test);
}

/** Shows what networks of a study lose on the sets that it was tested on before; where it was tested on none, a sentence says how. */
export async function showTestedElsewhere(study: StudyPlace): Promise<void> {
  const tests = readExternalTests(study);
  if (tests.length > 0) await showExternal(tests, "loss");
  else showText("Not tested on another set yet: npm run study -- --external SET does, and 11_other_hospitals.");
}

async function showWorst(test: ExternalTest, study: Study | null): Promise<void> {
  if (study === null)
    throw new Problem(
      "The worst errors were to be shown without the study whose networks made them.",
      'Give it: showExternal(tests, "worst", opened).',
    );
  const worst = await worstElsewhere(study, test, worstShown);
  if (worst === null) {
    showText(`On ${test.dataset}, the found network called no image wrong.`);
    return;
  }
  const { model, errors, images, scale } = worst;
  const title = `Where ${model} was surest and wrong on ${test.dataset}: ${images.length} of ${errors} errors; its threshold is at 0.5`;
  showHeatMaps(images, scale, { title });
}
