import { nameToTitle } from "./blocks";

/** The sections of a study's report, by their anchors, in order. */
export const reportParts = [
  ...(["question", "summary", "data", "search", "training", "comparison"] as const),
  ...(["subgroups", "errors", "limits", "reproduce", "reporting-items"] as const),
] as const;

/** A section of a study's report. */
export type ReportPart = (typeof reportParts)[number];

/** The captions of the figures and tables that every study has, and the sections of those that are not the comparison's. */
const captions: Readonly<Record<string, string | readonly [ReportPart, string]>> = {
  "differences-accuracy": "Each model minus the reference, with its interval and corrected p-value.",
  "differences-area": "The same of the area under the curve.",
  roc: "Receiver operating characteristic of the test images with pointwise 95 % confidence bands; markers are the operating points.",
  "precision-recall": "Precision against recall of the test images, with pointwise 95 % confidence bands.",
  calibration:
    "How often images with a probability are malignant, with Wilson's intervals, and how many images have it.",
  spread: "How far folds and seeds differ: a point for each.",
  "decision-curve": "What acting on a model is worth, for readers who would act from a probability on.",
  confusion: ["errors", "Right and wrong decisions of the found network on the test images."],
  cost: "Up and to the left is better: more accurate with fewer parameters.",
  "cost-multiply-adds": "The same against the multiply-adds of one image.",
  ranks: "The rank of each model with its interval, and how often it is the best.",
  "found-and-random": ["search", "One mark an architecture; the dashed lines are means."],
  "shared-and-own-weights": ["search", "A rising cloud: shared weights put architectures in the right order."],
};

/**
 * Says where a figure or table stands and what it shows.
 *
 * @param name Its name.
 * @param section The section that was kept with it; default: that of this name, else the comparison.
 * @param caption The caption that was kept with it; default: that of this name, else the name itself.
 * @returns Both.
 */
export function captionOf(
  name: string,
  section?: unknown,
  caption?: unknown,
): { section: ReportPart; caption: string } {
  const known = captions[name] ?? (name.startsWith("subgroup") ? (["subgroups", nameToTitle(name)] as const) : null);
  const [ownSection, ownCaption] =
    typeof known === "string" || known === null ? (["comparison", known] as const) : known;
  const isPart = (value: unknown): value is ReportPart => reportParts.includes(value as ReportPart);
  return {
    section: isPart(section) ? section : ownSection,
    caption: typeof caption === "string" ? caption : (ownCaption ?? nameToTitle(name)),
  };
}
