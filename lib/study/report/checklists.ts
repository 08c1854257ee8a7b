import type { TableCell } from "../../display/table";
import type { ReportingItem } from "../../report/report-contents";

/** An item of a guideline: its number, what it asks in this project's words, and the reporting items that answer it. */
type GuidelineItem = readonly [number: string, asks: string, ...answers: string[]];

/**
 * Guidelines item by item. An item that no reporting item answers is for the author alone. The words are this project's own; numbers are
 * those of CLAIM 2024 (Tejani and others, Radiology: Artificial Intelligence 6:e240300, 2024), TRIPOD+AI (Collins and others, BMJ
 * 385:e078378, 2024) and STARD-AI (Sounderajah and others, Nature Medicine 31:3283-3289, 2025).
 */
const guidelines: Readonly<Record<string, readonly GuidelineItem[]>> = {
  "CLAIM 2024": [
    ["1", "named as a study of artificial intelligence", "Study of a diagnostic model named as such"],
    ["2", "structured summary", "Summary"],
    ["3", "background and clinical role", "Background and aim", "Intended use and users"],
    ["4", "aims and hypotheses", "Primary endpoint, stated beforehand"],
    ["5", "prospective or retrospective", "Place and dates"],
    ["6", "goal of the study", "Background and aim"],
    ["7", "sources of data", "Source of the images"],
    ["8", "who was included and excluded", "Who was eligible"],
    ["9", "preparation of data", "Preparation of images"],
    ["10", "choice of subsets", "Number of images, and why"],
    ["11", "how data were made anonymous"],
    ["12", "missing data", "Missing data"],
    ["13", "how images were taken", "Place and dates"],
    ["14", "how the reference standard was obtained", "Reference standard"],
    ["15", "why this reference standard", "Reference standard"],
    ["16", "who annotated", "Outlines of lesions: by whom"],
    ["17", "annotation of the test set", "Outlines of lesions: by whom"],
    ["18", "variability of annotators", "Outlines of lesions: by whom"],
    ["19", "how data were divided", "How images were divided"],
    ["20", "at which level parts are disjoint", "Whether patients are in one part only"],
    ["21", "intended sample size", "Number of images, and why", "What the patients can show"],
    ["22", "the model in detail", "The architecture itself", "How the architecture came about"],
    ["23", "software", "Software and versions"],
    ["24", "first weights", "First weights"],
    ["25", "training in detail", "Optimiser, schedule, augmentation"],
    ["26", "how the final model was chosen", "Which weights were kept", "How the architecture came about"],
    ["27", "ensembles", "Ensembles"],
    ["28", "measures of performance", "Measures"],
    ["29", "significance and uncertainty", "Intervals and tests"],
    ["30", "robustness and sensitivity", "Subgroups"],
    ["31", "explanations", "Errors"],
    ["32", "test on internal data", "Performance with intervals"],
    ["33", "test on external data", "Test on images of another centre"],
    ["34", "registration of a trial", "Protocol and registration"],
    ["35", "patients included and excluded", "Images and classes of each part"],
    ["36", "who the patients are, in each part", "Images and classes of each part"],
    ["37", "performance with uncertainty", "Performance with intervals"],
    ["38", "diagnostic accuracy and its precision", "Performance with intervals", "A reader beside the networks"],
    ["39", "analysis of failures", "Errors"],
    ["40", "limitations", "Limits"],
    ["41", "meaning for practice", "What it means for use", "Intended use and users"],
    ["42", "the full protocol", "Protocol and registration"],
    ["43", "availability of software, model and data", "Availability of code and models", "Availability of data"],
    ["44", "funding", "Funding"],
  ],
  "TRIPOD+AI": [
    ["1", "title", "Study of a diagnostic model named as such"],
    ["2", "abstract", "Summary"],
    ["3a", "healthcare context", "Background and aim"],
    ["3b", "target population, purpose, users", "Intended use and users"],
    ["3c", "known inequalities", "Fairness"],
    ["4", "objectives", "Background and aim", "Primary endpoint, stated beforehand"],
    ["5a", "sources of data", "Source of the images"],
    ["5b", "dates", "Place and dates"],
    ["6a", "setting", "Place and dates"],
    ["6b", "eligibility", "Who was eligible"],
    ["6c", "treatments received"],
    ["7", "preparation of data", "Preparation of images"],
    ["8a", "outcome", "Reference standard"],
    ["8b", "who assessed it", "Reference standard"],
    ["8c", "blinding of its assessment"],
    ["9a", "choice of predictors", "Preparation of images"],
    ["9b", "definition of predictors", "Preparation of images"],
    ["9c", "who assessed them, where that takes judgement", "Outlines of lesions: by whom"],
    ["10", "sample size", "Number of images, and why", "What the patients can show"],
    ["11", "missing data", "Missing data"],
    ["12a", "how data were used and divided", "How images were divided"],
    ["12b", "how predictors were handled", "Preparation of images"],
    [
      "12c",
      "model, training, internal validation",
      "Optimiser, schedule, augmentation",
      "How the architecture came about",
    ],
    ["12d", "differences between centres or devices", "Subgroups"],
    ["12e", "measures of performance", "Measures"],
    ["12f", "updating of the model", "Updating of the model"],
    ["12g", "how predictions were computed", "Which weights were kept", "Software and versions"],
    ["13", "imbalance of classes", "Images and classes of each part"],
    ["14", "fairness", "Fairness"],
    ["15", "output and thresholds", "Threshold, and where it comes from"],
    ["16", "differences between development and test", "Whether patients are in one part only"],
    ["17", "ethics", "Ethics"],
    ["18a", "funding", "Funding"],
    ["18b", "interests", "Competing interests"],
    ["18c", "protocol", "Protocol and registration", "Primary endpoint, stated beforehand"],
    ["18d", "registration", "Protocol and registration"],
    ["18e", "sharing of data", "Availability of data"],
    ["18f", "sharing of code", "Availability of code and models"],
    ["19", "patients and public", "Involvement of patients and public"],
    ["20a", "flow of participants", "Images and classes of each part"],
    ["20b", "who they are", "Images and classes of each part"],
    ["20c", "development against test", "Images and classes of each part"],
    ["21", "participants and events of each analysis", "Images and classes of each part"],
    ["22", "the whole model", "The architecture itself"],
    ["23a", "performance with intervals, also in subgroups", "Performance with intervals", "Subgroups"],
    ["23b", "differences between clusters", "Subgroups"],
    ["24", "results of updating", "Updating of the model"],
    ["25", "interpretation", "Primary endpoint, stated beforehand"],
    ["26", "limitations", "Limits"],
    ["27a", "poor or missing input", "Missing data"],
    ["27b", "interaction and expertise of users", "Intended use and users"],
    ["27c", "next steps"],
  ],
  "STARD-AI": [
    [
      "1",
      "named as a study of diagnostic accuracy by AI, with a measure of it",
      "Study of a diagnostic model named as such",
    ],
    ["2", "structured summary", "Summary"],
    ["3", "background, intended use, place in the workflow", "Background and aim", "Intended use and users"],
    ["4", "aims and hypotheses", "Background and aim", "Primary endpoint, stated beforehand"],
    ["5", "prospective or retrospective", "Place and dates"],
    ["6", "approval by an ethics committee", "Ethics"],
    ["7", "inclusion and exclusion of participants and of data", "Who was eligible", "Preparation of images"],
    ["8", "how participants were identified", "Who was eligible"],
    ["9", "where and when", "Place and dates"],
    ["10", "consecutive, random or convenience series", "Who was eligible"],
    ["11", "source of the data, and what they were collected for", "Source of the images"],
    ["12", "who annotated, and how", "Outlines of lesions: by whom"],
    ["13", "devices, and software of the index test", "Place and dates", "Software and versions"],
    ["14", "how images were taken and prepared", "Place and dates", "Preparation of images"],
    ["15a", "the index test in detail", "The architecture itself", "Optimiser, schedule, augmentation"],
    [
      "15b",
      "how it was developed and tested, with sizes",
      "How the architecture came about",
      "How images were divided",
      "Images and classes of each part",
    ],
    ["15c", "cut-offs, and which were stated beforehand", "Threshold, and where it comes from"],
    ["15d", "its users, and what they must know", "Intended use and users"],
    ["16a", "the reference standard in detail", "Reference standard"],
    ["16b", "why this reference standard", "Reference standard"],
    ["16c", "its cut-offs", "Reference standard"],
    ["17a", "what was known to who performed the index test"],
    ["17b", "what was known to who assessed the reference standard"],
    ["18", "how accuracy was estimated and compared", "Measures", "Intervals and tests"],
    ["19", "indeterminate results"],
    ["20", "missing data", "Missing data"],
    [
      "21",
      "variability, and which analyses were stated beforehand",
      "Subgroups",
      "Primary endpoint, stated beforehand",
    ],
    ["22", "intended sample size, and why", "Number of images, and why", "What the patients can show"],
    ["23", "errors, bias and fairness: methods", "Errors", "Fairness"],
    ["24", "flow of participants", "Images and classes of each part"],
    ["25", "characteristics of each part", "Images and classes of each part"],
    ["26a", "severity of the disease"],
    ["26b", "other diagnoses of those without it"],
    ["27", "time and treatment between test and reference standard"],
    ["28", "whether the sets are like those of the intended use", "Fairness"],
    ["29", "how an external set differs", "Test on images of another centre"],
    ["30", "results of the test by those of the reference standard", "Errors"],
    ["31", "accuracy and its precision", "Performance with intervals"],
    ["32", "adverse events"],
    ["33", "limitations, bias, uncertainty, generalisability", "Limits"],
    ["34", "meaning for practice, intended use", "What it means for use", "Intended use and users"],
    ["35", "ethics of its use, fairness", "Ethics", "Fairness"],
    ["36", "registration", "Protocol and registration"],
    ["37", "the full protocol", "Protocol and registration"],
    ["38", "funding", "Funding"],
    ["39", "commercial interests", "Competing interests"],
    ["40a", "availability of data and code", "Availability of data", "Availability of code and models"],
    ["40b", "whether outputs are kept and can be audited", "Hashes of data and runs"],
  ],
};

