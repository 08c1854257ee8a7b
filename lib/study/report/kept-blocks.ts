import type { ReportSection } from "../../report/report-contents";
import type { StudyComparison } from "../comparison-files";
import { figureOf, tableOf } from "./blocks";

/**
 * Puts the figures and tables that a study has kept into the sections that they name, below what stands there.
 *
 * @param kept What was kept; null: nothing.
 */
export function withKept(
  sections: readonly ReportSection[],
  kept: Pick<StudyComparison, "figures" | "tables"> | null,
): ReportSection[] {
  const { figures, tables } = kept ?? { figures: [], tables: [] };
  return sections.map((section) => ({
    ...section,
    blocks: [
      ...section.blocks,
      ...tables
        // The tests are the family's, which stands above.
        .filter(({ name, section: own }) => own === section.anchor && name !== "tests")
        .map(({ name, caption, rows }) => tableOf(caption, rows, `From tables/${name}.csv.`)),
      ...figures
        .filter(({ section: own }) => own === section.anchor)
        .map(({ name, caption, figure }) => figureOf(figure, `${caption} Numbers: figures/${name}.json.`)),
    ],
  }));
}
