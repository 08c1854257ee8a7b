import * as v from "valibot";

import type { Figure } from "../display/figure";
import type { TableCell } from "../display/table";
import type { Drawing } from "../graph/draw/picture";
import { listOf, nullable, passed, pattern, text } from "../runtime/option-values";

// What is in it is looked at by what writes it.
const shown = <Value>() => passed<Value>("what it shows");

const block = v.variant("kind", [
  v.strictObject({
    kind: v.literal("text"),
    text: shown<string>(),
    /**
     * How it is set: `plain`; `caution`, what a reader must know; `missing`, what is not there, with what to run; `small`, a note.
     * Default: "plain".
     */
    tone: v.optional(shown<"plain" | "caution" | "missing" | "small">()),
  }),
  v.strictObject({
    kind: v.literal("list"),
    /** The points; an empty list is left out. */
    points: shown<readonly string[]>(),
  }),
  v.strictObject({
    kind: v.literal("facts"),
    /** Names with their values; one that is null is printed as not reported. */
    facts: shown<readonly { readonly name: string; readonly value: string | number | null }[]>(),
  }),
  v.strictObject({
    kind: v.literal("table"),
    caption: shown<string>(),
    /** The rows, all with the keys of the first, which name the columns. Columns of numbers are set to the right. */
    rows: shown<readonly Readonly<Record<string, TableCell>>[]>(),
    /** What is to be known for reading it, below it; default: nothing. */
    note: v.optional(shown<string>()),
  }),
  v.strictObject({
    kind: v.literal("figure"),
    /** The figure, as `makeFigure` makes it; its title stands above it. */
    figure: shown<Figure>(),
    /** What is to be seen, below it. */
    caption: shown<string>(),
    /** What it shows, for those who cannot see it. */
    alternative: shown<string>(),
    /** The same as a picture, for viewers that run no script, and for paper: SVG. Default: none. */
    still: v.optional(shown<string>()),
  }),
  v.strictObject({
    kind: v.literal("drawing"),
    drawing: shown<Drawing>(),
    /** What is to be seen, below it. */
    caption: shown<string>(),
  }),
  v.strictObject({
    kind: v.literal("pictures"),
    /**
     * The pictures as PNG files, with what stands below each. Whether the licence of a data set allows to hand them on is for
     * the author to know.
     */
    pictures: shown<readonly { readonly png: Uint8Array; readonly caption: string }[]>(),
    /** What they are, above them. */
    caption: shown<string>(),
  }),
  v.strictObject({
    kind: v.literal("items"),
    /** What guidelines ask a report for, and whether it says so. */
    items: shown<readonly ReportingItem[]>(),
  }),
]);

/** Something that stands in a section. Texts are plain: what looks like HTML in them is shown as it is. */
export type ReportBlock = v.InferInput<typeof block>;

/** A block of one kind. */
export type BlockOf<Kind extends ReportBlock["kind"]> = Extract<ReportBlock, { readonly kind: Kind }>;

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

const section = v.strictObject({
  /** Its name in addresses: lower-case letters, digits and hyphens, a letter first; unique. */
  anchor: pattern(/^[a-z][a-z0-9-]*$/, "lower-case letters, digits and hyphens, a letter first"),
  title: text(),
  blocks: listOf(block),
});

/**
 * One section of a report.
 *
 * @interface
 */
export type ReportSection = v.InferInput<typeof section>;

const answer = v.strictObject({
  /** In one or two words: "Cannot be told". */
  verdict: text(),
  /** The same in a sentence, with its numbers. */
  sentence: text(),
  /** Numbers that a reader looks for first, by their names. Default: none. */
  facts: v.optional(shown<readonly { readonly name: string; readonly value: string }[]>(), []),
  /** The figure that shows it; default: null, none. */
  figure: v.optional(nullable(shown<BlockOf<"figure">>()), null),
});

/**
 * What a report says first: all that many of its readers read.
 *
 * @interface
 */
export type ReportAnswer = v.InferInput<typeof answer>;

/** All of a report. */
export const reportSchema = v.strictObject({
  title: text(),
  /** A line below it; default: none. */
  subtitle: v.optional(v.string(), ""),
  /** A warning that stays in view and is on every printed page: "numbers are not results". Default: null, none. */
  ribbon: v.optional(nullable(v.string()), null),
  made: v.date("when it was made: the clock's now()"),
  /** What it says first, above its contents; default: null, nothing. */
  answer: v.optional(nullable(answer), null),
  /** Its sections, at least one. */
  sections: listOf(section, { least: 1 }),
  /** What stands at its end: licence, "research only". Default: nothing. */
  footer: v.optional(v.string(), ""),
});

/**
 * All of a report.
 *
 * @interface
 */
export type ReportContents = v.InferInput<typeof reportSchema>;
