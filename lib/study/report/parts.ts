import type { Figure } from "../../display/figure";
import type { TableCell } from "../../display/table";

/** The sections of a study's report, by their anchors, in order. */
export const reportParts = [
  ...(["primary", "question", "summary", "data", "search", "training", "comparison", "beside"] as const),
  ...(["reader", "external"] as const),
  ...(["subgroups", "errors", "limits", "reproduce", "reporting-items"] as const),
] as const;

/** A section of a study's report. */
export type ReportPart = (typeof reportParts)[number];

/** A figure of a study: what it is called, where in the report it stands, and what is to be seen. */
export interface StudyFigure {
  /** Its name, in lower-case letters, digits and hyphens: that of its file, `figures/NAME.json`. */
  readonly name: string;
  readonly section: ReportPart;
  /** What is to be seen, below it. */
  readonly caption: string;
  readonly figure: Figure;
}

/** A table of a study, likewise; its rows are in `tables/NAME.csv`. */
export interface StudyTable {
  /** Its name, in lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly section: ReportPart;
  readonly caption: string;
  /** Its rows, of the same columns. */
  readonly rows: readonly Readonly<Record<string, TableCell>>[];
}

/** The figures of what searches were worth: their names and captions. */
export const searchFigures = {
  arms: {
    name: "found-and-random",
    section: "search",
    caption: "One mark an architecture; the dashed lines are means.",
  },
  agreement: {
    name: "shared-and-own-weights",
    section: "search",
    caption: "A rising cloud: shared weights put architectures in the right order.",
  },
} as const satisfies Record<string, Pick<StudyFigure, "name" | "section" | "caption">>;
