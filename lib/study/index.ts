/**
 * The study as a whole: its notebooks, run without a screen or opened in JupyterLab.
 *
 * @module
 */
export { chapters, listChapters } from "./contents";
export type { Chapter, ChapterRow } from "./contents";
export { keepComparison, readComparisonFiles } from "./comparison-files";
export type { StudyComparison } from "./comparison-files";
export { compareStudies } from "./compare-studies";
export type { ComparedStudies, CompareStudiesOptions } from "./compare-studies";
export type { StandingModel } from "./draw-studies";
export { comparisonFigures } from "./comparison-figures";
export type { ComparedStudy } from "./comparison-figures";
export { evaluateModels } from "./evaluate-models";
export { costTable } from "./cost-table";
export { attentionTable, groupsOf, heatMapImages, occlude, summariseAttention } from "./explain-study";
export type { AttentionRow } from "./explain-study";
export { gatherModels, trivialBaselines } from "./gather-models";
export type { GatheredModel } from "./gather-models";
export { listStudies } from "./standing-study";
export type { StudyFigure, StudyTable } from "./report/parts";
export { publishResults } from "./publish-results";
export { chooseStudy, openStudy, preparationOf } from "./open-study";
export type { Study } from "./open-study";
export { settingsOf } from "./settings-of";
export { releaseWinner } from "./release-winner";
export { foundBy } from "./found-by";
export type { FoundBy } from "./found-by";
export { controlFolder, deriveFolder, layout, notebookOf, placeOf, runsOf, searchFolder } from "./layout";
export type { StudyPart, StudyPartName, StudyPlace, StudyRun } from "./layout";
export { requireSearches } from "./search-folders";
export type { AuthorStatements } from "./report/statements";
export { reportStudy } from "./study-report";
export type { StudyReportOptions, WrittenReport } from "./study-report";
export { checkStudySettings, profileNames } from "./study-settings";
export type { ProfileName, StudyChoice, StudySettings } from "./study-settings";
export { foundPlan, handCraftedPlan } from "./validation-plans";
export { keepVerdicts } from "./verdicts";
export type { StudyVerdicts } from "./verdicts";
export { keepWinner, readWinner } from "./winner";
export type { ChosenArchitecture, Winner } from "./winner";
