/**
 * The study as a whole: its notebooks, run without a screen or opened in JupyterLab.
 *
 * @module
 */
export { listChapters } from "./contents";
export { keepComparison } from "./comparison-files";
export { compareStudies } from "./compare-studies";
export type { CompareStudiesOptions } from "./compare-studies";
export { comparisonFigures } from "./comparison-figures";
export { evaluateModels } from "./evaluate-models";
export { costTable } from "./cost-table";
export { attentionTable, groupsOf, heatMapImages, occlude, summariseAttention } from "./explain-study";
export { gatherModels, trivialBaselines } from "./gather-models";
export { listStudies } from "./standing-study";
export type { StudyFigure } from "./kept-figures";
export { chooseStudy, openStudy } from "./open-study";
export type { Study } from "./open-study";
export { settingsOf } from "./settings-of";
export { releaseWinner } from "./release-winner";
export { searchFolder } from "./layout";
export { requireSearches } from "./search-folders";
export { reportStudy } from "./study-report";
export type { StudyChoice, StudySettings } from "./study-settings";
export { foundPlan, handCraftedPlan } from "./validation-plans";
export { keepVerdicts } from "./verdicts";
export { keepWinner, readWinner } from "./winner";
