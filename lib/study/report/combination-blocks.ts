import type { ReportBlock } from "../../report/report-contents";
import { needsParts } from "../combination";
import type { Study } from "../open-study";
import { checkStudySettings } from "../study-settings";
import { paragraph } from "./blocks";

/**
 * Writes which networks of a study predict together, and from what they were learned and fitted.
 *
 * @returns The blocks; none where the study combines nothing.
 */
export function describeCombination(study: Pick<Study, "settings">): ReportBlock[] {
  const { combine, seeds, learnFromValidation } = checkStudySettings(study.settings);
  if (combine === null) return [];
  const from = learnFromValidation ? "all images that its fold does not test" : "the training part of its fold";
  const sentences = [
    combine.seeds && `Over seeds: the mean logit of the ${seeds.length} networks of a fold.`,
    needsParts(combine) &&
      `Over parts: ${from} was divided into ${combine.parts} parts by patients, and each network was trained once more without each of them. ${combine.parts} networks then predict what the fold tests, which none of them has seen.`,
    combine.box &&
      "With the box: a logistic regression on logit, width, height, area and aspect ratio of the lesion's box, fitted in each fold to the parts that the networks had not learned from. The box was drawn by somebody; what is tested took no part in the fit.",
  ].filter((sentence) => sentence !== false);
  return [
    paragraph(
      `Networks that predict together, found, random and hand-crafted ones alike, are rows of the comparison, with the costs of all of them. ${sentences.join(" ")}`,
    ),
  ];
}
