import type { ReportContents } from "./report-contents";

/** How much of what a report should say it does say. */
export interface ReportedCounts {
  readonly reported: number;
  readonly items: number;
  /** Facts of its sections that are not reported, beside those items. */
  readonly missingFacts: number;
}

/**
 * Counts what a report leaves open. That an item is reported does not mean that it is reported well: the counts claim no
 * compliance with any guideline.
 */
export function countReported({ sections }: Pick<ReportContents, "sections">): ReportedCounts {
  const blocks = sections.flatMap(({ blocks: own }) => own);
  const items = blocks.flatMap((block) => (block.kind === "items" ? block.items : []));
  const facts = blocks.flatMap((block) => (block.kind === "facts" ? block.facts : []));
  return {
    reported: items.filter(({ said }) => said !== null).length,
    items: items.length,
    missingFacts: facts.filter(({ value }) => value === null).length,
  };
}
