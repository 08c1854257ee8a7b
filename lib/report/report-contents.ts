import type { Figure } from "../display/figure";
import type { TableCell } from "../display/table";
import type { Drawing } from "../graph/draw/picture";

/** Something that stands in a section. Texts are plain: what looks like HTML in them is shown as it is. */
export type ReportBlock =
  TextBlock | ListBlock | FactsBlock | TableBlock | FigureBlock | DrawingBlock | PicturesBlock | ItemsBlock;

/** A paragraph. */
export interface TextBlock {
  /** Which block. */
  readonly kind: "text";
  /** The paragraph. */
  readonly text: string;
  /**
   * How it is set: `plain`; `caution`, what a reader must know; `missing`, what is not there, with what to run; `small`, a note.
   * Default: "plain".
   */
  readonly tone?: "plain" | "caution" | "missing" | "small";
}

/** A list of points. */
export interface ListBlock {
  /** Which block. */
  readonly kind: "list";
  /** The points; an empty list is left out. */
  readonly points: readonly string[];
}

/** Names with their values. */
export interface FactsBlock {
  /** Which block. */
  readonly kind: "facts";
  /** The facts; a value that is null is printed as not reported. */
  readonly facts: readonly { readonly name: string; readonly value: string | number | null }[];
}

/** A table. */
export interface TableBlock {
  /** Which block. */
  readonly kind: "table";
  /** What the table shows. */
  readonly caption: string;
  /** The rows, all with the keys of the first, which name the columns. Columns of numbers are set to the right. */
  readonly rows: readonly Readonly<Record<string, TableCell>>[];
  /** What is to be known for reading it, below it; default: nothing. */
  readonly note?: string;
}

/** A plotly figure. */
export interface FigureBlock {
  /** Which block. */
  readonly kind: "figure";
  /** The figure, as `makeFigure` makes it; its title stands above it. */
  readonly figure: Figure;
  /** What is to be seen, below it. */
  readonly caption: string;
  /** What it shows, for those who cannot see it. */
  readonly alternative: string;
}

/** A drawing of a network. */
export interface DrawingBlock {
  /** Which block. */
  readonly kind: "drawing";
  /** The drawing, with its description. */
  readonly drawing: Drawing;
  /** What is to be seen, below it. */
  readonly caption: string;
}

/** Pictures side by side. Whether the licence of a data set allows to hand them on is for the author to know. */
export interface PicturesBlock {
  /** Which block. */
  readonly kind: "pictures";
  /** The pictures as PNG files, with what stands below each. */
  readonly pictures: readonly { readonly png: Uint8Array; readonly caption: string }[];
  /** What they are, above them. */
  readonly caption: string;
}

/** What guidelines ask a report for, and whether it says so. */
export interface ItemsBlock {
  /** Which block. */
  readonly kind: "items";
  readonly items: readonly ReportingItem[];
}

/** One thing that a report should say. */
export interface ReportingItem {
  /** What belongs together: "Data". */
  readonly group: string;
  /** What should be said: "Dates of the examinations". */
  readonly item: string;
  /** Which guidelines ask for it, and under which numbers: "TRIPOD+AI 5b; STARD-AI 9". */
  readonly asked: string;
  /** What the report says; null: not reported. */
  readonly said: string | null;
  /** Who has to say it where it is missing: a run of the programme, or the author. */
  readonly by: "programme" | "author";
}

/** One section of a report. */
export interface ReportSection {
  /** Its name in addresses: lower-case letters, digits and hyphens, a letter first; unique. */
  readonly anchor: string;
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** All of a report. */
export interface ReportContents {
  readonly title: string;
  /** A line below it; default: none. */
  readonly subtitle?: string;
  /** A warning that stays in view and is on every printed page: "numbers are not results". Default: null, none. */
  readonly ribbon?: string | null;
  readonly made: Date;
  /** Its sections, at least one. */
  readonly sections: readonly ReportSection[];
  /** What stands at its end: licence, "research only". Default: nothing. */
  readonly footer?: string;
}
