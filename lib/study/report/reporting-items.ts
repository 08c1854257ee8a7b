import type { ReportingItem, ReportSection } from "../../report/report-contents";
import type { Study } from "../open-study";
import { paragraph, sectionOf, tableOf } from "./blocks";
import { fillChecklists } from "./checklists";
import type { StudyEvaluation } from "./evaluated";
import type { StudyMaterial } from "./material";
import type { AuthorStatements } from "./statements";

/** The numbers of the items that ask for each group. They are given by group: which asks for what overlaps within one. */
const askedFor = {
  "Title and use": "TRIPOD+AI 1–4; STARD-AI 1–4",
  Data: "TRIPOD+AI 5–8, 11; STARD-AI 5, 7–14, 16, 20",
  Partitions: "TRIPOD+AI 10, 12a, 13, 20; STARD-AI 15b, 22, 24, 25, 28",
  Model: "TRIPOD+AI 12c, 22; STARD-AI 13, 15a",
  Training: "TRIPOD+AI 12c; STARD-AI 15b",
  Evaluation: "TRIPOD+AI 12e, 15; STARD-AI 15c, 18, 21",
  Results: "TRIPOD+AI 16, 23a–b; STARD-AI 23, 29–31",
  Discussion: "TRIPOD+AI 14, 25–27; STARD-AI 33–35",
  Openness: "TRIPOD+AI 17–19; STARD-AI 6, 36–40",
} as const;

/**
 * Writes what guidelines ask a study of a diagnostic model to report, and where this one does. The words are this project's own;
 * the numbers are those of TRIPOD+AI (Collins and others, BMJ 2024) and STARD-AI (Sounderajah and others, Nature Medicine 2025).
 * CLAIM 2024, TRIPOD+AI and STARD-AI follow item by item; see `fillChecklists`.
 */
export function listReportingItems(
  study: Pick<Study, "split" | "settings">,
  material: StudyMaterial,
  evaluation: StudyEvaluation,
  author: AuthorStatements,
): ReportSection {
  const items = itemsOf(study, material, evaluation, author);
  const filled = items.filter(({ said }) => said !== null).length;
  return sectionOf("reporting-items", "Reporting items", [
    paragraph(
      `${filled} of ${items.length} filled. That an item is filled does not mean that a guideline is complied with: the author is to check each.`,
    ),
    { kind: "items", items },
    ...fillChecklists(items).map(({ guideline, rows, answered }) =>
      tableOf(
        `${guideline}, item by item: ${answered} of ${rows.length} answered`,
        rows,
        "In this project's words; the guideline's own are to be read beside it.",
      ),
    ),
  ]);
}

function itemsOf(
  { split, settings }: Pick<Study, "split" | "settings">,
  { searches, winner, found, handCrafted, comparison }: StudyMaterial,
  { models, family }: StudyEvaluation,
  author: AuthorStatements,
): ReportingItem[] {
  const item =
    (group: keyof typeof askedFor) =>
    (what: string, by: ReportingItem["by"], said: string | null): ReportingItem => ({
      ...{ group, item: what, asked: askedFor[group], by, said },
    });
  const when = (there: boolean, said: string) => (there ? said : null);
  const searched = searches.every(
    ({ own, records, trials }) => !own || (trials === null ? records.value?.finished === true : trials.value !== null),
  );
  const trained = found.value !== null && handCrafted.value !== null;
  const tested = models.length > 0;
  const title = item("Title and use");
  const data = item("Data");
  const parts = item("Partitions");
  const model = item("Model");
  const training = item("Training");
  const measures = item("Evaluation");
  const results = item("Results");
  const limits = item("Discussion");
  const open = item("Openness");
  return [
    title("Study of a diagnostic model named as such", "programme", "Title and The question"),
    title("Summary", "programme", when(comparison.value !== null, "Summary")),
    title("Background and aim", "programme", "The question"),
    title(
      "Primary endpoint, stated beforehand",
      "programme",
      when(settings.primary !== undefined, "Primary endpoint; settings in study.json"),
    ),
    title("Authors", "author", author.authors),
    title("Intended use and users", "author", author.intendedUse),
    data("Source of the images", "programme", "Data"),
    data("Place and dates", "author", author.setting),
    data("Who was eligible", "author", author.eligibility),
    data("Preparation of images", "programme", "Data"),
    data("Missing data", "author", author.missingData),
    data("Reference standard", "author", author.referenceStandard),
    data("Outlines of lesions: by whom", "author", author.annotation),
    parts("How images were divided", "programme", `Data: split "${split.name}"`),
    parts("Whether patients are in one part only", "programme", "Data"),
    parts("Number of images, and why", "author", author.sampleSize),
    parts(
      "What the patients can show",
      "programme",
      "Primary endpoint: power, from the numbers of patients alone and as it came out",
    ),
    parts("Images and classes of each part", "programme", "Data: Images of each fold"),
    model("How the architecture came about", "programme", when(searched, "Search")),
    model("The architecture itself", "programme", when(winner.value !== null, "Search")),
    model("Controls of the search", "programme", when(winner.value !== null, "Search")),
    model("Software and versions", "programme", "How to reproduce it"),
    training("Optimiser, schedule, augmentation", "programme", "Networks and training"),
    training("First weights", "programme", `Drawn at random, seeds ${settings.seeds.join(", ")}`),
    training("Which weights were kept", "programme", "Networks and training: keep"),
    training(
      "Ensembles",
      "programme",
      settings.combine == null
        ? "None: each network predicts alone, a mean over an image and its mirror image where the training says so"
        : "Networks and training: networks that predict together",
    ),
    training("Updating of the model", "programme", "None: no network is updated after its training"),
    training("Baselines, and whether treated alike", "programme", when(trained, "Networks and training")),
    measures("Measures", "programme", when(tested, "Comparison")),
    measures(
      "Threshold, and where it comes from",
      "programme",
      when(tested, models[0]?.evaluation.thresholdRule ?? ""),
    ),
    measures("Intervals and tests", "programme", when(family !== null, "Comparison")),
    results("Performance with intervals", "programme", when(tested, "Comparison")),
    results("Calibration", "programme", when(tested, "Comparison")),
    results("Subgroups", "programme", when(tested && trained, "Subgroups")),
    results("A reader beside the networks", "programme", when(tested, "A reader beside the networks")),
    results("Errors", "programme", when(tested, "Errors")),
    results("Costs", "programme", when(comparison.value !== null, "Comparison: Costs")),
    results("Test on images of another centre", "author", null),
    limits("Limits", "programme", "Limits"),
    limits("Fairness", "author", author.fairness),
    limits("What it means for use", "programme", "Limits: research only"),
    open("Funding", "author", author.funding),
    open("Competing interests", "author", author.interests),
    open("Protocol and registration", "author", author.protocol),
    open("Ethics", "author", author.ethics),
    open("Availability of data", "programme", "Data"),
    open("Availability of code and models", "author", author.availability),
    open("Involvement of patients and public", "author", author.involvement),
    open("Hashes of data and runs", "programme", "How to reproduce it"),
  ];
}
