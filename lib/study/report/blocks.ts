import type { Figure } from "../../display/figure";
import type { TableCell } from "../../display/table";
import { titleOfFigure } from "../../report/figure-data";
import type { BlockOf, ReportBlock, ReportSection } from "../../report/report-contents";
import type { ReportPart } from "./parts";

/** Makes a section of its blocks, of which those are left out that are false. */
export function sectionOf(
  anchor: ReportPart,
  title: string,
  blocks: readonly (ReportBlock | readonly ReportBlock[] | false)[],
): ReportSection {
  return { anchor, title, blocks: blocks.flatMap((block) => (block === false ? [] : block)) };
}

/** Makes a paragraph, by default a plain one. */
export function paragraph(text: string, tone: NonNullable<BlockOf<"text">["tone"]> = "plain"): ReportBlock {
  return { kind: "text", text, tone };
}

/** Makes a list of facts by their names; null is printed as not reported. */
export function factsOf(facts: Readonly<Record<string, string | number | null>>): ReportBlock {
  return { kind: "facts", facts: Object.entries(facts).map(([name, value]) => ({ name, value })) };
}

/** Makes a table; the note says what is to be known of it. */
export function tableOf(caption: string, rows: readonly Readonly<Record<string, TableCell>>[], note = ""): ReportBlock {
  return { kind: "table", caption, rows, note };
}

/**
 * Makes a figure.
 *
 * @param alternative What it shows, for those who cannot see it; default: its title and the caption.
 */
export function figureOf(
  figure: Figure,
  caption: string,
  alternative = `${titleOfFigure(figure)}. ${caption}`,
): ReportBlock {
  return { kind: "figure", figure, caption, alternative };
}

/**
 * Makes a title of the name of a file.
 *
 * @param name "operating-points".
 * @returns "Operating points".
 */
export function nameToTitle(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
}
