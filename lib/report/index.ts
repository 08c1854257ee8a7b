/**
 * One file that a researcher hands to a colleague: a report as plain data, and the page that it becomes.
 *
 * @module
 */
export { checkReport } from "./check-report";
export { countReported } from "./count-reported";
export type { ReportedCounts } from "./count-reported";
export { renderReport } from "./render-report";
export type {
  DrawingBlock,
  FactsBlock,
  FigureBlock,
  ItemsBlock,
  ListBlock,
  PicturesBlock,
  ReportBlock,
  ReportContents,
  ReportingItem,
  ReportSection,
  TableBlock,
  TextBlock,
} from "./report-contents";
export { writeReport } from "./write-report";
