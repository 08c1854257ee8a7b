import type { ReportSection } from "../../report/report-contents";
import type { Study } from "../open-study";
import { factsOf, paragraph, sectionOf, tableOf } from "./blocks";
import type { StudyEvaluation } from "./evaluated";
import { formatEstimate } from "../../evaluate/evaluation-table";

/** Writes what the numbers do not say. */
export function describeLimits(
  study: Pick<Study, "settings" | "split" | "searchFold" | "prepared" | "records" | "sample">,
  { models }: StudyEvaluation,
): ReportSection {
  const { settings, split, searchFold, prepared, records, sample } = study;
  const tested = settings.folds?.map((number) => split.folds[number - 1]!) ?? split.folds;
  const seen = new Set([...searchFold.train, ...searchFold.validation]);
  const overlap = tested.map(({ name, test }) => ({
    fold: name,
    "test images": test.length,
    "seen by the search": test.filter((id) => seen.has(id)).length,
  }));
  const leaked = overlap.some((row) => row["seen by the search"] > 0);
  const { region, channels } = prepared.configuration;
  const outlines = region.kind !== "whole" || channels.some((channel) => channel !== "gray");
  const synthetic = records.some((record) => record.synthetic === true);
  const rule = models[0]?.evaluation.thresholdRule;
  return sectionOf("limits", "Limits", [
    tableOf(
      "What the search has seen of what is tested",
      overlap,
      `The search saw training and validation images of ${searchFold.name}, never what ${searchFold.name} tests.`,
    ),
    leaked &&
      paragraph(
        `Only ${searchFold.name} tests images that the search has not seen. The found network's numbers over all folds may be too good; those of hand-crafted networks are not touched by this. The fair ones are those of this fold alone, below.`,
        "caution",
      ),
    factsOf(onFold(models, searchFold.name)),
    {
      kind: "list",
      points: pointsOf([
        `The winner was chosen by its score on the validation images of ${searchFold.name}; they are not tested in that fold.`,
        rule !== undefined &&
          `Threshold of every decision: ${rule}. What is chosen on validation images is never chosen on what is tested.`,
        outlines && tellOutlines(settings),
        settings.seeds.length === 1 &&
          "One seed of the training: how far numbers differ from seed to seed is not told.",
        settings.search.seeds.length === 1 && "One search: another seed may find another network, better or worse.",
        tested.length < split.folds.length && `${tested.length} of ${split.folds.length} folds were tested.`,
        sample !== null && `A sample of the set: ${sample}. Another sample gives other numbers.`,
        "One data set: there is no external test. On other hospitals' images the authors' own networks lost nearly 10 points of accuracy (MIUA 2021).",
        "Times were measured on a single machine.",
        "The paper's 89.3 % is of 524 private images. It is no baseline for another set.",
        synthetic && "The images are synthetic. Nothing here says anything about patients.",
        "Research only: not a medical device, and not to be used for diagnosis or treatment.",
      ]),
    },
  ]);
}

function tellOutlines({ outlines = null }: Study["settings"]): string {
  if (outlines === null)
    return "The region, or the mask, comes from outlines or boxes of lesions that people drew. Nothing here finds a lesion by itself.";
  const found = "networks that had not seen the patient found the outlines of lesions";
  return outlines.of === "all"
    ? `The region, or the mask, comes from no expert: ${found}. Images in which nothing was found are not among these.`
    : `Networks learned from outlines that people drew, and are tested with others: ${found}. Images in which nothing was found are not among these.`;
}

const pointsOf = (points: readonly (string | false)[]) => points.filter((point): point is string => point !== false);

function onFold(models: StudyEvaluation["models"], fold: string): Record<string, string> {
  return Object.fromEntries(
    models
      .filter(({ kind }) => kind !== "trivial")
      .map(({ evaluation }) => {
        const own = evaluation.folds.filter((scope) => scope.fold === fold);
        const said = own.map(
          ({ seed, measures }) =>
            `seed ${seed ?? ""}: accuracy ${formatEstimate(measures.accuracy)}, AUC ${formatEstimate(measures.areaUnderCurve)}`,
        );
        return [`${evaluation.model}, ${fold} alone`, said.length === 0 ? "not tested" : said.join("; ")];
      }),
  );
}
