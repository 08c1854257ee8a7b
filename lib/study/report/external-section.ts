import { drawExternal } from "../../external/figures/draw-external";
import { drawRecalibration } from "../../external/figures/draw-recalibration";
import {
  externalCalibrationTable,
  externalTable,
  rankChanges,
  recalibrationTable,
} from "../../external/external-tables";
import type { ReportBlock, ReportSection } from "../../report/report-contents";
import { encodeGray } from "../../display/images";
import { fullOpacity } from "../../explain/heat-color";
import { encodeHeatMap } from "../../explain/heat-map-image";
import { Problem } from "../../runtime/problem";
import { attempt } from "../attempt";
import { readExternalTests, type ExternalTest } from "../external";
import type { Study } from "../open-study";
import { worstElsewhere } from "../worst-elsewhere";
import { figureOf, paragraph, sectionOf, tableOf } from "./blocks";

/**
 * Writes what the study's networks are worth on other sets than their own.
 *
 * @param images How many of the found network's worst errors on each are shown as pictures, from 0.
 */
export async function describeExternal(study: Study, images: number): Promise<ReportSection> {
  const { value: tests, missing } = attempt(() => readExternalTests(study));
  const described: ReportBlock[] = [];
  for (const test of tests ?? []) {
    described.push(...describeTest(test));
    if (images > 0) described.push(...(await picturesOf(study, test, images)));
  }
  return sectionOf("external", "Other hospitals", [
    missing !== null && paragraph(missing, "missing"),
    tests?.length === 0 &&
      paragraph(
        "These networks were not tested on images of another set: how they do in another hospital is not known. --external SET tests them.",
      ),
    described,
  ]);
}

async function picturesOf(study: Study, test: ExternalTest, images: number): Promise<ReportBlock[]> {
  const { dataset } = test;
  try {
    const worst = await worstElsewhere(study, test, images);
    if (worst === null) return [];
    return [
      {
        kind: "pictures",
        caption: `Where ${worst.model} was surest and wrong on ${dataset}, ${worst.images.length} of ${worst.errors} errors, each plain and with what speaks for malignant (Grad-CAM, mean over networks; ${worst.scale}); the threshold is at 0.5`,
        pictures: worst.images.flatMap((image) => [
          { png: encodeGray(image), caption: image.caption },
          { png: encodeHeatMap(image, fullOpacity), caption: `${image.caption}, heat map` },
        ]),
      },
    ];
  } catch (error) {
    // A set that is not there any more leaves its numbers.
    if (!(error instanceof Problem)) throw error;
    return [paragraph(`The worst errors on ${dataset} cannot be shown: ${error.what}`, "missing")];
  }
}

function describeTest(test: ExternalTest): ReportBlock[] {
  const { dataset, title, citation, results, recalibration, notices, sets, images } = test;
  const [found] = results;
  const { rows, tau } = rankChanges(results);
  return [
    paragraph(
      `On ${images} images of ${title} (${citation}): the networks of all folds, prepared as in this study, with the temperatures and thresholds that their own images gave them; nothing was chosen anew. ${found === undefined ? "" : `Thresholds: ${found.origin}.`}`,
    ),
    ...notices.map((notice) => paragraph(notice, "small")),
    tableOf(`This study's images and ${dataset}`, sets, "Medians, with the 5th and the 95th percentile."),
    figureOf(
      drawExternal(results, dataset),
      `Area under the curve on the own tested images and on ${dataset}, with intervals over patients.`,
    ),
    tableOf(
      `Networks on ${dataset}`,
      externalTable(results),
      "Mean network: mean over the networks of all folds and seeds, each by itself; its interval is of patients and networks. The difference takes the two sets as independent samples.",
    ),
    tableOf(`Calibration on ${dataset}, per patient`, externalCalibrationTable(results)),
    tableOf(
      `The order of models on ${dataset}`,
      rows,
      tau === null ? "" : `Kendall's τ of the areas on both sides: ${tau.toFixed(2)}.`,
    ),
    ...(recalibration === null || found === undefined
      ? [paragraph(`${dataset} has too few images to say what some of them would mend.`, "small")]
      : [
          figureOf(
            drawRecalibration(recalibration, found.model),
            `What images of ${dataset} with known class would be worth to ${found.model}.`,
          ),
          tableOf(
            `${found.model} after recalibration: what so many images of the other set mend`,
            recalibrationTable(recalibration),
          ),
        ]),
  ];
}