/** A guideline, item by item. */
export interface Checklist {
  readonly guideline: string;
  /** One row an item: its number, what it asks, and what the report says or who has to say it. */
  readonly rows: readonly Record<string, TableCell>[];
  /** How many items are answered in whole. */
  readonly answered: number;
}

/**
 * Holds a report against guidelines, item by item. An item is answered where all reporting items are filled that it asks for.
 *
 * @param items The reporting items of the report, as far as they are filled.
 * @returns One list a guideline.
 */
export function fillChecklists(items: readonly ReportingItem[]): Checklist[] {
  const known = new Map(items.map((one) => [one.item, one]));
  return Object.entries(guidelines).map(([guideline, list]) => {
    const rows = list.map(([number, asks, ...answers]) => {
      const own = answers.map((answer) => known.get(answer));
      const open = own.length === 0 || own.some((one) => (one?.said ?? null) === null);
      const said = own.flatMap((one) => (one === undefined ? [] : [one.said ?? `${one.item}: not reported`]));
      return { item: number, asks, answered: open ? "no" : "yes", said: own.length === 0 ? "not reported: needs the author" : [...new Set(said)].join("; ") }; // prettier-ignore
    });
    return { guideline, rows, answered: rows.filter(({ answered }) => answered === "yes").length };
  });
}

/** Names every reporting item that a guideline asks for. */
export function askedByGuidelines(): string[] {
  return [...new Set(Object.values(guidelines).flatMap((list) => list.flatMap(([, , ...answers]) => answers)))];
}
